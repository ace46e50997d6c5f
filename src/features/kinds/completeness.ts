import { z } from 'zod'
import { strictFields } from '../../checked-yaml.ts'
import type { TraitValue } from '../../glossary.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { featureName, group, groupOf, label, traitName } from './options.ts'

const traits = z.array(traitName).max(200).default([])

/** Share of the named traits that are known, 0 to 1. An empty text or list is not known. */
export const completenessKind = defineFeatureKind({
  kind: 'completeness',
  version: '1',
  options: strictFields({
    name: featureName.default('completeness'),
    label: label.default('completeness'),
    group,
    lead: traits,
    account: traits,
  }).refine(({ lead, account }) => lead.length + account.length > 0, 'must name at least one trait'),
  name: (options) => options.name,
  columns: (options) => [
    { kind: 'number', name: options.name, group: groupOf(options), side: 'fit', transform: 'identity' },
  ],
  compute: ({ options }) => {
    const total = options.lead.length + options.account.length
    return ({ facts }, row, offset) => {
      let known = 0
      for (const trait of options.lead) if (isKnown(facts.leadTrait(trait))) known++
      for (const trait of options.account) if (isKnown(facts.accountTrait(trait))) known++
      row[offset] = known / total
    }
  },
  describe: ({ options }) => {
    const total = options.lead.length + options.account.length
    return (_context, _column, value) => `${Math.round(value * total)} of ${total} details are known`
  },
})

function isKnown(value: TraitValue | undefined): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  return typeof value === 'object' ? value.length > 0 : value !== undefined
}
