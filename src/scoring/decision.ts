/** What the policy looks at, gathered from facts, scores and verdict; and its decision, as answers have it. */
import { countryCodeOf } from '../features/country-code.ts'
import { dealsAt } from '../features/deals.ts'
import type { Definition } from '../features/definition.ts'
import { type Facts, factsAt } from '../features/facts.ts'
import { segmentsOf } from '../features/segments.ts'
import type { AccountRecord, LeadRecord, Milliseconds, TraitValue } from '../glossary.ts'
import { decide, type PolicyInput } from '../policy/decide.ts'
import type { AmountTable, Money } from '../policy/expected-value.ts'
import type { Policy } from '../policy/policy.ts'
import type { LoadedModel } from './load-model.ts'
import type { Decision, ModelScore, VerdictStatus } from './scored-lead.ts'

export type { PolicyInput }

/** What of a verdict bounds the decision. */
interface PolicyVerdict {
  readonly status: VerdictStatus
  readonly cap?: string | null
  readonly raise?: string | null
}

interface DecidingEngine {
  readonly models: readonly LoadedModel[]
  readonly policy: Policy
}

/** Of the model that decides: that of the model for everyone, else of one for a segment; undefined: none is loaded. */
export function decidingDefinition({ models, policy }: DecidingEngine): Definition | undefined {
  const everyone = models.find(({ name, segment }) => name === policy.decided_by && segment === '')
  return (everyone ?? models.find(({ name }) => name === policy.decided_by))?.registry.definition
}

/** Names of the segments that bands, routes and amounts go by, the most specific first. */
export function segmentNamesOf(engine: DecidingEngine, facts: Facts): readonly string[] {
  const definition = decidingDefinition(engine)
  return definition ? segmentsOf(definition, facts).map(({ name }) => name) : []
}

/** The same, by what was known strictly before `asOf`. */
export function segmentNamesAt(
  engine: DecidingEngine,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): readonly string[] {
  return segmentNamesOf(engine, factsAt(account, lead, asOf))
}

/** `segments` as `segmentNamesOf` gives them. */
export function policyInputOf(
  engine: DecidingEngine,
  account: AccountRecord,
  lead: LeadRecord,
  facts: Facts,
  segments: readonly string[],
  scores: ReadonlyMap<string, ModelScore>,
  { status, cap = null, raise = null }: PolicyVerdict,
): PolicyInput {
  const definition = decidingDefinition(engine)
  return {
    scores: Object.fromEntries(
      [...scores].flatMap(([name, score]) =>
        score.applies ? [[name, { score: score.score, probability: score.probability }]] : [],
      ),
    ),
    verdict: status,
    cap,
    raise,
    segments,
    country:
      countryCodeOf(facts.accountTrait('country')) ?? countryCodeOf(facts.leadTrait('country')) ?? null,
    source: textOf(facts.leadTrait('source')),
    consent: textOf(facts.leadTrait('consent')),
    openDeal: definition ? openDealOf(account, lead, definition.pipeline, facts.asOf) : null,
  }
}

export function decisionOf(policy: Policy, amounts: AmountTable | null, input: PolicyInput): Decision {
  const decided = decide(policy, amounts, input)
  return {
    band: decided.band,
    grade: decided.grade,
    action: decided.action,
    respond_within: decided.respondWithin,
    grade_action: decided.gradeAction,
    quadrant: decided.quadrant,
    route: decided.route,
    route_rule: decided.routeRule,
    nurture: decided.nurture,
    expected_value: decided.expectedValue,
  }
}

/**
 * The deal of the lead (of an account, any of its deals) in the pipeline that was known to be open then and has an amount; of several
 * the one opened last.
 */
function openDealOf(
  { deals }: AccountRecord,
  lead: LeadRecord,
  pipeline: string,
  asOf: Milliseconds,
): Money | null {
  const deal = dealsAt(deals, asOf).findLast(
    ({ outcome, amount, contacts, ...deal }) =>
      deal.pipeline === pipeline &&
      outcome === 'open' &&
      amount !== null &&
      contacts.some(({ leadId }) => leadId === lead.leadId),
  )
  return deal ? { amount: deal.amount!, currency: deal.currency } : null
}

function textOf(value: TraitValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
