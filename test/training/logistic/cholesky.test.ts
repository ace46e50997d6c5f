import fc from 'fast-check'
import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { choleskyFactor, solveCholesky } from '../../../training/logistic/cholesky.ts'

describe('choleskyFactor', () => {
  it('is the factor by hand, and what it solves comes out even', () => {
    const lower = choleskyFactor(Float64Array.of(4, 2, 2, 10), 2)!
    expect([...lower]).toEqual([2, 0, 1, 3])
    // 4 x + 2 y = 8 and 2 x + 10 y = 22
    expect([...solveCholesky(lower, Float64Array.of(8, 22))]).toEqual([1, 2])
  })

  it('refuses what is not positive definite, and NaN', () => {
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeNull()
    expect(choleskyFactor(Float64Array.of(1, 0, 0, 0), 2)).toBeNull()
    expect(choleskyFactor(Float64Array.of(Number.NaN), 1)).toBeNull()
  })

  it('gives the bits of ml-matrix, which adds in the same order', () => {
    const entry = fc.double({ min: -10, max: 10, noNaN: true })
    const system = fc
      .integer({ min: 1, max: 12 })
      .chain((n) =>
        fc.tuple(
          fc.array(entry, { minLength: n * n, maxLength: n * n }),
          fc.array(entry, { minLength: n, maxLength: n }),
        ),
      )
    fc.assert(
      fc.property(system, ([entries, right]) => {
        const n = right.length
        const root = Matrix.from1DArray(n, n, entries)
        const matrix = root.mmul(root.transpose()).add(Matrix.eye(n))
        for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix.set(j, i, matrix.get(i, j))
        const reference = new CholeskyDecomposition(matrix)
        const lower = choleskyFactor(Float64Array.from(matrix.to1DArray()), n)!
        expect([...lower]).toEqual(reference.lowerTriangularMatrix.to1DArray())
        expect([...solveCholesky(lower, Float64Array.from(right))]).toEqual(
          reference.solve(Matrix.columnVector(right)).to1DArray(),
        )
      }),
    )
  })
})
