/** For how long a decider is followed, and what it decides in that time. */
import { BEHAVIOUR_LIFETIME, HOUR, type Milliseconds } from '../../src/glossary.ts'
import type { Course, LandmarkPlan } from '../course.ts'
import { landmarkAt } from '../landmarks.ts'
import { lostTimes } from './deciders.ts'

/** Nothing is older than a behaviour gets. */
const FOLLOWED = BEHAVIOUR_LIFETIME

/** What happened at a moment: nothing (base), or a decision. */
export const OUTCOMES = ['undecided', 'reached', 'lost'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Moment {
  readonly at: Milliseconds
  readonly outcome: Outcome
}

export interface Followed {
  readonly from: Milliseconds
  /** Exclusive. */
  readonly until: Milliseconds
  readonly decisions: readonly Moment[]
}

/** @param knownUntil Nothing from there on is looked at. */
export function followed(course: Course, plan: LandmarkPlan, knownUntil: Milliseconds): Followed {
  const from = course.enteredAt + plan.entryDelayHours * HOUR
  const until = Math.min(from + FOLLOWED, knownUntil)
  const moments = [
    { at: course.reachedAt, outcome: 'reached' as const },
    ...lostTimes(course).map((at) => ({ at, outcome: 'lost' as const })),
  ]
  const decisions = moments.filter(({ at }) => at >= from && at < until && isAtRisk(course, at, plan))
  return { from, until, decisions }
}

/** Known, and neither reached nor lost before. Whether a label is known does not matter: the moment itself is before the end. */
export function isAtRisk(course: Course, at: Milliseconds, plan: LandmarkPlan): boolean {
  const { status } = landmarkAt(course, at, 0, plan, Number.POSITIVE_INFINITY)
  return status === 'usable' || status === 'not_elapsed'
}
