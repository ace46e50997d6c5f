import { strictFields } from '../../checked-yaml.ts'
import type { TraitValue } from '../../glossary.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { normaliseText } from '../text.ts'
import { groupOf, label, nameOf, traitOf, traitOptions } from './options.ts'

/** Yes or no: a boolean, or the text or number that stands for one. Anything else is missing. */
export const booleanKind = defineFeatureKind({
  kind: 'boolean',
  version: '1',
  options: strictFields({
    ...traitOptions,
    /** What it says when it is not so. Default: "not" and the label. */
    otherwise: label.optional(),
  }),
  name: nameOf,
  columns: (options) => [{ kind: 'flag', name: nameOf(options), group: groupOf(options), side: 'fit' }],
  compute:
    ({ options }) =>
    ({ facts }, row, offset) => {
      row[offset] = flagOf(traitOf(facts, options))
    },
  describe:
    ({ options }) =>
    (_context, _column, value) => {
      if (Number.isNaN(value)) return `${options.label}: not known`
      return value === 1 ? options.label : (options.otherwise ?? `not ${options.label}`)
    },
})

const WORDS: Readonly<Record<string, number>> = { true: 1, yes: 1, '1': 1, false: 0, no: 0, '0': 0 }

function flagOf(value: TraitValue | undefined): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === undefined || typeof value === 'object') return Number.NaN
  return WORDS[normaliseText(String(value))] ?? Number.NaN
}
