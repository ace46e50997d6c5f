/** What the policy looks at, gathered from facts, scores and verdict; and its decision, as answers have it. */
import { countryCodeOf } from '../features/country-code.ts'
import { dealsAt } from '../features/deals.ts'
import type { Definition } from '../features/definition.ts'
import { type Facts, factsAt } from '../features/facts.ts'
import type { AccountRecord, LeadRecord, Milliseconds, TraitValue, VerdictStatus } from '../glossary.ts'
import { decide, type PolicyInput } from '../policy/decide.ts'
import type { AmountTable, Money } from '../policy/expected-value.ts'
import type { Policy } from '../policy/policy.ts'
import { dealsOf } from './applicability.ts'
import { type Family, familiesOf, segmentsAround } from './families.ts'
import type { LoadedModel } from './load-model.ts'
import type { Decision, ModelScore } from './scored-lead.ts'

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

/** The models that decide; undefined: none is loaded. */
function decidingFamily({ models, policy }: DecidingEngine): Family | undefined {
  return familiesOf(models).find(({ name }) => name === policy.decided_by)
}

/** The one for everyone, else the first for a segment; undefined: none is loaded. */
export function decidingModel(engine: DecidingEngine): LoadedModel | undefined {
  const family = decidingFamily(engine)
  return family?.everyone ?? family?.segments.find(({ model }) => model)?.model ?? undefined
}

/** Of the model that decides. */
export function decidingDefinition(engine: DecidingEngine): Definition | undefined {
  return decidingModel(engine)?.registry.definition
}

/** Names of the segments that bands, routes and amounts go by, the most specific first: those by which a model is chosen. */
export function segmentNamesOf(engine: DecidingEngine, facts: Facts): readonly string[] {
  const family = decidingFamily(engine)
  return family ? segmentsAround(family, facts).map(({ segment }) => segment.name) : []
}

/** Whether there are any: without, nobody needs to be asked. */
export function hasSegments(engine: DecidingEngine): boolean {
  return (decidingFamily(engine)?.segments.length ?? 0) > 0
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
  account: AccountRecord,
  lead: LeadRecord,
  pipeline: string,
  asOf: Milliseconds,
): Money | null {
  const own = dealsOf(account, lead).filter((deal) => deal.pipeline === pipeline)
  const deal = dealsAt(own, asOf).findLast(({ outcome, amount }) => outcome === 'open' && amount !== null)
  return deal ? { amount: deal.amount!, currency: deal.currency } : null
}

function textOf(value: TraitValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
