/**
 * The moments that half-lives are learned from: a case for every decision, at that moment (the target reached, or the subject lost),
 * and a base of moments, spread evenly over the time in which subjects were undecided. The log loss of case against base
 * estimates the pace at which decisions are made (case-base sampling: Hanley & Miettinen 2009, Fitting smooth-in-time prognostic
 * risk functions via logistic regression).
 *
 * Landmarks would do worse. Within 90 days after a landmark a lead does much else, so that the label says little of what had
 * been done before it: the same history tells half-lives two to three times less exactly.
 */
import type { Milliseconds } from '../../src/glossary.ts'
import type { LandmarkPlan } from '../course.ts'
import { hashId } from '../hash-id.ts'
import type { DecisionCounts } from './count-decisions.ts'
import type { Decider } from './deciders.ts'
import { followed, isAtRisk, type Moment } from './followed.ts'

/** Base moments for each time that the target was reached, and at least for each that somebody was lost: more tell next to nothing more. */
const BASE_PER_REACHED = 20
const BASE_PER_LOST = 6

/** Moments to be expected at most; of more, those of a sample of the accounts. */
const MOST_MOMENTS = 60_000

/** Hashes lie below it. */
const HASHES = 2 ** 32

export interface MomentSampler {
  /** Those of a decider, in no particular order; none where it is not in the sample. What is drawn depends on its name and the seed alone. */
  momentsOf(decider: Decider): readonly Moment[]
}

/**
 * @param counts Of what there is to learn from.
 * @param knownUntil Nothing from there on is looked at.
 */
export function createMomentSampler(
  plan: LandmarkPlan,
  { reached, lost, undecided }: DecisionCounts,
  knownUntil: Milliseconds,
  seed: number,
  mostMoments = MOST_MOMENTS,
): MomentSampler {
  const base = Math.max(BASE_PER_REACHED * reached, BASE_PER_LOST * lost)
  const takenShare = Math.min(1, mostMoments / Math.max(1, reached + lost + base))
  const baseEvery = base > 0 ? undecided / base : Number.POSITIVE_INFINITY
  const shareOf = (name: string, purpose: string): number => hashId(`${purpose} ${name}`, seed) / HASHES
  return {
    momentsOf({ course, name }) {
      if (takenShare < 1 && shareOf(name, 'taken') >= takenShare) return []
      const { from, until, decisions } = followed(course, plan, knownUntil)
      const moments: Moment[] = [...decisions]
      for (let at = from + shareOf(name, 'base') * baseEvery; at < until; at += baseEvery) {
        const time = Math.floor(at)
        if (isAtRisk(course, time, plan)) moments.push({ at: time, outcome: 'undecided' })
      }
      return moments
    },
  }
}
