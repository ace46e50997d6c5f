/**
 * What a condition may ask of a value. To add an operator: one object in the list, one test. A value that is not known
 * satisfies no operator but `known: false`; text is compared without regard to case and surrounding space.
 */
import { z } from 'zod'
import type { TraitValue } from '../glossary.ts'
import { withoutMark } from '../mail-providers.ts'

/** Named lists (`models/lists/NAME.txt`), entries as written. */
export type NamedLists = Readonly<Record<string, readonly string[]>>

export interface Operator {
  readonly name: string
  /** What stands after the operator in YAML. */
  readonly operand: z.ZodType
  /** True when the operand names a list, which must exist then. */
  readonly usesList: boolean
  /** Compiled once a rule; called for every lead with a value that is known. */
  readonly compile: (operand: unknown, lists: NamedLists) => (value: TraitValue) => boolean
  /** After "industry is X": how the operand reads. Empty where the value says it all. */
  readonly words: (operand: unknown) => string
}

function defineOperator<T>(operator: {
  name: string
  operand: z.ZodType<T>
  usesList?: boolean
  compile: (operand: T, lists: NamedLists) => (value: TraitValue) => boolean
  words: (operand: T) => string
}): Operator {
  const { name, operand, usesList = false } = operator
  return Object.freeze({
    name,
    operand,
    usesList,
    compile: (given: unknown, lists: NamedLists) => operator.compile(operand.parse(given), lists),
    words: (given: unknown) => operator.words(operand.parse(given)),
  })
}

const scalar = z.union([z.string().min(1), z.number(), z.boolean()], 'must be text, a number, true or false')
const text = z.string().min(1)

export const OPERATORS: readonly Operator[] = [
  defineOperator({
    name: 'equals',
    operand: scalar,
    compile: (operand) => oneOf([operand]),
    words: () => '',
  }),
  defineOperator({
    name: 'one_of',
    operand: z.array(scalar).min(1),
    compile: oneOf,
    words: (operand) => `one of ${operand.join(', ')}`,
  }),
  defineOperator({
    name: 'contains',
    operand: text,
    compile: (operand) => {
      const part = operand.toLowerCase()
      return (value) => valuesOf(value).some((each) => String(each).toLowerCase().includes(part))
    },
    words: (operand) => `contains "${operand}"`,
  }),
  defineOperator({
    name: 'in_list',
    operand: text,
    usesList: true,
    compile: (operand, lists) => {
      const entries = entriesOf(lists, operand)
      return (value) => valuesOf(value).some((each) => entries.has(normalise(each)))
    },
    words: (operand) => `which is on the list ${operand}`,
  }),
  defineOperator({
    name: 'not_in_list',
    operand: text,
    usesList: true,
    compile: (operand, lists) => {
      const entries = entriesOf(lists, operand)
      return (value) => !valuesOf(value).some((each) => entries.has(normalise(each)))
    },
    words: (operand) => `which is not on the list ${operand}`,
  }),
  defineOperator({
    name: 'domain_in_list',
    operand: text,
    usesList: true,
    // mail.rival.example belongs to rival.example; notrival.example does not.
    compile: (operand, lists) => {
      const entries = new Set([...entriesOf(lists, operand)].map(withoutMark))
      return (value) =>
        valuesOf(value).some((each) => parentDomains(String(each)).some((d) => entries.has(d)))
    },
    words: (operand) => `which is on the list ${operand}`,
  }),
  defineOperator({
    name: 'at_least',
    operand: z.number(),
    compile: (operand) => (value) => numberOf(value) >= operand,
    words: (operand) => `at least ${operand}`,
  }),
  defineOperator({
    name: 'at_most',
    operand: z.number(),
    compile: (operand) => (value) => numberOf(value) <= operand,
    words: (operand) => `at most ${operand}`,
  }),
  defineOperator({
    name: 'below',
    operand: z.number(),
    compile: (operand) => (value) => numberOf(value) < operand,
    words: (operand) => `below ${operand}`,
  }),
]

function valuesOf(value: TraitValue): readonly (string | number | boolean)[] {
  return typeof value === 'object' ? value : [value]
}

/** Type and text, so that the text "1" is not the number 1. */
function normalise(value: string | number | boolean): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : `${typeof value} ${value}`
}

function oneOf(operands: readonly (string | number | boolean)[]): (value: TraitValue) => boolean {
  const wanted = new Set(operands.flatMap(spellingsOf))
  return (value) => valuesOf(value).some((each) => wanted.has(normalise(each)))
}

/** true and false also as the text or number that features read as one: a form that sends "yes" must not slip past a rule. */
function spellingsOf(operand: string | number | boolean): readonly string[] {
  if (typeof operand !== 'boolean') return [normalise(operand)]
  return (operand ? [true, 'true', 'yes', '1', 1] : [false, 'false', 'no', '0', 0]).map(normalise)
}

/** A number, or text that is nothing but a decimal number, as features read it; else NaN, which no bound accepts. */
function numberOf(value: TraitValue): number {
  if (typeof value === 'number') return value
  const isNumber = typeof value === 'string' && /^\s*[+-]?\d{1,300}(?:\.\d{1,300})?\s*$/.test(value)
  return isNumber ? Number(value) : Number.NaN
}

function entriesOf(lists: NamedLists, name: string): ReadonlySet<string> {
  return new Set((lists[name] ?? []).map(normalise))
}

function parentDomains(domain: string): readonly string[] {
  const labels = domain.trim().toLowerCase().split('.')
  // 127 labels are the most a domain may have: longer text is no domain, and must not cost quadratic time.
  if (labels.length > 127) return []
  return labels.map((_, index) => labels.slice(index).join('.'))
}
