import { CholeskyDecomposition, type Matrix as DenseMatrix } from 'ml-matrix'
import { WonlostError } from '../../src/errors.ts'

/** Throws `numeric_failure` when the matrix is not positive definite. */
export function choleskyOf(matrix: DenseMatrix): CholeskyDecomposition {
  const cholesky = new CholeskyDecomposition(matrix)
  if (cholesky.isPositiveDefinite()) return cholesky
  throw new WonlostError('numeric_failure', 'The information on half-lives is not positive definite.')
}
