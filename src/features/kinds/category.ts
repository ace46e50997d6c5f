import { strictFields } from '../../checked-yaml.ts'
import type { TraitValue } from '../../glossary.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { normaliseText, plainWords } from '../text.ts'
import { groupOf, nameOf, traitOf, traitOptions } from './options.ts'

/** One value of a vocabulary that training fits. Letter case and spaces do not matter; a value outside it is missing. */
export const categoryKind = defineFeatureKind({
  kind: 'category',
  version: '1',
  options: strictFields(traitOptions),
  name: nameOf,
  columns: (options, vocabulary) => [
    {
      kind: 'category',
      name: nameOf(options),
      group: groupOf(options),
      side: 'fit',
      categories: vocabulary,
    },
  ],
  values: (options, facts) => {
    const value = categoryOf(traitOf(facts, options))
    return value === '' ? [] : [value]
  },
  compute: ({ options, vocabulary }) => {
    const codes = new Map(vocabulary.map((category, code) => [category, code]))
    return ({ facts }, row, offset) => {
      row[offset] = codes.get(categoryOf(traitOf(facts, options))) ?? Number.NaN
    }
  },
  describe:
    ({ options }) =>
    ({ facts }, _column, value) => {
      const given = traitOf(facts, options)
      if (categoryOf(given) === '') return `${options.label} is not known`
      const shown = plainWords(String(given).slice(0, 80))
      return Number.isNaN(value)
        ? `${options.label} ${shown}, too rare to learn from`
        : `${options.label} ${shown}`
    },
})

/** Empty for no value. Numbers and booleans are categories too: codes of industries are often numbers. */
function categoryOf(value: TraitValue | undefined): string {
  return value === undefined || typeof value === 'object' ? '' : normaliseText(String(value))
}
