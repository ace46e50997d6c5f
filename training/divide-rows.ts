/**
 * Whether there is enough to learn from, and which rows go where: asked by training, which stops at a shortage, and by the check
 * of the data, which tells it. There is no second way to count.
 */
import type { Milliseconds } from '../src/glossary.ts'
import {
  countOutcomes,
  type OutcomeCounts,
  type Shortage,
  shortageInParts,
  shortageOfOutcomes,
  tooLittleData,
} from './enough-data.ts'
import type { CollectedRows, Row } from './rows.ts'
import { PART_NAMES, type PartName, rowsKnownBefore, type Split, splitInTime } from './split.ts'

/** The rows of a training run. */
export interface DividedRows {
  readonly split: Split
  readonly parts: Readonly<Record<PartName, readonly Row[]>>
  /** What a model learns from to be calibrated: all that is known when the calibration part begins, of the accounts before it. */
  readonly learning: readonly Row[]
  /**
   * What the model that is kept learns from: all that is known when the test part begins, of the accounts before it. First those of
   * `learning`, then those of the calibration part, then what crossed the boundaries between.
   */
  readonly known: readonly Row[]
}

export interface Sufficiency {
  /** Subjects of the usable rows. */
  readonly outcomes: OutcomeCounts
  /** The first thing that stands against training; null when nothing does. */
  readonly shortage: Shortage | null
  /** null when there are too few outcomes to be divided, or the history is too short. */
  readonly divided: DividedRows | null
}

export function assessRows({ rows }: Pick<CollectedRows, 'rows'>, cutoff: Milliseconds): Sufficiency {
  const usable = rows.filter((row) => row.usable)
  const outcomes = countOutcomes(usable)
  const shortage = shortageOfOutcomes(outcomes)
  if (shortage) return { outcomes, shortage, divided: null }
  const split = splitInTime(rows, cutoff)
  if (!split) {
    const rowsOfOneAccount = countLargestGroup(usable)
    return {
      outcomes,
      shortage: { of: 'history', usableRows: usable.length, rowsOfOneAccount },
      divided: null,
    }
  }
  const take = (indices: readonly number[]): Row[] => indices.flatMap((index) => rows[index] ?? [])
  const parts = Object.fromEntries(PART_NAMES.map((name) => [name, take(split.parts[name].rows)])) as Record<
    PartName,
    Row[]
  >
  const learning = take(rowsKnownBefore(rows, split, 'calibrate'))
  const earlier = new Set([...learning, ...parts.calibrate])
  const crossed = take(rowsKnownBefore(rows, split, 'test')).filter((row) => !earlier.has(row))
  const known = [...earlier, ...crossed]
  return { outcomes, shortage: shortageInParts(parts), divided: { split, parts, learning, known } }
}

function countLargestGroup(rows: readonly Row[]): number {
  const counts = new Map<number, number>()
  let largest = 0
  for (const { group } of rows) {
    const count = (counts.get(group) ?? 0) + 1
    counts.set(group, count)
    largest = Math.max(largest, count)
  }
  return largest
}

/**
 * Throws `too_little_data` unless there is enough to learn from, to calibrate and to test on.
 * @param serving What answers where there is no model, in words.
 */
export function divideRows(collected: CollectedRows, cutoff: Milliseconds, serving?: string): DividedRows {
  const { shortage, divided } = assessRows(collected, cutoff)
  if (shortage) throw tooLittleData(shortage, collected.landmarks, serving)
  return divided!
}

/** Subjects that the model learns from, is calibrated or judged on: what decides whether it may be promoted by itself. */
export function outcomesUsed({ known, parts }: Pick<DividedRows, 'known' | 'parts'>): OutcomeCounts {
  return countOutcomes([...known, ...parts.test])
}
