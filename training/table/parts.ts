/**
 * Which rows a table's figures come from: stratified folds, or the last fifth in order of time or file. Groups
 * (equal ids) stay together.
 */
import { WonlostError } from '../../src/errors.ts'
import { randomIntegers, shuffle } from '../random.ts'

/**
 * A fold for each row, 0 .. foldCount - 1. Groups with a row that reached the target, and groups without, are
 * shuffled and dealt out in turn, so that every fold has its share of both.
 */
export function stratifiedFolds(
  labels: Uint8Array,
  groups: Int32Array,
  foldCount: number,
  seed: number,
): Int32Array {
  const reached = new Map<number, boolean>()
  for (let i = 0; i < groups.length; i++)
    reached.set(groups[i]!, (reached.get(groups[i]!) ?? false) || labels[i] === 1)
  const nextInteger = randomIntegers(seed)
  const foldOfGroup = new Map<number, number>()
  let next = 0
  for (const stratum of [true, false]) {
    const members = Int32Array.from([...reached].filter(([, has]) => has === stratum).map(([group]) => group))
    // The deal goes on where the first stratum ended: folds differ by one group at most.
    for (const group of shuffle(members, nextInteger)) foldOfGroup.set(group, next++ % foldCount)
  }
  return groups.map((group) => foldOfGroup.get(group)!)
}

export type Part = 'fit' | 'validate' | 'calibrate' | 'test'

/** Where each part ends, as a share of the rows in order: the same parts as a model from the database has. */
const PART_ENDS: readonly (readonly [Part, number])[] = [
  ['fit', 0.5],
  ['validate', 0.65],
  ['calibrate', 0.8],
  ['test', 1],
]

export interface OrderedParts {
  /** Positions in the given rows. */
  readonly rows: Readonly<Record<Part, Int32Array>>
  /** Later rows of a group that an earlier part has. */
  readonly leftOut: number
}

/**
 * @param times Of each row, any numbers that rise with time; equal times keep the order they have. Absent: the
 *   order they have.
 */
export function orderedParts(groups: Int32Array, times?: Float64Array): OrderedParts {
  const order = Int32Array.from(groups, (_, i) => i)
  if (times) order.sort((a, b) => times[a]! - times[b]! || a - b)
  const partOfGroup = new Map<number, Part>()
  const rows: Record<Part, number[]> = { fit: [], validate: [], calibrate: [], test: [] }
  let leftOut = 0
  for (const [place, row] of order.entries()) {
    const part = PART_ENDS.find(([, end]) => place < end * order.length)?.[0] ?? 'test'
    const group = groups[row]!
    if ((partOfGroup.get(group) ?? part) !== part) {
      leftOut++
      continue
    }
    partOfGroup.set(group, part)
    rows[part].push(row)
  }
  const packed = (part: Part): Int32Array => Int32Array.from(rows[part])
  return {
    rows: {
      fit: packed('fit'),
      validate: packed('validate'),
      calibrate: packed('calibrate'),
      test: packed('test'),
    },
    leftOut,
  }
}

/** Rows of each outcome below which nothing is trained, as for models from the database. */
const LEAST_ROWS = 40

/** Throws `too_little_data` (exit code 3). */
export function requireEnough(rowCount: number, positives: number): void {
  if (positives >= LEAST_ROWS && rowCount - positives >= LEAST_ROWS) return
  throw new WonlostError(
    'too_little_data',
    `A model needs ${LEAST_ROWS} rows that reached the target and ${LEAST_ROWS} that did not. Given: ${positives} and ${rowCount - positives}.`,
  )
}
