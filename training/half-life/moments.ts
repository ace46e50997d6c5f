/**
 * The moments that half-lives are learned from: a case for every decision, at that moment (the target reached, or the subject lost),
 * and a base of moments, spread evenly over the time in which subjects were undecided. The log loss of case against base
 * estimates the pace at which decisions are made (case-base sampling: Hanley & Miettinen 2009, Fitting smooth-in-time prognostic
 * risk functions via logistic regression).
 *
 * Landmarks would do worse. Within 90 days after a landmark a lead does much else, so that the label says little of what had
 * been done before it: the same history tells half-lives two to three times less exactly.
 */
import { BEHAVIOUR_LIFETIME, DAY, HOUR, type Milliseconds } from '../../src/glossary.ts'
import type { Course, LandmarkPlan } from '../course.ts'
import { landmarkAt } from '../landmarks.ts'
import { randomIntegers } from '../random.ts'
import type { Row } from '../rows.ts'
import { lostTimes } from './deciders.ts'

/** What happened at a moment: nothing (base), or a decision. */
export const OUTCOMES = ['undecided', 'reached', 'lost'] as const
export type Outcome = (typeof OUTCOMES)[number]

interface Moment {
  readonly at: Milliseconds
  readonly outcome: Outcome
}

/** Base moments for each subject that reached the target: more of them would tell next to nothing more. */
const BASE_PER_CASE = 20

/** Rows at most; of more, those of a sample of the accounts. */
const MOST_MOMENTS = 60_000

/** Followed for so long after entry: nothing is older than a behaviour gets. */
const FOLLOWED = BEHAVIOUR_LIFETIME

/** One part in so many is the finest that is drawn. */
const GRAIN = 1_000_000_000

export interface MomentSampler {
  /** Whether the account is in the sample. Ask once an account, in the order of the records. */
  takes(group: number): boolean
  /** The moments of a course, in no particular order. */
  momentsOf(course: Course): readonly Moment[]
}

/**
 * @param known Rows whose outcome is known: they tell how many moments are to be expected.
 * @param knownUntil Nothing from there on is looked at.
 */
export function createMomentSampler(
  plan: LandmarkPlan,
  known: readonly Row[],
  knownUntil: Milliseconds,
  seed: number,
  mostMoments = MOST_MOMENTS,
): MomentSampler {
  const draw = randomIntegers(seed)
  const share = (): number => draw(GRAIN) / GRAIN
  const { cases, followed } = expectations(plan, known, knownUntil)
  const accountShare = Math.min(1, mostMoments / Math.max(1, cases * (2 + BASE_PER_CASE)))
  const baseEvery = cases > 0 ? followed / (cases * BASE_PER_CASE) : Number.POSITIVE_INFINITY
  let untilNext = share() * baseEvery
  return {
    takes: () => accountShare === 1 || share() < accountShare,
    momentsOf(course) {
      const from = entryOf(course.enteredAt, plan)
      const until = Math.min(from + FOLLOWED, knownUntil)
      const moments: Moment[] = []
      const add = (at: Milliseconds, outcome: Outcome): void => {
        if (at < from || at >= until) return
        const { status } = landmarkAt(course, at, 0, plan, Number.POSITIVE_INFINITY)
        // Whether the label is known has been seen to: the moment itself is before the end.
        if (status === 'usable' || status === 'not_elapsed') moments.push({ at, outcome })
      }
      add(course.reachedAt, 'reached')
      for (const at of lostTimes(course)) add(at, 'lost')
      let at = from + untilNext
      for (; at < until; at += baseEvery) add(Math.floor(at), 'undecided')
      untilNext = at - Math.max(from, until)
      return moments
    },
  }
}

/** Subjects that reached the target, and for how long all are followed, as the rows tell it before anything is read again. */
function expectations(
  plan: LandmarkPlan,
  known: readonly Row[],
  knownUntil: Milliseconds,
): { cases: number; followed: Milliseconds } {
  const entered = new Map<string | number, Milliseconds>()
  const reached = new Set<string | number>()
  for (const { group, dealId, asOf, day, label } of known) {
    const subject = dealId ?? group
    if (!entered.has(subject)) entered.set(subject, asOf - day * DAY - plan.entryDelayHours * HOUR)
    if (label === 1) reached.add(subject)
  }
  let followed = 0
  for (const enteredAt of entered.values()) {
    const from = entryOf(enteredAt, plan)
    followed += Math.max(0, Math.min(from + FOLLOWED, knownUntil) - from)
  }
  return { cases: reached.size, followed }
}

function entryOf(enteredAt: Milliseconds, plan: LandmarkPlan): Milliseconds {
  return enteredAt + plan.entryDelayHours * HOUR
}
