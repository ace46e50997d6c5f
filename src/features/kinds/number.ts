import { z } from 'zod'
import { strictFields } from '../../checked-yaml.ts'
import type { TraitValue } from '../../glossary.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { numberText, pluralOf } from '../wording.ts'
import { groupOf, label, nameOf, traitOf, traitOptions } from './options.ts'

/** A quantity: a number, or text that is nothing but a decimal number. Anything else is missing. */
export const numberKind = defineFeatureKind({
  kind: 'number',
  version: '1',
  options: strictFields({
    ...traitOptions,
    /** How a linear model should see it: log1p for what spans orders of magnitude. */
    transform: z.enum(['identity', 'log1p']).default('identity'),
    /** "1,200 employees"; without it "annual revenue 1,200". */
    unit: label.optional(),
  }),
  name: nameOf,
  columns: (options) => [
    {
      kind: 'number',
      name: nameOf(options),
      group: groupOf(options),
      side: 'fit',
      transform: options.transform,
    },
  ],
  compute:
    ({ options }) =>
    ({ facts }, row, offset) => {
      row[offset] = numberOf(traitOf(facts, options))
    },
  describe:
    ({ options }) =>
    (_context, _column, value) => {
      if (Number.isNaN(value)) return `${options.label} is not known`
      if (options.unit === undefined) return `${options.label} ${numberText(value)}`
      return `${numberText(value)} ${value === 1 ? options.unit : pluralOf(options.unit)}`
    },
})

function numberOf(value: TraitValue | undefined): number {
  if (typeof value === 'string' && /^\s*[+-]?\d{1,300}(?:\.\d{1,300})?\s*$/.test(value)) return Number(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN
}
