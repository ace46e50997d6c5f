/** Too little data is an answer: then no model is trained, and the rubric serves. */
import { WonlostError } from '../src/errors.ts'
import type { CollectedRows, Row } from './rows.ts'
import { PART_NAMES, type PartName } from './split.ts'

/** Subjects of each outcome below which nothing is trained. */
const LEAST_TO_TRAIN = 40
/** Subjects that reached the target below which a model is promoted only by hand. */
export const LEAST_TO_PROMOTE = 100
/** Subjects of each outcome in each part: a calibration or a test on fewer is noise. */
const LEAST_IN_A_PART = 5

export interface OutcomeCounts {
  readonly reached: number
  readonly notReached: number
}

/** Subjects (leads, or deals) by outcome: one that reached the target from any of these rows has reached it. */
export function countOutcomes(rows: readonly Row[]): OutcomeCounts {
  const subjects = new Map<string, number>()
  for (const row of rows) {
    const subject = row.dealId ?? row.leadId
    subjects.set(subject, Math.max(row.label, subjects.get(subject) ?? 0))
  }
  const reached = [...subjects.values()].reduce((sum, label) => sum + label, 0)
  return { reached, notReached: subjects.size - reached }
}

/** Throws `too_little_data` when the usable rows hold too few outcomes; says why rows were not usable. */
export function requireOutcomes({ rows, landmarks }: CollectedRows): void {
  const { reached, notReached } = countOutcomes(rows.filter((row) => row.usable))
  if (reached >= LEAST_TO_TRAIN && notReached >= LEAST_TO_TRAIN) return
  const left = `${landmarks.not_elapsed} landmarks wait for their horizon to elapse`
  const late =
    landmarks.not_known > 0
      ? `, and at ${landmarks.not_known} the lead was not known yet: where its data was imported, declare its times as trusted`
      : ''
  throw new WonlostError(
    'too_little_data',
    `A model needs ${LEAST_TO_TRAIN} subjects that reached the target and ${LEAST_TO_TRAIN} that did not; there are ${reached} and ${notReached}. ${left}${late}. Until then the rubric serves.`,
  )
}

/** Throws `too_little_data` when a part of the split has too few of an outcome to be learned from or tested on. */
export function requireOutcomesInParts(parts: Readonly<Record<PartName, readonly Row[]>>): void {
  const total = countOutcomes(PART_NAMES.flatMap((name) => parts[name]))
  if (total.reached < LEAST_TO_TRAIN || total.notReached < LEAST_TO_TRAIN) {
    throw new WonlostError(
      'too_little_data',
      `After the split in time ${total.reached} subjects that reached the target and ${total.notReached} that did not remain; a model needs ${LEAST_TO_TRAIN} of each. Until then the rubric serves.`,
    )
  }
  for (const name of PART_NAMES) {
    const { reached, notReached } = countOutcomes(parts[name])
    if (reached >= LEAST_IN_A_PART && notReached >= LEAST_IN_A_PART) continue
    throw new WonlostError(
      'too_little_data',
      `The ${name} part needs ${LEAST_IN_A_PART} subjects that reached the target and ${LEAST_IN_A_PART} that did not; it has ${reached} and ${notReached}. Until there is more the rubric serves.`,
    )
  }
}
