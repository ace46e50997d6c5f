/** A condition on one value: `{ trait | account_trait | derived | score | ...: NAME, OPERATOR: OPERAND }`. */
import type { TraitValue } from '../glossary.ts'
import type { Condition } from './condition.ts'
import type { Field } from './field.ts'
import type { Lookups } from './lookups.ts'
import type { Operator, OperatorContext } from './operator.ts'

/** True for a value that is known and that the operator accepts. */
export function comparison(
  field: Field,
  operator: Operator,
  operand: unknown,
  context: OperatorContext,
  lookups: Lookups,
): Condition {
  const accepts = operator.compile(operand, context)
  const words = operator.words(operand)
  const slot = lookups.slotOf(field)
  return {
    kind: 'value',
    slot,
    context,
    field,
    operator,
    operand,
    accepts,
    holds(at) {
      const reading = at.reading(slot)
      return reading.value !== undefined && accepts(reading, at.asOf)
    },
    describe: (at, holding) => (holding && words ? `${found(field, at)}, ${words}` : found(field, at)),
  }
}

/** `known: true` or `known: false`. */
export function knowledge(field: Field, wanted: boolean, lookups: Lookups): Condition {
  const slot = lookups.slotOf(field)
  return {
    kind: 'known',
    field,
    wanted,
    holds: (at) => (at.reading(slot).value !== undefined) === wanted,
    describe: (at) => found(field, at),
  }
}

function found({ label, read }: Field, { view }: Lookups): string {
  const { value, note } = read(view)
  if (value === undefined) return `${label} is not known`
  return `${label} is ${show(value)}${note ? ` (${note})` : ''}`
}

/** Longer text is cut: a form message may be a page. */
const LONGEST = 120

function show(value: TraitValue): string {
  if (typeof value === 'string')
    return `"${value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value}"`
  if (typeof value === 'number') return String(Math.round(value * 100) / 100)
  return typeof value === 'object' ? value.map((each) => `"${each}"`).join(', ') : String(value)
}
