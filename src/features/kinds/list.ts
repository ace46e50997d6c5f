import { strictFields } from '../../checked-yaml.ts'
import type { TraitValue } from '../../glossary.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { normaliseText } from '../text.ts'
import { groupOf, nameOf, traitOf, traitOptions } from './options.ts'

/** Many values at once (technologies): one flag for each entry of the fitted vocabulary. No list: NaN in all of them. */
export const listKind = defineFeatureKind({
  kind: 'list',
  version: '1',
  options: strictFields(traitOptions),
  name: nameOf,
  columns: (options, vocabulary) =>
    vocabulary.map((entry) => ({
      kind: 'flag',
      name: `${nameOf(options)}.${entry}`,
      group: groupOf(options),
      side: 'fit',
    })),
  values: (options, facts) => entriesOf(traitOf(facts, options)) ?? [],
  compute: ({ options, vocabulary }) => {
    const positions = new Map(vocabulary.map((entry, position) => [entry, position]))
    return ({ facts }, row, offset) => {
      const entries = entriesOf(traitOf(facts, options))
      row.fill(entries ? 0 : Number.NaN, offset, offset + vocabulary.length)
      for (const entry of entries ?? []) {
        const position = positions.get(entry)
        if (position !== undefined) row[offset + position] = 1
      }
    }
  },
  describe:
    ({ options, vocabulary }) =>
    (_context, column, value) => {
      if (Number.isNaN(value)) return `${options.label}: not known`
      return `${options.label}: ${value === 1 ? '' : 'not '}${vocabulary[column] ?? ''}`
    },
})

/** Each entry once. A single text counts as a list of one; commas and semicolons part it. undefined for no list. */
function entriesOf(value: TraitValue | undefined): readonly string[] | undefined {
  const parts = typeof value === 'string' ? value.split(/[,;]/) : value
  if (typeof parts !== 'object') return undefined
  return [...new Set(parts.map(normaliseText))].filter((entry) => entry !== '')
}
