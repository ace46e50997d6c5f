/** From scores, verdict and what routes ask about to the decision: band, grade, action, route, expected value. */
import type { VerdictStatus } from '../glossary.ts'
import { type Band, bandAt } from './bands.ts'
import { type AmountTable, type ExpectedValue, expectedValueOf, type Money } from './expected-value.ts'
import { gradeActionOf, gradeOf, quadrantOf } from './grade.ts'
import { bandsFor, type Policy } from './policy.ts'
import { routeOf, territoriesOf } from './routes.ts'

/** All that a policy looks at. Kept beside a score, so that another policy can be tried on it. */
export interface PolicyInput {
  /** By name, of the models that apply. `score` is an integer from 0 to 100. */
  readonly scores: Readonly<
    Record<string, { readonly score: number; readonly probability: number | null } | undefined>
  >
  readonly verdict: VerdictStatus
  /** Bands that the verdict bounds the decision by; a name that the policy does not have bounds nothing. */
  readonly cap: string | null
  readonly raise: string | null
  /** Of the definition of the model that decides, the most specific first. */
  readonly segments: readonly string[]
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
  readonly source: string | null
  readonly consent: string | null
  /** The amount of the open deal of the lead, where there is one. */
  readonly openDeal: Money | null
}

export interface PolicyDecision {
  readonly band: string
  readonly grade: string | null
  readonly action: string
  /** ISO 8601 duration; null when no response is due. */
  readonly respondWithin: string | null
  readonly gradeAction: string | null
  readonly quadrant: string | null
  /** The queue, the line that says so, and the nurture track; null in policies without routes. */
  readonly route: string | null
  readonly routeRule: string | null
  readonly nurture: string | null
  readonly expectedValue: ExpectedValue | null
}

/** The band of a score of everyone, by points. */
export function bandOf(policy: Policy, score: number): Band {
  return bandAt(policy.bands, score)
}

export function decide(policy: Policy, amounts: AmountTable | null, input: PolicyInput): PolicyDecision {
  const { segments, country, source, consent, openDeal } = input
  const outcome = outcomeOf(policy, input)
  const grid = policy.grade
  const grade = grid ? gradeOf(grid, (model) => input.scores[model]?.score ?? null) : null
  const territories = territoriesOf(policy.territories, country)
  const route =
    policy.routes &&
    routeOf(policy.routes, { band: outcome.name, grade, territories, segments, source, consent })
  const probability = input.scores[policy.decided_by]?.probability ?? null
  return {
    band: outcome.name,
    grade,
    action: outcome.action,
    respondWithin: outcome.respond_within,
    gradeAction: grid && grade !== null ? gradeActionOf(grid, grade) : null,
    quadrant: grid && grade !== null ? quadrantOf(grid, grade) : null,
    route: route?.queue ?? null,
    routeRule: route?.rule ?? null,
    nurture: route?.nurture ?? null,
    expectedValue: policy.expected_value
      ? expectedValueOf(policy.expected_value, amounts, { probability, openDeal, segments })
      : null,
  }
}

/** A lead that is disqualified, to be reviewed or without a score is in none of the bands; else its band, capped and then raised. */
function outcomeOf(policy: Policy, input: PolicyInput): Pick<Band, 'name' | 'action' | 'respond_within'> {
  const { verdict, cap, raise, segments, scores } = input
  const score = scores[policy.decided_by]
  if (verdict !== 'eligible') return { name: verdict, ...policy.verdicts[verdict] }
  if (!score) return { name: 'unscored', ...policy.verdicts.unscored }
  const bands = bandsFor(policy, segments)
  const placeOf = (name: string | null): number => bands.findIndex((band) => band.name === name)
  const own = placeOf(bandAt(bands, score.score, score.probability).name)
  const highest = placeOf(cap)
  const capped = highest < 0 ? own : Math.min(own, highest)
  return bands[Math.max(capped, placeOf(raise))]!
}
