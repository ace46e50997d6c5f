/** An operator as data: what may stand behind it in YAML, what it accepts, how it reads. */
import type { z } from 'zod'
import type { Milliseconds, TraitValue } from '../glossary.ts'
import type { CountryReader, Reading } from './reading.ts'

/** Named lists (`models/lists/NAME.txt`), entries as written. */
export type NamedLists = Readonly<Record<string, readonly string[]>>

export interface OperatorContext {
  readonly lists: NamedLists
  readonly countryCodeOf: CountryReader
}

/** Of a value that is known. */
export type Accepts = (reading: Reading, asOf: Milliseconds) => boolean

interface NeededKeys {
  readonly kind: 'value' | 'domain'
  /** As `comparisonKey` gives them. */
  readonly keys: ReadonlySet<string>
}

export interface Operator {
  readonly name: string
  /** What stands after the operator in YAML. */
  readonly operand: z.ZodType
  /** What is wrong with the operand beyond its shape; null: nothing. */
  readonly fault: (operand: unknown, context: OperatorContext) => string | null
  /** Compiled once a rule; called for every lead with a value that is known. */
  readonly compile: (operand: unknown, context: OperatorContext) => Accepts
  /** After "industry is X": how the operand reads. Empty where the value says it all. */
  readonly words: (operand: unknown) => string
  /**
   * For finding rules that never or always hold: values on either side of every line that the operator draws, as of `asOf`. null: it
   * looks into the text, and no few values stand for all.
   */
  readonly examples: (
    operand: unknown,
    context: OperatorContext,
    asOf: Milliseconds,
  ) => readonly TraitValue[] | null
  /** A scalar that it accepts is one of its examples, but for case and surrounding space. */
  readonly isEquality: boolean
  /** The value itself (`value`), or a domain above it (`domain`), must be one of these keys; null: no few values are needed. */
  readonly needs: (operand: unknown, context: OperatorContext) => NeededKeys | null
  /** It looks at a list entry by entry. */
  readonly readsLists: boolean
  /** Its lines move with the moment of judging. */
  readonly isRelative: boolean
}

export function defineOperator<T>(operator: {
  name: string
  operand: z.ZodType<T>
  fault?: (operand: T, context: OperatorContext) => string | null
  compile: (operand: T, context: OperatorContext) => Accepts
  words: (operand: T) => string
  examples: (operand: T, context: OperatorContext, asOf: Milliseconds) => readonly TraitValue[] | null
  isEquality?: boolean
  needs?: (operand: T, context: OperatorContext) => NeededKeys
  readsLists?: boolean
  isRelative?: boolean
}): Operator {
  const { name, operand, isEquality = false, readsLists = false, isRelative = false } = operator
  return Object.freeze({
    name,
    operand,
    isEquality,
    readsLists,
    isRelative,
    needs: (given: unknown, context: OperatorContext) =>
      operator.needs?.(operand.parse(given), context) ?? null,
    fault: (given: unknown, context: OperatorContext) =>
      operator.fault?.(operand.parse(given), context) ?? null,
    compile: (given: unknown, context: OperatorContext) => operator.compile(operand.parse(given), context),
    words: (given: unknown) => operator.words(operand.parse(given)),
    examples: (given: unknown, context: OperatorContext, asOf: Milliseconds) =>
      operator.examples(operand.parse(given), context, asOf),
  })
}

/** What is wrong with the name of a list. */
export function listFault(name: string, { lists }: OperatorContext): string | null {
  if (Object.hasOwn(lists, name)) return null
  const allowed = Object.keys(lists).sort().join(', ') || 'none, there are no lists'
  return `must be the name of a list: ${allowed}. Given: "${name}".`
}
