/** Two hundred rules as a company might have them: a list each for markets and partners, titles, countries, behaviour, sizes. */
import type { NamedLists } from '../../src/guardrails/operator.ts'

const INDUSTRIES = [
  'software',
  'retail',
  'manufacturing',
  'health',
  'finance',
  'education',
  'logistics',
  'media',
]
const EVENTS = [
  'pricing_page_viewed',
  'demo_requested',
  'careers_page_viewed',
  'webinar_attended',
  'email_bounced',
  'email_clicked',
  'page_viewed',
  'unsubscribed',
  'trial_started',
  'docs_page_viewed',
]
const WORDS = [
  'intern',
  'student',
  'assistant',
  'freelance',
  'trainee',
  'recruiter',
  'professor',
  'volunteer',
]
const DEPARTMENTS = ['sales', 'marketing', 'finance', 'legal', 'it', 'operations', 'research', 'design']

/** By turns of ten kinds; each with operands of its own. */
const KINDS: readonly ((n: number) => string)[] = [
  (n) => `{ derived: mail_domain, domain_in_list: partners-${n % 10} }`,
  (n) => `{ trait: source, one_of: [list-${n}, import-${n}, partner-${n}] }`,
  (n) => `{ event: ${EVENTS[n % 10]}, within: ${n + 1}d, at_least: ${20 + n} }`,
  (n) => `{ trait: title, has_word: [${WORDS[n % 8]}-${n}, ${WORDS[(n + 3) % 8]}x] }`,
  (n) =>
    `{ all: [{ account_trait: employees, at_least: ${n * 100_000} }, { account_trait: industry, equals: ${INDUSTRIES[n % 8]} }] }`,
  (n) =>
    `{ any: [{ derived: country_code, one_of: [X${n % 10}, AQ] }, { derived: mail_domain_kind, equals: disposable }] }`,
  (n) =>
    `{ all: [{ derived: department, equals: ${DEPARTMENTS[n % 8]} }, { derived: seniority, equals: trainee }, { not: { trait: student, equals: true } }] }`,
  (n) => `{ account_trait: domain, domain_in_list: partners-${n % 10} }`,
  (n) =>
    `{ all: [{ event: [${EVENTS[n % 10]}, ${EVENTS[(n + 1) % 10]}], within: 30d, at_least: 50 }, { trait: consent, known: false }] }`,
  (n) =>
    `{ all: [{ account_trait: annual_revenue, below: ${n} }, { trait: email, ends_with: .w${n}.example }] }`,
]

const ACTIONS = ['disqualify', 'review', '{ cap: low }', '{ exclude: [phone] }']

export function manyRules(count: number): string {
  const rules = Array.from({ length: count }, (_, n) => {
    const when = KINDS[n % KINDS.length]!(Math.floor(n / KINDS.length))
    return `  - { id: rule-${n}, owner: bench, reason: Rule ${n}., then: ${ACTIONS[n % ACTIONS.length]}, when: ${when} }`
  })
  return `rules:\n${rules.join('\n')}\n`
}

/** Of a hundred domains each. */
export function manyLists(): NamedLists {
  return Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => [
      `partners-${n}`,
      Array.from({ length: 100 }, (_, i) => `partner-${n}-${i}.example`),
    ]),
  )
}
