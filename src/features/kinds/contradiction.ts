import { strictFields } from '../../checked-yaml.ts'
import type { TraitValue } from '../../glossary.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { normaliseText } from '../text.ts'
import { featureName, group, groupOf, label, traitName } from './options.ts'

/** Whether a trait of the lead and one of its account say different things; missing when either says nothing. */
export const contradictionKind = defineFeatureKind({
  kind: 'contradiction',
  version: '1',
  options: strictFields({
    name: featureName,
    label,
    group,
    lead: traitName,
    account: traitName,
  }),
  name: (options) => options.name,
  columns: (options) => [{ kind: 'flag', name: options.name, group: groupOf(options), side: 'fit' }],
  compute:
    ({ options }) =>
    ({ facts }, row, offset) => {
      const lead = comparable(facts.leadTrait(options.lead))
      const account = comparable(facts.accountTrait(options.account))
      row[offset] = lead === '' || account === '' ? Number.NaN : Number(lead !== account)
    },
  describe:
    ({ options }) =>
    ({ facts }, _column, value) => {
      if (Number.isNaN(value)) return `${options.label}: not known of both lead and company`
      if (value === 0) return `${options.label}: lead and company agree`
      const [lead, account] = [facts.leadTrait(options.lead), facts.accountTrait(options.account)]
      return `${options.label}: the lead says ${String(lead).slice(0, 40)}, the company ${String(account).slice(0, 40)}`
    },
})

function comparable(value: TraitValue | undefined): string {
  if (value === undefined) return ''
  return normaliseText(typeof value === 'object' ? [...value].sort().join(',') : String(value))
}
