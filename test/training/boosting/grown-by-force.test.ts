/** A trainer as simple as can be, on rows and raw values, without bins, histograms or kernels: ours must grow the same trees. */
import { expect, it } from 'vitest'
import { logit, sigmoid } from '../../../src/statistics/log-odds.ts'
import { trainBoosting } from '../../../training/boosting/boosting.ts'
import type { BoostingOptions } from '../../../training/boosting/options.ts'
import type { Matrix } from '../../../training/matrix.ts'
import { randomIntegers } from '../../../training/random.ts'
import { categoryColumn, matrixOf, numberColumn } from '../logistic/matrix.ts'
import { rawScoresBy } from './raw-scores.ts'

type Options = Pick<
  BoostingOptions,
  'maxLeaves' | 'maxDepth' | 'minHessian' | 'minRows' | 'l1' | 'l2' | 'monotone' | 'learningRate'
>

interface Sums {
  readonly gradient: number
  readonly hessian: number
}

interface Leaf {
  readonly rows: readonly number[]
  readonly depth: number
  readonly low: number
  readonly high: number
}

interface Split {
  readonly gain: number
  readonly children: readonly [Leaf, Leaf]
}

class TreeByForce {
  private readonly matrix: Matrix
  private readonly options: Options
  private readonly pairs: readonly Sums[]

  constructor(matrix: Matrix, options: Options, scores: Float64Array) {
    this.matrix = matrix
    this.options = options
    this.pairs = Array.from(scores, (score, row) => {
      const [p, weight] = [sigmoid(score), matrix.weights![row]!]
      return { gradient: weight * (p - matrix.labels[row]!), hessian: weight * p * (1 - p) }
    })
  }

  /** Adds what each leaf says to the scores of its rows. */
  addTo(scores: Float64Array): void {
    const root = { rows: [...scores.keys()], depth: 0, low: Number.NEGATIVE_INFINITY, high: Infinity }
    const leaves = [{ leaf: root as Leaf, split: this.bestSplit(root) }]
    while (leaves.length < this.options.maxLeaves) {
      const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a))
      if (!best.split) break
      const children = best.split.children.map((leaf) => ({ leaf, split: this.bestSplit(leaf) }))
      leaves.splice(leaves.indexOf(best), 1, ...children)
    }
    if (leaves.length === 1) return
    for (const { leaf } of leaves) {
      const value = this.valueOf(this.sum(leaf.rows), this.options.l2, leaf)
      for (const row of leaf.rows) scores[row]! += this.options.learningRate * value
    }
  }

  private bestSplit(leaf: Leaf): Split | null {
    if (leaf.depth === this.options.maxDepth) return null
    let best: Split | null = null
    for (const [column, { kind }] of this.matrix.columns.entries()) {
      const candidates = kind === 'category' ? this.categorySets(leaf, column) : this.halves(leaf, column)
      for (const { left, penalty } of candidates) {
        const split = this.splitInto(leaf, column, left, penalty)
        if (split && split.gain > (best?.gain ?? 0)) best = split
      }
    }
    return best
  }

  private halves(leaf: Leaf, column: number) {
    const has = (row: number) => !Number.isNaN(this.cell(row, column))
    const values = new Set(leaf.rows.filter(has).map((row) => this.cell(row, column)))
    return [...values].flatMap((threshold) => [
      { left: (row: number) => this.cell(row, column) <= threshold, penalty: 0 },
      { left: (row: number) => !(this.cell(row, column) > threshold), penalty: 0 },
    ])
  }

  private categorySets(leaf: Leaf, column: number) {
    // Missing, NaN, is a category like any other.
    const codes = [...new Set(leaf.rows.map((row) => this.cell(row, column)))]
    const inSet = (set: readonly number[]) => (row: number) => set.includes(this.cell(row, column))
    if (codes.length <= 4) return codes.map((code) => ({ left: inSet([code]), penalty: 0 }))
    const large = codes
      .map((code) => ({ code, ...this.sum(leaf.rows.filter(inSet([code]))) }))
      .filter(({ hessian }) => hessian >= 2)
    const slope = (of: Sums) => of.gradient / (of.hessian + 10)
    const rising = large.sort((a, b) => slope(a) - slope(b)).map(({ code }) => code)
    const most = Math.min(32, Math.ceil(rising.length / 2))
    return [rising, rising.toReversed()].flatMap((order) =>
      Array.from({ length: most }, (_, k) => ({ left: inSet(order.slice(0, k + 1)), penalty: 10 })),
    )
  }

  private splitInto(
    leaf: Leaf,
    column: number,
    goesLeft: (row: number) => boolean,
    penalty: number,
  ): Split | null {
    const { minRows, minHessian, monotone, l2 } = this.options
    const sides = [leaf.rows.filter(goesLeft), leaf.rows.filter((row) => !goesLeft(row))] as const
    if (sides.some((rows) => rows.length < minRows || this.sum(rows).hessian < minHessian)) return null
    const worth = (rows: readonly number[], strength: number) => {
      const value = this.valueOf(this.sum(rows), strength, leaf)
      return -this.lossOf(this.sum(rows), value, strength)
    }
    const direction = monotone[column] ?? 0
    const [left, right] = sides.map((rows) => this.valueOf(this.sum(rows), l2, leaf)) as [number, number]
    if (direction * (right - left) < 0) return null
    const gain = worth(sides[0], l2 + penalty) + worth(sides[1], l2 + penalty) - worth(leaf.rows, l2)
    if (!(gain > 1e-10 * this.sum(leaf.rows).hessian)) return null
    const middle = (left + right) / 2
    const child = (rows: readonly number[], sign: number): Leaf => ({
      rows,
      depth: leaf.depth + 1,
      low: direction * sign > 0 ? middle : leaf.low,
      high: direction * sign < 0 ? middle : leaf.high,
    })
    return { gain, children: [child(sides[0], -1), child(sides[1], 1)] }
  }

  /** Twice the penalised loss, to second order, that a leaf of this value adds. */
  private lossOf({ gradient, hessian }: Sums, value: number, l2: number): number {
    return 2 * gradient * value + (hessian + l2) * value ** 2 + 2 * this.options.l1 * Math.abs(value)
  }

  /** By cases: the best value of each sign, or 0; then the nearest that the bounds allow. */
  private valueOf(sums: Sums, l2: number, { low, high }: Leaf): number {
    const above = Math.max(0, -(sums.gradient + this.options.l1) / (sums.hessian + l2))
    const below = Math.min(0, -(sums.gradient - this.options.l1) / (sums.hessian + l2))
    return Math.min(Math.max(above > 0 ? above : below, low), high)
  }

  private sum(rows: readonly number[]): Sums {
    let [gradient, hessian] = [0, 0]
    for (const row of rows) {
      gradient += this.pairs[row]!.gradient
      hessian += this.pairs[row]!.hessian
    }
    return { gradient, hessian }
  }

  private cell(row: number, column: number): number {
    return this.matrix.data[row * this.matrix.columns.length + column]!
  }
}

