/** Tree after tree, until there are enough, nothing is left to split, or the validation rows say stop. */
import type { ReportProgress } from '../../src/glossary.ts'
import { checkpoint } from '../checkpoint.ts'
import { randomIntegers } from '../random.ts'
import { growTree } from './grower.ts'
import { addTree, type GrownNode } from './grown-tree.ts'
import { meanLogLoss } from './log-loss.ts'
import { sampleRows } from './sample.ts'
import type { SplitContext } from './splitting.ts'

/** Rows that are scored beside those that are learned from. */
export interface JudgedRows {
  readonly rowCount: number
  /** Column-major bin numbers. */
  readonly bins: Uint8Array
  readonly labels: Uint8Array
  /** Of length 0 when all are 1. */
  readonly weights: Float64Array
  /** Raw scores: before the first tree the base score. */
  readonly scores: Float64Array
}

export interface BoostingPoint {
  readonly trees: number
  readonly fitLogLoss: number
  /** NaN without validation rows. */
  readonly validationLogLoss: number
}

interface Rounds {
  /** Those up to the least validation log loss, the first such; without validation rows all. */
  readonly kept: readonly (readonly GrownNode[])[]
  readonly path: readonly BoostingPoint[]
}

/** The kernel's scores must stand at the base score. */
export async function growTrees(
  context: SplitContext,
  judged: JudgedRows | null,
  progress?: ReportProgress,
  signal?: AbortSignal,
): Promise<Rounds> {
  const { kernel, options } = context
  const { memory } = kernel
  const rowCount = memory.labels.length
  const draw = drawer(context)
  const grown: (readonly GrownNode[])[] = []
  const path: BoostingPoint[] = []
  let best = { trees: 0, loss: judged ? lossOf(judged) : Number.NaN }
  for (let round = 0; round < options.trees; round++) {
    progress?.('growing trees', round, options.trees)
    await checkpoint(signal)
    kernel.computeGradients()
    const drawn = draw()
    const tree = growTree(context, drawn)
    if (tree.nodes.length === 1) {
      // Nothing is worth a split. With other rows or columns the next tree may find something.
      if (options.rowSample === 1 && options.columnSample === 1) break
      continue
    }
    if (drawn < rowCount) addTree(tree, memory.bins, rowCount, memory.rows.subarray(drawn), memory.scores)
    grown.push(tree.nodes)
    if (!judged) continue
    addTree(tree, judged.bins, judged.rowCount, null, judged.scores)
    const loss = lossOf(judged)
    path.push({ trees: grown.length, fitLogLoss: lossOf(memory), validationLogLoss: loss })
    if (loss < best.loss) best = { trees: grown.length, loss }
    const { earlyStoppingRounds } = options
    if (earlyStoppingRounds > 0 && grown.length - best.trees >= earlyStoppingRounds) break
  }
  progress?.('growing trees', options.trees, options.trees)
  if (judged) return { kept: grown.slice(0, best.trees), path }
  const last = { trees: grown.length, fitLogLoss: lossOf(memory), validationLogLoss: Number.NaN }
  return { kept: grown, path: [last] }
}

function lossOf({ scores, labels, weights }: Pick<JudgedRows, 'scores' | 'labels' | 'weights'>): number {
  return meanLogLoss(scores, labels, weights)
}

/**
 * Draws the columns and rows of the next tree: `active`, and `rows`, where those drawn come first and the others after them,
 * both ascending. Returns how many rows were drawn. A column with all rows in one bin is never drawn.
 */
function drawer({ kernel, bins, options }: SplitContext): () => number {
  const { active, rows, bins: binNumbers } = kernel.memory
  const rowCount = rows.length
  const usable = Int32Array.from(bins.keys()).filter((column) =>
    isSplittable(binNumbers.subarray(column * rowCount, (column + 1) * rowCount)),
  )
  const nextColumn = randomIntegers(options.seed + 1)
  const nextRow = randomIntegers(options.seed + 2)
  const columnsWanted = Math.min(usable.length, Math.max(1, Math.round(options.columnSample * usable.length)))
  const rowsWanted = Math.max(1, Math.round(options.rowSample * rowCount))
  return () => {
    active.fill(0)
    for (const index of sampleRows(usable.length, columnsWanted, nextColumn)) active[usable[index]!] = 1
    drawRows(rows, rowsWanted, nextRow)
    return rowsWanted
  }
}

/** Those drawn come first, the others after them. */
function drawRows(rows: Int32Array, wanted: number, nextInteger: (bound: number) => number): void {
  if (wanted === rows.length) {
    for (let row = 0; row < rows.length; row++) rows[row] = row
    return
  }
  const drawn = sampleRows(rows.length, wanted, nextInteger)
  let next = 0
  let rest = wanted
  for (let row = 0; row < rows.length; row++) {
    if (drawn[next] === row) rows[next++] = row
    else rows[rest++] = row
  }
}

function isSplittable(binNumbers: Uint8Array): boolean {
  const first = binNumbers[0]
  return binNumbers.some((bin) => bin !== first)
}
