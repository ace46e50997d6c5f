/** Symmetric matrices, from row-major upper triangles. */
import { CholeskyDecomposition, Matrix as DenseMatrix } from 'ml-matrix'
import { WonlostError } from '../../src/errors.ts'

export function toSymmetric(upper: Float64Array, width: number): DenseMatrix {
  const full = new DenseMatrix(width, width)
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      full.set(i, j, upper[i * width + j]!)
      full.set(j, i, upper[i * width + j]!)
    }
  }
  return full
}

/** Throws `numeric_failure` when the matrix is not positive definite. */
export function choleskyOf(matrix: DenseMatrix): CholeskyDecomposition {
  const cholesky = new CholeskyDecomposition(matrix)
  if (cholesky.isPositiveDefinite()) return cholesky
  throw new WonlostError('numeric_failure', 'The information on half-lives is not positive definite.')
}