function scoresByForce(matrix: Matrix, trees: number, options: Options): Float64Array {
  const weights = matrix.weights!
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const reached = weights.reduce((sum, weight, row) => sum + weight * matrix.labels[row]!, 0)
  const scores = new Float64Array(matrix.rowCount).fill(logit(reached / total))
  for (let tree = 0; tree < trees; tree++) new TreeByForce(matrix, options, scores).addTo(scores)
  return scores
}

const next = randomIntegers(21)
const oneOf = <T>(...values: readonly T[]): T => values[next(values.length)]!

/** Weights are such that no two sets of rows have the same sums: there are no ties but between equal sets. */
function madeUp(): Matrix {
  const codes = oneOf(3, 5, 9)
  const columns = [
    numberColumn('up'),
    numberColumn('down'),
    numberColumn('free'),
    categoryColumn('code', ...Array.from({ length: codes }, (_, code) => `${code}`)),
  ]
  const rows = Array.from({ length: 160 }, () =>
    [8, 5, 12, codes].map((bound) => (next(9) === 0 ? null : next(bound))),
  )
  // Against the constraints in places, so that they are felt.
  const labels = rows.map(([up, down, free, code]) =>
    next(100) < 50 + 45 * Math.sin((up ?? 9) - (down ?? 0) / 2 + (free ?? 5) / 4 + 2 * (code ?? 1)) ? 1 : 0,
  )
  return matrixOf(columns, rows, labels, { weights: labels.map(() => 0.5 + next(1e9) / 4e8) })
}

it('grows the trees that trying everything grows', async () => {
  for (let table = 0; table < 60; table++) {
    const matrix = madeUp()
    const options = {
      maxLeaves: oneOf(2, 5, 12),
      maxDepth: oneOf(2, 8),
      minHessian: oneOf(0, 1, 4),
      minRows: oneOf(3, 6, 15),
      l1: oneOf(0, 0.7),
      l2: oneOf(0.1, 2),
      learningRate: oneOf(0.4, 1),
      monotone: oneOf<readonly (-1 | 0 | 1)[]>([0, 0, 0, 0], [1, -1, 0, 0]),
    }
    const kernel = table % 2 === 0 ? 'wasm' : 'reference'
    const plain = { trees: 3, rowSample: 1, columnSample: 1, kernel } as const
    const model = await trainBoosting(matrix, null, { ...options, ...plain })
    const expected = scoresByForce(matrix, 3, options)
    const scores = rawScoresBy(model, matrix)
    const furthest = Math.max(...scores.map((score, row) => Math.abs(score - expected[row]!)))
    // Sums in another order: some 1e-14.
    expect(furthest, `table ${table}: ${JSON.stringify(options)}`).toBeLessThan(1e-9)
  }
})
