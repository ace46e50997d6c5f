import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillBins, fitBins } from '../../../training/boosting/binning.ts'
import { quantileThresholds } from '../../../training/boosting/quantiles.ts'
import { categoryColumn, matrixOf, numberColumn } from '../logistic/matrix.ts'

describe('quantileThresholds', () => {
  it('gives few distinct values a bin each', () => {
    expect([...quantileThresholds(Float64Array.from([3, 1, 1, 2, 9]), 255)]).toEqual([1.5, 2.5, 6])
    expect([...quantileThresholds(Float64Array.from([4, 4]), 255)]).toEqual([])
    expect([...quantileThresholds(Float64Array.from([]), 255)]).toEqual([])
  })

  it('cuts many into bins of equal weight', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000)
    expect([...quantileThresholds(values, 4)]).toEqual([249.5, 499.5, 749.5])
    // The values from 500 on weigh three times the others: quarters of 2000 end at 500, 666.67 and 833.33.
    const weighted = quantileThresholds(
      values,
      4,
      values.map((x) => (x < 500 ? 1 : 3)),
    )
    for (const [k, at] of [500, 2000 / 3, 2500 / 3].entries())
      expect(Math.abs(weighted[k]! - at)).toBeLessThanOrEqual(1)
  })

  it('gives a heap a bin of its own, and the rest the others', () => {
    const values = Float64Array.from([
      ...new Array(9000).fill(0),
      ...Array.from({ length: 1000 }, (_, i) => i + 1),
    ])
    const thresholds = quantileThresholds(values, 11)
    expect(thresholds[0]).toBe(0.5)
    expect(thresholds.length).toBe(10)
    expect([...thresholds].slice(1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => 100 * k + 0.5))
  })

  it('ends a bin before a heap, also one that is little more than half full', () => {
    // Ten rows a bin of the rest: six are left over before the heap.
    const before = Array.from({ length: 26 }, (_, i) => i)
    const after = Array.from({ length: 24 }, (_, i) => 31 + i)
    const values = Float64Array.from([...before, ...new Array(1000).fill(30), ...after])
    const thresholds = [...quantileThresholds(values, 6)]
    expect(thresholds.slice(0, 4)).toEqual([9.5, 19.5, 27.5, 30.5])
  })
})

describe('bins', () => {
  it('are where the thresholds send the values, for any numbers', () => {
    const value = fc.oneof(
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.integer({ min: -9, max: 9 }),
      fc.constantFrom(0, -0, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 1, 1 + Number.EPSILON),
      fc.constant(null),
    )
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 2, max: 255 }),
        (values, maxBins) => {
          const matrix = matrixOf(
            [numberColumn('x')],
            values.map((x) => [x]),
            values.map(() => 0),
          )
          const bins = fitBins(matrix, maxBins, 1)
          const [column] = bins
          if (column?.kind !== 'number') throw new Error('a column of numbers has bins of numbers')
          const { thresholds, valueBins } = column
          expect(valueBins).toBeLessThanOrEqual(maxBins)
          const numbers = new Uint8Array(values.length)
          fillBins(matrix, bins, numbers)
          for (const [row, x] of values.entries()) {
            if (x === null) expect(numbers[row]).toBe(valueBins)
            else
              for (const [bin, threshold] of thresholds.entries())
                expect(x <= threshold).toBe(numbers[row]! <= bin)
          }
          const known = new Set(values.filter((x) => x !== null).map((x) => x + 0))
          if (known.size <= maxBins)
            expect(new Set(numbers.filter((bin) => bin < valueBins)).size).toBe(known.size)
        },
      ),
      { seed: 1 },
    )
  })

  it('of categories go to the heaviest, not to the most frequent; the others share that of missing', () => {
    const matrix = matrixOf(
      [categoryColumn('code', 'frequent', 'heavy', 'never', 'heavier')],
      [[0], [0], [0], [1], [3], [null]],
      [0, 1, 0, 1, 0, 1],
      { weights: [1, 1, 1, 10, 20, 50] },
    )
    const bins = fitBins(matrix, 2, 1)
    expect(bins).toEqual([{ kind: 'category', binOfCode: Uint8Array.of(2, 1, 2, 0), valueBins: 2 }])
    const numbers = new Uint8Array(6)
    fillBins(matrix, bins, numbers)
    expect([...numbers]).toEqual([2, 2, 2, 1, 0, 2])
  })

  it('are fitted on a sample of many rows, and of about equal size for all', () => {
    const rowCount = 120_000
    const matrix = matrixOf([numberColumn('x')], [], [])
    // Rising: the first rows alone would say nothing of the last.
    const data = Float64Array.from({ length: rowCount }, (_, row) => Math.exp(row / 9000))
    const many = { ...matrix, rowCount, data }
    const bins = fitBins(many, 100, 1)
    const numbers = new Uint8Array(rowCount)
    fillBins(many, bins, numbers)
    const [column] = bins
    const thresholds = column?.kind === 'number' ? column.thresholds : new Float64Array(0)
    const sizes = new Float64Array(100)
    for (const [row, bin] of numbers.entries()) {
      sizes[bin]! += 1
      if (bin > 0 && data[row]! <= thresholds[bin - 1]!) throw new Error(`row ${row} is below its bin`)
      if (bin < 99 && data[row]! > thresholds[bin]!) throw new Error(`row ${row} is above its bin`)
    }
    // 500 of 50,000 sampled rows a bin: a standard error of 4.5 %.
    expect(Math.min(...sizes)).toBeGreaterThan(1200 * 0.8)
    expect(Math.max(...sizes)).toBeLessThan(1200 * 1.2)
  })
})
