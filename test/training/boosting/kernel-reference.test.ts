import { describe, expect, it } from 'vitest'
import { referenceKernel } from '../../../training/boosting/histogram.ts'
import { computeGradients, meanLogLoss } from '../../../training/boosting/log-loss.ts'
import { randomIntegers } from '../../../training/random.ts'

const ROWS = 500
const next = randomIntegers(1)
const kernel = referenceKernel({
  rowCount: ROWS,
  columnCount: 3,
  firstBin: Int32Array.of(0, 256, 260, 263),
  slots: 3,
  weighted: true,
})
const { memory } = kernel
const binCounts = [256, 4, 3]
for (let row = 0; row < ROWS; row++) {
  for (const [column, count] of binCounts.entries()) memory.bins[column * ROWS + row] = next(count)
  memory.labels[row] = next(2)
  memory.weights[row] = 0.5 + next(3)
  memory.scores[row] = (next(2000) - 1000) / 250
  memory.rows[row] = row
}
memory.active.fill(1)
kernel.computeGradients()
const histogram = (slot: number) => memory.histograms.slice(2 * 263 * slot, 2 * 263 * (slot + 1))

describe('gradients', () => {
  it('are those that finite differences find', () => {
    const step = 1e-4
    const total = memory.weights.reduce((sum, weight) => sum + weight, 0)
    const lossAt = (row: number, by: number) =>
      total * meanLogLoss(memory.scores.with(row, memory.scores[row]! + by), memory.labels, memory.weights)
    for (let row = 0; row < ROWS; row += 17) {
      const [below, at, above] = [-step, 0, step].map((by) => lossAt(row, by)) as [number, number, number]
      // Errors: of order step^2 = 1e-8, and for the second difference rounding of a sum of 500 over step^2.
      expect(memory.gradients[2 * row]).toBeCloseTo((above - below) / (2 * step), 6)
      expect(memory.gradients[2 * row + 1]).toBeCloseTo((above - 2 * at + below) / step ** 2, 3)
    }
  })

  it('stay positive in the second derivative for rows that are certain', () => {
    const sure = {
      scores: Float64Array.of(800, -800),
      labels: Uint8Array.of(1, 0),
      weights: new Float64Array(0),
      gradients: new Float64Array(4),
    }
    computeGradients(sure, 0, 2)
    for (const [i, expected] of [0, 1e-16, 0, 1e-16].entries())
      expect(Math.abs(sure.gradients[i]! - expected)).toBeLessThan(1e-300)
  })
})

describe('the reference kernel', () => {
  it('sums gradients by bin', () => {
    kernel.build(0, 0, ROWS)
    const expected = new Float64Array(2 * 263)
    for (let row = 0; row < ROWS; row++)
      for (const [column, first] of [0, 256, 260].entries()) {
        const at = 2 * (first + memory.bins[column * ROWS + row]!)
        expected[at]! += memory.gradients[2 * row]!
        expected[at + 1]! += memory.gradients[2 * row + 1]!
      }
    expect(histogram(0)).toEqual(expected)
  })

  it('parts the rows of a leaf in the order they have, and its histogram with them', () => {
    kernel.build(0, 0, ROWS)
    memory.goesLeft.set([1, 0, 0, 1])
    const left = kernel.partition(1, 0, ROWS)
    const goes = (row: number) => memory.bins[ROWS + row] === 0 || memory.bins[ROWS + row] === 3
    const rows = Array.from({ length: ROWS }, (_, row) => row)
    expect([...memory.rows]).toEqual([...rows.filter(goes), ...rows.filter((row) => !goes(row))])
    expect(left).toBe(rows.filter(goes).length)

    kernel.countBins(1, left, ROWS - left)
    expect(memory.binCounts[0]).toBe(0)
    expect(memory.binCounts[1]! + memory.binCounts[2]!).toBe(ROWS - left)

    kernel.build(1, 0, left)
    kernel.subtract(0, 1)
    kernel.build(2, left, ROWS - left)
    const direct = histogram(2)
    // Sums of at most 500 numbers below 1: subtraction rounds the same numbers in another order, some 500 * 1e-16.
    for (const [i, value] of histogram(0).entries()) expect(Math.abs(value - direct[i]!)).toBeLessThan(1e-12)
  })

  it('leaves columns alone that are not active', () => {
    memory.active.set([1, 0, 1])
    memory.histograms.fill(7)
    kernel.build(0, 0, 10)
    expect([...histogram(0).subarray(512, 520)]).toEqual(new Array(8).fill(7))
    expect(histogram(0)[520]).not.toBe(7)
    memory.active.fill(1)
  })
})
