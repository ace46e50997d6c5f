import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countPlaces, gridOf } from '../../../training/effects/grid.ts'
import type { Matrix } from '../../../training/matrix.ts'

const common = { group: 'any', side: 'fit' } as const
const NUMBER = { kind: 'number', name: 'x', transform: 'identity', ...common } as const
const CATEGORY = { kind: 'category', name: 'c', categories: ['a', 'b', 'c', 'd'], ...common } as const
const other = { ...NUMBER, name: 'other' }

/** The values stand in the second of two columns. */
function matrixOf(column: Matrix['columns'][number], cells: readonly number[]): Matrix {
  const rowCount = cells.length
  return {
    columns: [other, column],
    rowCount,
    data: Float64Array.from(cells.flatMap((cell) => [9, cell])),
    labels: new Uint8Array(rowCount),
    groups: new Int32Array(rowCount),
  }
}

describe('gridOf', () => {
  it('takes every value of few', () => {
    const grid = gridOf(matrixOf(NUMBER, [3, 1, 3, 7, 1, 3]), 1, 3)
    expect([...grid.values]).toEqual([1, 3, 7])
    expect([...grid.places]).toEqual([1, 0, 1, 2, 0, 1])
  })

  it('gives a value with many rows one place, and the others quantiles of the rest', () => {
    // 30 zeros; of 1..70 the quantiles 1/8, 3/8, 5/8, 7/8.
    const cells = [...new Array<number>(30).fill(0), ...Array.from({ length: 70 }, (_, i) => i + 1)]
    const grid = gridOf(matrixOf(NUMBER, cells), 1, 5)
    expect([...grid.values]).toEqual([0, 9, 27, 44, 62])
    // Borders at 4.5, 18, 35.5, 53: the lower one has them.
    expect(countPlaces(grid)).toEqual([34, 14, 17, 18, 17])
  })

  it('shows values so rare that none is among the rows whose quantiles are taken', () => {
    const cells = new Array<number>(30_000).fill(Number.NaN)
    cells[1] = 5
    cells[20_002] = 8
    const grid = gridOf(matrixOf(NUMBER, cells), 1, 5)
    expect([...grid.values]).toEqual([5, 8, Number.NaN])
    expect(countPlaces(grid)).toEqual([1, 1, 29_998])
  })

  it('puts categories in order of rows, rarer ones nowhere, and missing last', () => {
    const grid = gridOf(matrixOf(CATEGORY, [2, Number.NaN, 1, 2, 3, 1, 0]), 1, 2)
    expect([...grid.values]).toEqual([1, 2, Number.NaN])
    expect([...grid.places]).toEqual([1, 2, 0, 1, -1, 0, -1])
    expect(countPlaces(grid)).toEqual([2, 2, 1])
  })

  it('has values that occur, rising, and every row at the nearest', () => {
    const cell = fc.oneof(fc.constantFrom(0, 0.5, Number.NaN), fc.double({ min: -9, max: 9, noNaN: true }))
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (cells, most) => {
          const grid = gridOf(matrixOf(NUMBER, cells), 1, most)
          const present = [...grid.values].filter((value) => !Number.isNaN(value))
          expect(present.length).toBeLessThanOrEqual(most)
          expect(present).toEqual([...new Set(present)].sort((a, b) => a - b))
          expect(cells.map((cell) => cell + 0)).toEqual(expect.arrayContaining(present))
          expect(grid.values.length - present.length).toBe(cells.some(Number.isNaN) ? 1 : 0)
          for (const [i, value] of cells.entries()) {
            if (Number.isNaN(value)) expect(grid.places[i]).toBe(present.length)
            else {
              const nearest = Math.min(...present.map((candidate) => Math.abs(candidate - value)))
              expect(Math.abs(present[grid.places[i]!]! - value)).toBeCloseTo(nearest, 9)
            }
          }
        },
      ),
    )
  })
})
