/** The `when` of a rule, as it is written in YAML, in words. What is not known here is told as it is written. */
import { isRecord } from '../../api/policy-content.ts'

export type ConditionWords =
  | { readonly kind: 'all' | 'any' | 'not'; readonly parts: readonly ConditionWords[] }
  | { readonly kind: 'words'; readonly text: string }

const SUBJECTS: Readonly<Record<string, (name: string) => string>> = {
  trait: (name) => `${name} of the lead`,
  account_trait: (name) => `${name} of the account`,
  derived: (name) => name.replaceAll('_', ' '),
  score: (name) => `score of ${name}`,
  probability: (name) => `probability of ${name}`,
  grade: (name) => (name === 'pair' ? 'grade' : `grade of ${name}`),
}

const OPERATORS: Readonly<Record<string, string>> = {
  equals: 'is',
  one_of: 'is one of',
  all_of: 'has all of',
  contains: 'contains',
  has_word: 'has the word',
  starts_with: 'starts with',
  ends_with: 'ends with',
  matches: 'looks like',
  in_list: 'is in the list',
  not_in_list: 'is not in the list',
  domain_in_list: 'or its parent domain is in the list',
  in_countries: 'is in',
  not_in_countries: 'is not in',
  at_least: 'is at least',
  at_most: 'is at most',
  above: 'is above',
  below: 'is below',
  before: 'is before',
  after: 'is after',
  older_than: 'is older than',
  within_last: 'is within the last',
  within_next: 'is within the next',
}

export function conditionWords(when: unknown): ConditionWords {
  if (!isRecord(when)) return words(valueText(when))
  for (const kind of ['all', 'any'] as const) {
    const parts = when[kind]
    if (Array.isArray(parts)) return { kind, parts: parts.map(conditionWords) }
  }
  if (when['not'] !== undefined) return { kind: 'not', parts: [conditionWords(when['not'])] }
  return words(when['event'] === undefined ? comparison(when) : eventCount(when))
}

const words = (text: string): ConditionWords => ({ kind: 'words', text })

function comparison(when: Readonly<Record<string, unknown>>): string {
  const subject = Object.keys(SUBJECTS).find((field) => field in when)
  if (subject === undefined) return valueText(when)
  const name = SUBJECTS[subject]?.(valueText(when[subject])) ?? ''
  const told = Object.entries(when).flatMap(([operator, operand]) => {
    if (operator === subject) return []
    if (operator === 'known') return [operand === false ? 'is not known' : 'is known']
    return [`${OPERATORS[operator] ?? operator.replaceAll('_', ' ')} ${valueText(operand)}`]
  })
  return `${name} ${told.join(' and ')}`
}

function eventCount({ event, where, within, at_least, at_most }: Readonly<Record<string, unknown>>): string {
  const types = Array.isArray(event) ? event.map(valueText).join(' or ') : valueText(event)
  const properties = isRecord(where)
    ? ` with ${Object.entries(where)
        .map(([name, value]) => `${name} ${valueText(value)}`)
        .join(', ')}`
    : ''
  return `event ${types}${properties}, ${timesText(at_least, at_most)}${within === undefined ? '' : ` within ${valueText(within)}`}`
}

function timesText(atLeast: unknown, atMost: unknown): string {
  const times = (count: unknown): string => (count === 1 ? 'once' : `${valueText(count)} times`)
  if (atMost === undefined) return `at least ${times(atLeast ?? 1)}`
  if (atMost === 0) return 'never'
  return atLeast === undefined
    ? `at most ${times(atMost)}`
    : `at least ${times(atLeast)} and at most ${times(atMost)}`
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The `then` of a rule in words. */
export function actionWords(then: unknown): string {
  if (typeof then === 'string') return then
  const [kind, operand] = isRecord(then) ? (Object.entries(then)[0] ?? []) : []
  if (kind === 'cap') return `at most ${valueText(operand)}`
  if (kind === 'raise') return `at least ${valueText(operand)}`
  if (kind === 'exclude') return `not by ${valueText(operand)}`
  return valueText(then ?? '')
}
