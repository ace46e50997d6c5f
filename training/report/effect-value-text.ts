/** A value of a column, as people read it in a narrow place. */
import { numberText } from '../../src/features/wording.ts'
import type { EffectValue, PartialDependenceReport } from './effects-report.ts'

const MOST_LETTERS = 20

export function valueText(value: EffectValue, kind: PartialDependenceReport['kind']): string {
  if (value === null) return 'missing'
  if (typeof value === 'string')
    return value.length > MOST_LETTERS ? `${value.slice(0, MOST_LETTERS - 3)}...` : value
  if (kind === 'flag') return value === 1 ? 'yes' : 'no'
  return Math.abs(value) < 1_000 ? String(Number(value.toPrecision(4))) : numberText(value)
}
