/**
 * Isotonic calibration (Zadrozny & Elkan 2002): rates that only have to rise. A knot at the mean raw score of each block, straight
 * lines of log-odds between (Oron & Flournoy 2017), so that scores of a block keep their order. One row that reached the target is
 * put at the lowest score and one that did not at the highest, so that no rate is 0 or 1.
 */
import { type Calibration, MOST_STEPS } from '../../src/model/artifact.ts'
import { createCalibrator } from '../../src/model/calibration.ts'
import { logit } from '../../src/statistics/log-odds.ts'
import { affineShare } from './affine-share.ts'
import { type Block, countByScore, joined, poolAdjacent } from './pool-adjacent.ts'

/**
 * @param average Raw score of the average row.
 * @returns null where the rates do not rise at all.
 */
export function fitIsotonic(
  rawScores: Float64Array,
  labels: Uint8Array,
  average: number,
): Calibration | null {
  const { scores, rows, positives } = countByScore(rawScores, labels)
  const means = meanScores(scores, rows)
  const last = rows.length - 1
  if (last < 1) return null
  const [smoothedRows, smoothedPositives] = [rows.slice(), positives.slice()]
  smoothedRows[0]! += 1
  smoothedPositives[0]! += 1
  smoothedRows[last]! += 1
  let blocks = poolAdjacent({ rows: smoothedRows, positives: smoothedPositives })
  while (blocks.length > MOST_STEPS) blocks = inPairs(blocks)
  if (blocks.length < 2) return null
  const fitted = {
    kind: 'isotonic',
    knots: blocks.map(means),
    values: blocks.map((block) => logit(block.positives / block.rows)),
    slope: 1,
  } as const
  const slope = affineShare(createCalibrator({ ...fitted }).logOdds, rawScores, average)
  return slope > 0 ? { ...fitted, slope } : null
}

/** Mean raw score of a block, without the two rows that were put in. */
function meanScores(scores: Float64Array, rows: Float64Array): (block: Block) => number {
  return ({ first, last }) => {
    let sum = 0
    let total = 0
    for (let k = first; k <= last; k++) {
      sum += rows[k]! * scores[k]!
      total += rows[k]!
    }
    return sum / total
  }
}

function inPairs(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block, b) => {
    if (b % 2 === 1) return []
    const next = blocks[b + 1]
    return [next ? joined(block, next) : block]
  })
}
