/** Conditions that compare a thing with what it never is: a seniority that there is not, a score above 100. */
import { suggestion } from '../../checked-yaml.ts'
import type { TraitValue } from '../../glossary.ts'
import type { Comparison, Condition } from '../condition.ts'
import type { Domain } from '../domain.ts'
import { Reading } from '../reading.ts'
import { exampleValues, SOME_MOMENT } from './example-values.ts'
import { atomsOf } from './patterns.ts'

/** The first of them in words, to stand after the name of the rule; null: there is none. */
export function impossibleValue(condition: Condition): string | null {
  for (const atom of atomsOf(condition)) {
    const { domain } = atom.kind === 'value' ? atom.field : { domain: null }
    if (atom.kind !== 'value' || domain === null) continue
    const operand = impossibleOperand(atom, domain)
    if (operand === undefined) continue
    // Of codes every one is near every other.
    const values = 'values' in domain ? domain.values.map(String).filter(({ length }) => length > 2) : []
    const near = typeof operand === 'string' ? suggestion(operand, values) : ''
    return `compares ${atom.field.label} with ${JSON.stringify(operand)} (${atom.operator.name}), and it is always ${domain.words}${near}.`
  }
  return null
}

/** What stands behind the operator, or the first of its values; undefined: nothing is wrong with it. */
function impossibleOperand(atom: Comparison, domain: Domain): unknown {
  const { operator, operand, context } = atom
  if (typeof operand === 'number' && isBeyond(operand, domain)) return operand
  if (!canHold(atom, domain)) return operand
  if (!operator.isEquality || !Array.isArray(operand)) return undefined
  return operand.find(
    (one) => !canHold({ ...atom, operand: [one], accepts: operator.compile([one], context) }, domain),
  )
}

/** Further out than any value: `at_most: 150` of a score says nothing. */
function isBeyond(operand: number, domain: Domain): boolean {
  const numbers = 'values' in domain ? domain.values.filter((value) => typeof value === 'number') : []
  const { least, most } =
    'values' in domain ? { least: Math.min(...numbers), most: Math.max(...numbers) } : domain
  return least <= most && (operand < least || operand > most)
}

/** Some value of the domain is accepted; also where that cannot be told. */
function canHold({ operator, operand, context, accepts }: Comparison, domain: Domain): boolean {
  const examples = operator.examples(operand, context, SOME_MOMENT)
  if (examples === null && !('values' in domain)) return true
  const reading = new Reading(context.countryCodeOf)
  return exampleValues(examples ?? [], domain).some((value: TraitValue) => {
    reading.load(value)
    return accepts(reading, SOME_MOMENT)
  })
}
