import { Matrix as DenseMatrix } from 'ml-matrix'

/** A symmetric matrix from its row-major upper triangle, `width` wide. */
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
