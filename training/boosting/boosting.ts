/**
 * Gradient boosting of trees for binary log loss (Friedman 2001; to second order, as Chen & Guestrin 2016), from end to end:
 * bins, then tree after tree, each fitted to the gradients that the trees before it leave. The same rows, options and seed
 * give the same trees, bit for bit, whatever the kernel and the number of threads.
 */
import { WonlostError } from '../../src/errors.ts'
import type { Column } from '../../src/features/column.ts'
import type { ReportProgress } from '../../src/glossary.ts'
import type { Trees } from '../../src/model/trees.ts'
import { checkpoint } from '../checkpoint.ts'
import { checkMatrix, countPositives, type Matrix } from '../matrix.ts'
import { type ColumnBins, fillBins, fitBins } from './binning.ts'
import { type GrownNode, joinTrees, soleLeaf } from './grown-tree.ts'
import { startKernel } from './kernel.ts'
import { bestConstant } from './log-loss.ts'
import { type BoostingOptions, completeOptions } from './options.ts'
import { type BoostingPoint, growTrees, type JudgedRows } from './rounds.ts'

export interface BoostingFit {
  /** `raw score = baseScore + sum of the leaves that a row reaches`. At least one tree; where nothing was learned, a leaf of 0. */
  readonly trees: Trees
  /** Raw score of a row before any tree: the log-odds of the base rate. */
  readonly baseScore: number
  /** How many trees were kept: those up to the least validation log loss, or all of them. */
  readonly bestTrees: number
  /** After each tree; without validation rows only after the last one. */
  readonly path: readonly BoostingPoint[]
  /** For each column: twice what its splits took off the penalised loss, to second order, summed over the trees kept. */
  readonly gain: Float64Array
}

/**
 * @param fit Rows to learn from: both classes.
 * @param validate Rows that say when to stop, with the same columns. null: all trees are kept.
 * @param options What is not given is that of DEFAULT_BOOSTING.
 * @throws `usage` for options; `too_little_data` when the fit rows have one class only; `numeric_failure` for values that no
 *   learner can mean (infinite ones, labels other than 0 and 1, weights that are not positive, or add up to less than 1e-100 or
 *   more than 1e100); the reason of `signal`.
 */
export async function trainBoosting(
  fit: Matrix,
  validate: Matrix | null,
  options: Partial<BoostingOptions>,
  progress?: ReportProgress,
  signal?: AbortSignal,
): Promise<BoostingFit> {
  const complete = completeOptions(options, fit.columns)
  checkRows(fit, validate)
  progress?.('binning')
  await checkpoint(signal)
  const bins = fitBins(fit, complete.maxBins, complete.seed)
  const firstBin = firstBinsOf(bins)
  const { rowCount, columns } = fit
  const layout = {
    rowCount,
    columnCount: columns.length,
    firstBin,
    slots: mostLeaves(rowCount, complete),
    weighted: fit.weights !== undefined,
  }
  const kernel = startKernel(layout, complete)
  try {
    const { memory } = kernel
    await checkpoint(signal)
    kernel.fillBins(fit, bins)
    await checkpoint(signal)
    memory.labels.set(fit.labels)
    if (fit.weights) memory.weights.set(fit.weights)
    const baseScore = bestConstant(memory.labels, memory.weights)
    memory.scores.fill(baseScore)
    const mostWeight = memory.weights.reduce((most, weight) => Math.max(most, weight), fit.weights ? 0 : 1)
    const judged = validate && validate.rowCount > 0 ? judgedRows(validate, bins, baseScore) : null
    const context = { kernel, bins, firstBin, options: complete, mostWeight }
    const { kept, path } = await growTrees(context, judged, progress, signal)
    return {
      trees: joinTrees(kept.length > 0 ? kept : [[soleLeaf(0, totalWeight(fit))]]),
      baseScore,
      bestTrees: kept.length,
      path,
      gain: gainByColumn(kept, columns),
    }
  } finally {
    await kernel.close()
  }
}

/** What the search for splits multiplies, three sums at a time, neither overflows nor vanishes within these. */
const LEAST_TOTAL_WEIGHT = 1e-100
const MOST_TOTAL_WEIGHT = 1e100

/** A leaf has at least minRows rows. */
function mostLeaves(rowCount: number, { maxLeaves, maxDepth, minRows }: BoostingOptions): number {
  return Math.max(1, Math.min(maxLeaves, 2 ** maxDepth, Math.floor(rowCount / minRows)))
}

function checkRows(fit: Matrix, validate: Matrix | null): void {
  checkMatrix(fit)
  if (validate) {
    checkMatrix(validate)
    const differs = fit.columns.findIndex(({ name }, c) => name !== validate.columns[c]?.name)
    if (differs >= 0 || validate.columns.length !== fit.columns.length)
      throw new WonlostError(
        'internal',
        `The validation rows must have the columns of the fit rows, in their order. Given: ${validate.columns.length} for ${fit.columns.length}, the first that differs is ${differs}.`,
      )
  }
  const positives = countPositives(fit.labels)
  if (positives === 0 || positives === fit.rowCount)
    throw new WonlostError(
      'too_little_data',
      `Learning needs rows of both outcomes. Given: ${positives} of ${fit.rowCount} rows reached the target.`,
    )
  for (const matrix of validate ? [fit, validate] : [fit]) {
    const total = totalWeight(matrix)
    if (matrix.rowCount > 0 && !(total >= LEAST_TOTAL_WEIGHT && total <= MOST_TOTAL_WEIGHT))
      throw new WonlostError(
        'numeric_failure',
        `The rows cannot be learned from: the weights add up to ${total}; allowed: ${LEAST_TOTAL_WEIGHT} to ${MOST_TOTAL_WEIGHT}.`,
      )
  }
}

function totalWeight({ rowCount, weights }: Matrix): number {
  return weights?.reduce((sum, weight) => sum + weight, 0) ?? rowCount
}

function firstBinsOf(bins: readonly ColumnBins[]): Int32Array {
  const firstBin = new Int32Array(bins.length + 1)
  for (const [c, { valueBins }] of bins.entries()) firstBin[c + 1] = firstBin[c]! + valueBins + 1
  return firstBin
}

function judgedRows(matrix: Matrix, bins: readonly ColumnBins[], baseScore: number): JudgedRows {
  const { rowCount, labels } = matrix
  const numbers = new Uint8Array(rowCount * bins.length)
  fillBins(matrix, bins, numbers)
  return {
    rowCount,
    bins: numbers,
    labels,
    weights: matrix.weights ?? new Float64Array(0),
    scores: new Float64Array(rowCount).fill(baseScore),
  }
}

function gainByColumn(kept: readonly (readonly GrownNode[])[], columns: readonly Column[]): Float64Array {
  const gain = new Float64Array(columns.length)
  for (const tree of kept) for (const node of tree) if (node.column >= 0) gain[node.column]! += node.gain
  return gain
}
