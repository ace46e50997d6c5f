/** Rows that share a score, counted: what a column can tell is a table of a few cells, however many rows there are. */
import { prepareAuc } from '../../src/statistics/auc.ts'
import { clampProbability } from '../../src/statistics/log-odds.ts'

export interface Cell {
  /** What the rows are ranked by; for `skillOfCells` a probability. */
  readonly score: number
  readonly rows: number
  readonly reached: number
}

/** Area under the ROC curve of the rows in the cells. NaN with one outcome. */
export function aucOfCells(cells: readonly Cell[]): number {
  const scores = Float64Array.from(cells.flatMap(({ score }) => [score, score]))
  const labels = Uint8Array.from(cells.flatMap(() => [1, 0]))
  return prepareAuc(scores, labels)(cells.flatMap(({ rows, reached }) => [reached, rows - reached]))
}

/** 1 - log loss of the scores / log loss of the base rate. NaN with one outcome. */
export function skillOfCells(cells: readonly Cell[]): number {
  let loss = 0
  let rows = 0
  let reached = 0
  for (const cell of cells) {
    loss += lossOf(cell, cell.score)
    rows += cell.rows
    reached += cell.reached
  }
  const base = lossOf({ rows, reached }, reached / rows)
  return reached === 0 || reached === rows ? Number.NaN : 1 - loss / base
}

/** Sum over the rows. */
function lossOf({ rows, reached }: Pick<Cell, 'rows' | 'reached'>, score: number): number {
  const p = clampProbability(score)
  return -reached * Math.log(p) - (rows - reached) * Math.log1p(-p)
}
