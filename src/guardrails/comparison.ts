/** A condition on one value: `{ trait | account_trait | derived: NAME, OPERATOR: OPERAND }`. */
import type { TraitValue } from '../glossary.ts'
import type { Condition } from './condition.ts'
import type { NamedLists, Operator } from './operators.ts'
import { DERIVED_FIELDS, type DerivedField, type DerivedValue, type SubjectView } from './subject-view.ts'

/** Where the value comes from, and how people call it. */
export interface Field {
  readonly label: string
  readonly read: (view: SubjectView) => DerivedValue
}

export function traitField(name: string): Field {
  return { label: inWords(name), read: (view) => ({ value: view.trait(name) }) }
}

export function accountTraitField(name: string): Field {
  return { label: `the account's ${inWords(name)}`, read: (view) => ({ value: view.accountTrait(name) }) }
}

export function derivedField(name: DerivedField): Field {
  return { label: DERIVED_FIELDS[name], read: (view) => view.derived(name) }
}

/** True for a value that is known and that the operator accepts. */
export function comparison(field: Field, operator: Operator, operand: unknown, lists: NamedLists): Condition {
  const accepts = operator.compile(operand, lists)
  const words = operator.words(operand)
  return {
    holds(view) {
      const { value } = field.read(view)
      return value !== undefined && accepts(value)
    },
    describe: (view, holding) => (holding && words ? `${found(field, view)}, ${words}` : found(field, view)),
  }
}

/** `known: true` or `known: false`. */
export function knowledge(field: Field, wanted: boolean): Condition {
  return {
    holds: (view) => (field.read(view).value !== undefined) === wanted,
    describe: (view) => found(field, view),
  }
}

function found({ label, read }: Field, view: SubjectView): string {
  const { value, note } = read(view)
  if (value === undefined) return `${label} is not known`
  return `${label} is ${show(value)}${note ? ` (${note})` : ''}`
}

function inWords(name: string): string {
  return name.replaceAll('_', ' ')
}

function show(value: TraitValue): string {
  if (typeof value === 'string') return `"${value}"`
  if (typeof value === 'number') return String(Math.round(value * 100) / 100)
  return typeof value === 'object' ? value.map((each) => `"${each}"`).join(', ') : String(value)
}
