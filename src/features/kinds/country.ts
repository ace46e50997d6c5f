import { strictFields } from '../../checked-yaml.ts'
import { COUNTRY_NAMES, countryCodeOf } from '../country-code.ts'
import type { Facts } from '../facts.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { featureName, group, groupOf, label, traitName } from './options.ts'

/**
 * One country of lead and account, however it is written: the account's, where that names none the lead's. What the vocabulary
 * holds are ISO 3166-1 alpha-2 codes; text that names no country is missing.
 */
export const countryKind = defineFeatureKind({
  kind: 'country',
  version: `2 ${fingerprintOf(COUNTRY_NAMES)}`,
  options: strictFields({
    name: featureName.default('country'),
    /** Of both account and lead. */
    trait: traitName.default('country'),
    label: label.default('country'),
    group,
  }),
  name: (options) => options.name,
  columns: (options, vocabulary) => [
    { kind: 'category', name: options.name, group: groupOf(options), side: 'fit', categories: vocabulary },
  ],
  values: (options, facts) => {
    const code = codeOf(facts, options.trait)
    return code === undefined ? [] : [code]
  },
  compute: ({ options, vocabulary }) => {
    const codes = new Map(vocabulary.map((category, code) => [category, code]))
    return ({ facts }, row, offset) => {
      row[offset] = codes.get(codeOf(facts, options.trait) ?? '') ?? Number.NaN
    }
  },
  describe:
    ({ options }) =>
    ({ facts }, _column, value) => {
      const code = codeOf(facts, options.trait)
      if (code === undefined) return `${options.label} is not known`
      return Number.isNaN(value)
        ? `${options.label} ${code}, too rare to learn from`
        : `${options.label} ${code}`
    },
})

function codeOf(facts: Facts, trait: string): string | undefined {
  return countryCodeOf(facts.accountTrait(trait)) ?? countryCodeOf(facts.leadTrait(trait))
}
