/**
 * Landmarks: the moments at which a subject becomes a training row. They are fixed by its entry alone (entry, and so many
 * days after it), never by the outcome, and each is judged by what had happened before it.
 *
 * Every interval is half-open, like the facts: facts are strictly before the landmark L; the target counts in
 * [L, L + H). So each instant lies on exactly one side, and with data complete up to the cut-off the label is known
 * exactly when L + H <= cut-off. That is asked of every row whatever happened sooner: a win on day 3 does not make a row
 * usable earlier than its horizon, or quick wins would count and slow losses not.
 */
import { DAY, HOUR, type Milliseconds } from '../src/glossary.ts'
import { type Course, isLost, type LandmarkPlan } from './course.ts'

/** Why a landmark is a row, or is not. The first that holds, in this order. */
export const LANDMARK_STATUSES = ['not_known', 'target_reached', 'lost', 'not_elapsed', 'usable'] as const
export type LandmarkStatus = (typeof LANDMARK_STATUSES)[number]

export interface Landmark {
  readonly leadId: string
  readonly dealId: string | null
  readonly asOf: Milliseconds
  /** Days after entry. */
  readonly day: number
  readonly status: LandmarkStatus
  /** 1: the target was reached in [asOf, asOf + horizon). Means nothing unless `usable`. */
  readonly label: 0 | 1
  /** From this time on the label is known: asOf + horizon, or the closing of the deal. Infinity: not by the cut-off. */
  readonly labelKnownAt: Milliseconds
}

/** All landmarks of a course before the cut-off, usable or not, in order of time. */
export function scheduleLandmarks(course: Course, plan: LandmarkPlan, cutoff: Milliseconds): Landmark[] {
  const entry = course.enteredAt + plan.entryDelayHours * HOUR
  return plan.landmarkDays
    .map((day) => landmarkAt(course, entry + day * DAY, day, plan, cutoff))
    .filter((landmark) => landmark.asOf < cutoff)
}

/** The course judged at one moment: a landmark, the hand-off, any calendar day. */
export function landmarkAt(
  course: Course,
  asOf: Milliseconds,
  day: number,
  plan: LandmarkPlan,
  cutoff: Milliseconds,
): Landmark {
  const { leadId, dealId, reachedAt } = course
  const labelKnownAt = knownLabelTime(course, asOf, plan, cutoff)
  // Without a horizon the deal is followed to its closing, at which it is won; what is recorded after that came too late.
  const isInTime = plan.horizonDays === null ? reachedAt <= labelKnownAt : reachedAt < labelKnownAt
  const label = reachedAt >= asOf && isInTime ? 1 : 0
  return {
    leadId,
    dealId,
    asOf,
    day,
    status: statusAt(course, asOf, labelKnownAt, cutoff),
    label,
    labelKnownAt,
  }
}

function statusAt(
  course: Course,
  asOf: Milliseconds,
  labelKnownAt: Milliseconds,
  cutoff: Milliseconds,
): LandmarkStatus {
  // The entry is what puts a subject into the population: known at the landmark itself is early enough.
  if (course.knownAt > asOf) return 'not_known'
  if (course.reachedAt < asOf) return 'target_reached'
  if (isLost(course, asOf)) return 'lost'
  return labelKnownAt <= cutoff ? 'usable' : 'not_elapsed'
}

function knownLabelTime(
  course: Course,
  asOf: Milliseconds,
  plan: LandmarkPlan,
  cutoff: Milliseconds,
): Milliseconds {
  if (plan.horizonDays !== null) return asOf + plan.horizonDays * DAY
  // Without a horizon only closed deals count: P(won | the deal closes). Closed at the cut-off itself is not before it.
  const closedAt = course.deals[0]?.closedAt ?? null
  return closedAt !== null && closedAt < cutoff ? closedAt : Number.POSITIVE_INFINITY
}
