/**
 * The rows that drift is looked for in. Like is compared with like: a lead that has just come has done nothing yet, whoever it is,
 * so ages are kept apart; and a lead stands once in each set, or long-lived leads would count six times. The later landmark at
 * which it stands is drawn by its id: drawn by what it did, or "the last one", a change in how long leads live would look
 * like a change in who they are.
 */
import type { Milliseconds } from '../../src/glossary.ts'
import type { LandmarkPlan } from '../course.ts'
import { hashId } from '../hash-id.ts'
import type { Landmark } from '../landmarks.ts'
import type { ReferenceSetName } from '../report/reference-report.ts'

/** Landmarks in [from, until). */
export interface Period {
  readonly from: Milliseconds
  readonly until: Milliseconds
}

/** Rows of a set that are looked at, at most: more say nothing new. */
export const MOST_ROWS = 20_000

const PURPOSES = { day: 1, sample: 2 } as const

/** Days after entry, by set. */
export function daysOfSets({
  landmarkDays,
}: LandmarkPlan): Readonly<Record<ReferenceSetName, readonly number[]>> {
  return { at_entry: landmarkDays.slice(0, 1), later: landmarkDays.slice(1) }
}

export interface WatchedLandmark {
  readonly set: ReferenceSetName
  /** Place of its day among the days of the set. */
  readonly stratum: number
  /** For a sample. */
  readonly hash: number
}

/** null: of no set. Only subjects that are still at risk are rows, as in training. */
export function watchedLandmark(
  landmark: Landmark,
  plan: LandmarkPlan,
  period: Period,
): WatchedLandmark | null {
  const { asOf, day, status } = landmark
  if (asOf < period.from || asOf >= period.until) return null
  if (status !== 'usable' && status !== 'not_elapsed') return null
  const id = landmark.dealId ?? landmark.leadId
  const [first] = plan.landmarkDays
  if (day !== first) {
    const stratum = hashId(id, PURPOSES.day) % (plan.landmarkDays.length - 1)
    // The days of the set begin after the first.
    if (plan.landmarkDays[stratum + 1] !== day) return null
    return { set: 'later', stratum, hash: hashId(id, PURPOSES.sample) }
  }
  return { set: 'at_entry', stratum: 0, hash: hashId(id, PURPOSES.sample) }
}
