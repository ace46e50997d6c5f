/**
 * Pool adjacent violators (Ayer et al. 1955): the rates that never fall with the score and have the largest likelihood, as blocks of
 * neighbours with one rate each.
 */

/** Rows by distinct score, lowest first. */
export interface ScoreCounts {
  readonly scores: Float64Array
  readonly rows: Float64Array
  readonly positives: Float64Array
}

/** @param chosen Indices of the rows to count; default all. */
export function countByScore(
  rawScores: Float64Array,
  labels: Uint8Array,
  chosen: Int32Array = Int32Array.from(labels.keys()),
): ScoreCounts {
  const order = chosen.slice().sort((a, b) => rawScores[a]! - rawScores[b]!)
  const scores: number[] = []
  const rows: number[] = []
  const positives: number[] = []
  for (const row of order) {
    if (scores.at(-1) !== rawScores[row]!) {
      scores.push(rawScores[row]!)
      rows.push(0)
      positives.push(0)
    }
    const last = scores.length - 1
    rows[last]! += 1
    positives[last]! += labels[row]!
  }
  return {
    scores: Float64Array.from(scores),
    rows: Float64Array.from(rows),
    positives: Float64Array.from(positives),
  }
}

export interface Block {
  /** Places among the scores, both included. */
  readonly first: number
  readonly last: number
  readonly rows: number
  readonly positives: number
}

/** Lowest first; rates rise strictly from block to block. */
export function poolAdjacent({ rows, positives }: Pick<ScoreCounts, 'rows' | 'positives'>): Block[] {
  const blocks: Block[] = []
  for (let k = 0; k < rows.length; k++) {
    let block: Block = { first: k, last: k, rows: rows[k]!, positives: positives[k]! }
    for (let below = blocks.at(-1); below && !rises(below, block); below = blocks.at(-1)) {
      blocks.pop()
      block = joined(below, block)
    }
    blocks.push(block)
  }
  return blocks
}

/** Compared crosswise, so that equal rates are found equal. */
function rises(below: Block, above: Block): boolean {
  return below.positives * above.rows < above.positives * below.rows
}

/** Two neighbours as one. */
export function joined(below: Block, above: Block): Block {
  return {
    first: below.first,
    last: above.last,
    rows: below.rows + above.rows,
    positives: below.positives + above.positives,
  }
}
