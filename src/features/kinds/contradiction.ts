import { strictFields } from '../../checked-yaml.ts'
import type { TraitValue } from '../../glossary.ts'
import { COUNTRY_NAMES, countryCodeOf } from '../country-code.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { normaliseText } from '../text.ts'
import { featureName, group, groupOf, label, traitName } from './options.ts'

/**
 * Whether a trait of the lead and one of its account say different things; missing when either says nothing. DE, Germany and
 * Deutschland are one thing.
 */
export const contradictionKind = defineFeatureKind({
  kind: 'contradiction',
  version: `2 ${fingerprintOf(COUNTRY_NAMES)}`,
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
      row[offset] = contradicts(facts.leadTrait(options.lead), facts.accountTrait(options.account))
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

/** NaN: one of them says nothing. */
function contradicts(ofLead: TraitValue | undefined, ofAccount: TraitValue | undefined): number {
  const [lead, account] = [comparable(ofLead), comparable(ofAccount)]
  if (lead === '' || account === '') return Number.NaN
  const country = countryCodeOf(ofLead)
  return Number(lead !== account && (country === undefined || country !== countryCodeOf(ofAccount)))
}

function comparable(value: TraitValue | undefined): string {
  if (value === undefined) return ''
  return normaliseText(typeof value === 'object' ? [...value].sort().join(',') : String(value))
}
