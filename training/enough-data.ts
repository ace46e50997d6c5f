/** Too little data is an answer: then no model is trained, and the rubric serves. */
import { WonlostError } from '../src/errors.ts'
import type { LandmarkStatus } from './landmarks.ts'
import type { Row } from './rows.ts'
import { PART_NAMES, type PartName } from './split.ts'

/** Subjects of each outcome below which nothing is trained. */
export const LEAST_TO_TRAIN = 40
/** Subjects that reached the target below which a model is promoted only by hand. */
export const LEAST_TO_PROMOTE = 100
/** Subjects of each outcome in each part: a calibration or a test on fewer is noise. */
export const LEAST_IN_A_PART = 5

export interface OutcomeCounts {
  readonly reached: number
  readonly notReached: number
}

/** What stands against training. */
export type Shortage =
  /** Too few subjects of an outcome among the usable rows, or among those that the split in time leaves. */
  | { readonly of: 'outcomes' | 'outcomes_after_split'; readonly outcomes: OutcomeCounts }
  /** No four parts in time order; so many rows are usable in all, and so many of them of the account that has the most. */
  | { readonly of: 'history'; readonly usableRows: number; readonly rowsOfOneAccount: number }
  /** A part with too few of an outcome to be learned from or tested on. */
  | { readonly of: 'part'; readonly part: PartName; readonly outcomes: OutcomeCounts }

/** Subjects (leads, or deals) by outcome: one that reached the target from any of these rows has reached it. */
export function countOutcomes(rows: readonly Row[]): OutcomeCounts {
  const subjects = new Map<string, number>()
  for (const row of rows) {
    const subject = row.dealId ?? row.leadId
    subjects.set(subject, Math.max(row.label, subjects.get(subject) ?? 0))
  }
  let reached = 0
  for (const label of subjects.values()) reached += label
  return { reached, notReached: subjects.size - reached }
}

/** `outcomes`: of the usable rows. null when there are enough to go on. */
export function shortageOfOutcomes(outcomes: OutcomeCounts): Shortage | null {
  return isEnough(outcomes, LEAST_TO_TRAIN) ? null : { of: 'outcomes', outcomes }
}

/** Of the parts of a split: in all of them together, then in the first that has too few. */
export function shortageInParts(parts: Readonly<Record<PartName, readonly Row[]>>): Shortage | null {
  const outcomes = countOutcomes(PART_NAMES.flatMap((name) => parts[name]))
  if (!isEnough(outcomes, LEAST_TO_TRAIN)) return { of: 'outcomes_after_split', outcomes }
  for (const part of PART_NAMES) {
    const own = countOutcomes(parts[part])
    if (!isEnough(own, LEAST_IN_A_PART)) return { of: 'part', part, outcomes: own }
  }
  return null
}

/** Whether one account has most of the rows. It stands in one part only, and what is left are not enough for the others. */
export function isOneAccount({
  usableRows,
  rowsOfOneAccount,
}: Extract<Shortage, { of: 'history' }>): boolean {
  return 2 * rowsOfOneAccount > usableRows
}

function isEnough({ reached, notReached }: OutcomeCounts, least: number): boolean {
  return reached >= least && notReached >= least
}

/** What is missing, in a few words. */
export function lackText(shortage: Shortage): string {
  if (shortage.of === 'history') return 'no four parts in time order'
  if (shortage.of === 'part') return `${LEAST_IN_A_PART} of each are needed in the ${shortage.part} part`
  return `${LEAST_TO_TRAIN} of each are needed${shortage.of === 'outcomes' ? '' : ' after the split in time'}`
}

/** `too_little_data`, with what is missing, and why rows were not usable. `serving`: what answers meanwhile. */
export function tooLittleData(
  shortage: Shortage,
  landmarks: Readonly<Record<LandmarkStatus, number>>,
  serving = 'the rubric',
): WonlostError {
  return new WonlostError('too_little_data', reasonOf(shortage, landmarks, serving))
}

function reasonOf(
  shortage: Shortage,
  landmarks: Readonly<Record<LandmarkStatus, number>>,
  serving: string,
): string {
  if (shortage.of === 'history' && isOneAccount(shortage)) {
    return `The rows cannot be cut into four parts in time order (${PART_NAMES.join(', ')}): ${shortage.rowsOfOneAccount} of ${shortage.usableRows} usable rows are of one account, which stands in one part only. Leads of several organisations need accounts of their own, or none.`
  }
  if (shortage.of === 'history') {
    return `The history is too short to be cut into four parts in time order (${PART_NAMES.join(', ')}), each with its labels known before the next begins: ${shortage.usableRows} rows are usable in all. A history of at least five horizons is needed, or a definition with a shorter horizon.`
  }
  const { reached, notReached } = shortage.outcomes
  if (shortage.of === 'part') {
    return `The ${shortage.part} part needs ${LEAST_IN_A_PART} subjects that reached the target and ${LEAST_IN_A_PART} that did not; it has ${reached} and ${notReached}. Until there is more ${serving} serves.`
  }
  if (shortage.of === 'outcomes_after_split') {
    return `After the split in time ${reached} subjects that reached the target and ${notReached} that did not remain; a model needs ${LEAST_TO_TRAIN} of each. Until then ${serving} serves.`
  }
  const left = `${landmarks.not_elapsed} landmarks wait for their horizon to elapse`
  const late =
    landmarks.not_known > 0
      ? `, and at ${landmarks.not_known} the lead was not known yet: where its data was imported, declare its times as trusted`
      : ''
  return `A model needs ${LEAST_TO_TRAIN} subjects that reached the target and ${LEAST_TO_TRAIN} that did not; there are ${reached} and ${notReached}. ${left}${late}. Until then ${serving} serves.`
}
