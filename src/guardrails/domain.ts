/** What a thing that rules ask for may be at all, where it is not just any value: a score, a grade, a seniority. */
import type { TraitValue } from '../glossary.ts'
import type { GradePart } from './subject-view.ts'

/** One of a few values, or any number of a range: [least, most]. */
export type Domain = { readonly words: string } & (
  | { readonly values: readonly TraitValue[] }
  | { readonly least: number; readonly most: number }
)

const LETTERS = ['A', 'B', 'C', 'D']
const DIGITS = ['1', '2', '3', '4']

export function oneOf(values: readonly TraitValue[]): Domain {
  return { words: `one of ${values.join(', ')}`, values }
}

export const SCORES: Domain = {
  words: 'a whole number from 0 to 100',
  values: Array.from({ length: 101 }, (_, score) => score),
}

export const PROBABILITIES: Domain = { words: 'a number from 0 to 1', least: 0, most: 1 }

export const GRADES: Readonly<Record<GradePart, Domain>> = {
  fit: oneOf(LETTERS),
  intent: { words: 'text from "1" to "4"', values: DIGITS },
  pair: {
    words: 'a letter from A to D and a digit from 1 to 4',
    values: LETTERS.flatMap((letter) => DIGITS.map((digit) => letter + digit)),
  },
}
