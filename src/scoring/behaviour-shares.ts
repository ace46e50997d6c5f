/** What the behaviour of each person adds to the raw points of an account: Shapley's value, so that it adds up. */
import { type ShapleyShares, shapleyShares } from '../explain/shapley-shares.ts'
import { behaviourOf } from '../features/behaviour-of.ts'
import type { Facts, Person } from '../features/facts.ts'
import type { Policy } from '../policy/policy.ts'
import type { LoadedModel } from './load-model.ts'
import { outcomeOf, rowOf } from './score-row.ts'

/** For more than 8 people: rows that are worked out, and events that these hold together. Crowds are asked about in fewer orders. */
const MOST_ROWS = 1_000
const MOST_EVENTS = 2_000_000

export interface BehaviourShares {
  /** If nobody had done anything. */
  readonly without: number
  /** One for each listed person. */
  readonly points: readonly number[]
  /** Of all others together. */
  readonly ofOthers: number
}

/**
 * `without + sum(points) + ofOthers` = the raw points of `facts`, those of an account. A row is computed for each company of people: the
 * same function as for the score. Who did nothing adds nothing, and is not asked about.
 */
export function behaviourShares(
  model: LoadedModel,
  policy: Policy,
  facts: Facts,
  listed: readonly Person[],
): BehaviourShares {
  const playerOf = new Map<string, number>()
  for (const { leadId, events } of listed) if (events.length > 0) playerOf.set(leadId, playerOf.size)
  const others = playerOf.size
  for (const { leadId } of facts.people ?? []) if (!playerOf.has(leadId)) playerOf.set(leadId, others)
  const hasOthers = (facts.people ?? []).some(
    ({ leadId, events }) => playerOf.get(leadId) === others && events.length > 0,
  )
  const factsOf = behaviourOf(facts, playerOf)
  const mostRows = Math.min(MOST_ROWS, MOST_EVENTS / (1 + facts.events.length))
  const { none, shares }: ShapleyShares = shapleyShares(
    others + Number(hasOthers),
    (present) => {
      const some = factsOf(present)
      return outcomeOf(model, policy, [], model.predictor.rawScore(rowOf(model, some))).raw_points
    },
    mostRows,
  )
  return {
    without: none,
    points: listed.map(({ leadId, events }) => (events.length > 0 ? shares[playerOf.get(leadId)!]! : 0)),
    ofOthers: hasOthers ? shares[others]! : 0,
  }
}
