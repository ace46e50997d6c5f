/** Guardrails: rules outside the model, as data. Parsed and compiled once, then asked for every lead. */
import { z } from 'zod'
import { type CheckedYaml, type Fault, faultsOf, readYaml, strictFields } from '../checked-yaml.ts'
import type { Milliseconds } from '../glossary.ts'
import { ACTIONS, type Action, readAction } from './action.ts'
import { compileCondition, conditionSchema } from './compile-condition.ts'
import type { Condition } from './condition.ts'
import { dateSchema } from './date-operators.ts'
import type { Domain } from './domain.ts'
import { Lookups } from './lookups.ts'
import { nestingFault } from './nesting.ts'
import type { NamedLists } from './operator.ts'
import { type CountryReader, dateOf } from './reading.ts'
import { type RuleTest, ruleTestFaults, ruleTestSchema } from './rule-test.ts'
import { Screen } from './screen.ts'
import type { DerivedField } from './subject-view.ts'
import type { Validity } from './validity.ts'

const ruleSchema = strictFields({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and -, a letter first, as in hard-bounce'),
  /** Who answers for the rule. */
  owner: z.string().min(1),
  /** For people: what sales reads. */
  reason: z.string().min(1),
  when: conditionSchema,
  // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is never awaited.
  then: z.unknown().optional(),
  /** Among rules of one action, the larger comes first. */
  priority: z.number().int().min(-1000).max(1000).default(0),
  /** The rule is asked from this moment on. */
  valid_from: dateSchema.optional(),
  /** And not from this one on. */
  valid_until: dateSchema.optional(),
})

const MOST_RULES = 2_000
const MOST_TESTS = 5_000

const guardrailsSchema = strictFields({
  rules: z.array(ruleSchema).max(MOST_RULES),
  tests: z.array(ruleTestSchema).max(MOST_TESTS).default([]),
})

export interface Rule extends Validity {
  readonly id: string
  readonly owner: string
  readonly reason: string
  readonly action: Action
  readonly priority: number
  readonly condition: Condition
  /** Its line in the file. */
  readonly line: number
}

export interface Guardrails {
  /** Strongest action first, then by priority, then as written. */
  readonly rules: readonly Rule[]
  /** What should happen to whom, as the file says. Run by `guardrails check`. */
  readonly tests: readonly RuleTest[]
  /** Of the policy, the lowest first. */
  readonly bands: readonly string[]
  /** Shared by the conditions of all rules: one lead at a time. */
  readonly lookups: Lookups
  readonly screen: Screen
  /** Some rule asks for a score, a probability or a grade. */
  readonly asksScores: boolean
  readonly lists: NamedLists
  readonly countryCodeOf: CountryReader
}

export interface GuardrailsContext {
  /** Of the policy, the lowest first: what rules may cap and raise to. */
  readonly bands: readonly string[]
  readonly countryCodeOf: CountryReader
  /** What derived fields may be, of those of which it is known: what a check claims rests on it. */
  readonly derivedDomains: Readonly<Partial<Record<DerivedField, Domain>>>
}

/** Two letters are a code. */
const codesOnly: CountryReader = (value) =>
  typeof value === 'string' && /^\s*[a-z]{2}\s*$/i.test(value) ? value.trim().toUpperCase() : undefined

/**
 * Reads the rules. `lists` are the named lists they may refer to, by file name without `.txt`. Without a `context` there are no bands,
 * and countries are written as codes. Throws `guardrails_invalid` with file, line and field.
 */
export function parseGuardrails(
  text: string,
  file: string,
  lists: NamedLists,
  context: Partial<GuardrailsContext> = {},
): Guardrails {
  const { bands = [], countryCodeOf = codesOnly, derivedDomains = {} } = context
  const document: CheckedYaml = readYaml(text, file, 'guardrails_invalid')
  const tooDeep = nestingFault(document.value)
  if (tooDeep) throw document.fail([tooDeep])
  const parsed = guardrailsSchema.safeParse(document.value)
  if (!parsed.success) throw document.fail(faultsOf(parsed.error, document.value))
  const fail = (path: Fault['path'], message: string): never => document.fail([{ path, message }])
  const lookups = new Lookups(countryCodeOf)
  const seen = new Map<string, number>()
  const rules = parsed.data.rules.map((written, index): Rule => {
    const { id, owner, reason, priority } = written
    const path = ['rules', index]
    const earlier = seen.get(id)
    if (earlier !== undefined) {
      fail([...path, 'id'], `must be an id of its own: rules[${earlier}] is "${id}" already.`)
    }
    seen.set(id, index)
    const action = readAction(written.then, bands)
    if ('message' in action) return fail([...path, 'then', ...action.at], action.message)
    const validFrom = dateOr(written.valid_from, Number.NEGATIVE_INFINITY)
    const validUntil = dateOr(written.valid_until, Number.POSITIVE_INFINITY)
    if (validFrom >= validUntil) {
      fail(
        [...path, 'valid_until'],
        `must be after valid_from, which is ${written.valid_from}. Given: ${written.valid_until}.`,
      )
    }
    const within = { lists, countryCodeOf, derivedDomains, lookups, fail }
    const condition = compileCondition(written.when, [...path, 'when'], within)
    const line = document.lineOf(path)
    return { id, owner, reason, action, priority, validFrom, validUntil, condition, line }
  })
  const tests = parsed.data.tests.map((test, index) => ({ ...test, line: document.lineOf(['tests', index]) }))
  const faults = tests.flatMap((test, index) => ruleTestFaults(test, index, [...seen.keys()], bands))
  if (faults.length > 0) throw document.fail(faults)
  const strength = ({ action }: Rule) => ACTIONS.indexOf(action.kind)
  rules.sort((a, b) => strength(a) - strength(b) || b.priority - a.priority)
  return {
    rules,
    screen: new Screen(rules.map(({ condition }) => condition)),
    tests,
    bands,
    lookups,
    asksScores: lookups.fields.some(({ asksScores }) => asksScores),
    lists,
    countryCodeOf,
  }
}

function dateOr(text: string | undefined, otherwise: number): Milliseconds {
  return text === undefined ? otherwise : dateOf(text)
}
