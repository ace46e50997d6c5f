/** Values that stand for all: on either side of every line that operators draw. What they are compared with is among them. */
import { formatTime, type Milliseconds, type TraitValue } from '../../glossary.ts'
import type { Domain } from '../domain.ts'

/** Any moment will do: operators that speak of the moment of judging draw their lines from it. */
export const SOME_MOMENT: Milliseconds = 1_800_000_000_000

/** No value that anybody writes into a rule. */
const OTHER_TEXT = '\u0001 other'

/** `written`: the examples of the operators. */
export function exampleValues(written: readonly TraitValue[], domain: Domain | null): readonly TraitValue[] {
  if (domain === null) return spread(written)
  if ('values' in domain) return domain.values
  const { least, most } = domain
  return numbersOf([...written, least, ...(Number.isFinite(most) ? [most] : [])]).filter(
    (number) => number >= least && number <= most,
  )
}

/** What is written, and what lies between and beyond: numbers on either side of each number, also as text; other text; other kinds. */
function spread(written: readonly TraitValue[]): TraitValue[] {
  const texts = [...new Set(written.filter((value) => typeof value === 'string'))]
  const numbers = numbersOf(written)
  return [
    ...texts,
    OTHER_TEXT,
    formatTime(SOME_MOMENT),
    ...numbers,
    ...numbers.map((number) => decimal(number)),
    true,
    false,
  ]
}

/** Those that are written, those between them, and beyond. */
function numbersOf(written: readonly TraitValue[]): number[] {
  const bounds = [...new Set(written.filter((value) => typeof value === 'number'))].sort((a, b) => a - b)
  const between = bounds.map((bound, i) => (bound + (bounds[i + 1] ?? bound + 2)) / 2)
  return [...bounds, ...between, (bounds[0] ?? 0) - 1]
}

/** As text that reads as this number, without an exponent, in a spelling that nobody writes into a rule. */
function decimal(number: number): string {
  const size = Math.abs(number)
  if (!Number.isFinite(size)) return OTHER_TEXT
  const text = size >= 1e21 ? String(BigInt(size)) : size < 1e-6 ? size.toFixed(100) : String(size)
  return `${number < 0 ? '-' : ''}000${text}`
}
