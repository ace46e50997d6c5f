/** How many decisions a history holds, and for how long nothing was decided: what says how closely moments are to be sampled. */
import type { Milliseconds } from '../../src/glossary.ts'
import type { LandmarkPlan } from '../course.ts'
import type { RecordSource } from '../record-source.ts'
import { decidersOf } from './deciders.ts'
import { followed } from './followed.ts'

export interface DecisionCounts {
  readonly reached: number
  readonly lost: number
  /** From being known and in the population to the first decision, or as long as they are followed; the sum of all deciders. */
  readonly undecided: Milliseconds
}

/** What may be looked at. */
export interface LearnedHistory {
  /** Nothing from there on is looked at: where the test part begins. */
  readonly knownUntil: Milliseconds
  /** Whether an account, by its ordinal in the records, is one to learn from: none of the test part is. */
  readonly learnsFrom: (group: number) => boolean
}

export async function countDecisions(
  records: RecordSource,
  plan: LandmarkPlan,
  { knownUntil, learnsFrom }: LearnedHistory,
): Promise<DecisionCounts> {
  const counts = { reached: 0, lost: 0, undecided: 0 }
  let group = -1
  for await (const account of records.read()) {
    group += 1
    if (!learnsFrom(group)) continue
    for (const { course } of decidersOf(account, plan)) {
      const { from, until, decisions } = followed(course, plan, knownUntil)
      for (const { outcome } of decisions) counts[outcome === 'reached' ? 'reached' : 'lost'] += 1
      const first = decisions.reduce(
        (least, { at }) => Math.min(least, at),
        Math.min(until, course.reachedAt),
      )
      counts.undecided += Math.max(0, first - Math.max(from, course.knownAt))
    }
  }
  return counts
}
