/**
 * `A = L L'` of a symmetric positive definite matrix, column by column (Golub & Van Loan, Matrix Computations, 4.2), and what is
 * solved with it. In flat arrays: some hundred columns are factored dozens of times for one model, and a method call for each
 * number, as general matrices have it, takes several times as long.
 */

/** Rows whose sums are added up beside each other: each waits for its own last addition only. */
const ROWS = 4

/** @returns L, row-major with zeros above the diagonal; null when the matrix is not positive definite. */
export function choleskyFactor(matrix: Float64Array, width: number): Float64Array | null {
  const lower = new Float64Array(width * width)
  /** Of each row of L, so far. */
  const squares = new Float64Array(width)
  const sums = new Float64Array(ROWS)
  for (let k = 0; k < width; k++) {
    const above = k * width
    const pivot = matrix[above + k]! - squares[k]!
    // NaN is not above 0 either.
    if (!(pivot > 0)) return null
    const root = Math.sqrt(pivot)
    lower[above + k] = root
    for (let j = k + 1; j < width; j += ROWS) {
      const count = Math.min(ROWS, width - j)
      if (count === ROWS) dotFour(lower, width, k, j, sums)
      else for (let r = 0; r < count; r++) sums[r] = dot(lower, above, (j + r) * width, k)
      for (let r = 0; r < count; r++) {
        const entry = (matrix[(j + r) * width + k]! - sums[r]!) / root
        lower[(j + r) * width + k] = entry
        squares[j + r]! += entry * entry
      }
    }
  }
  return lower
}

/** The first k entries of row k times those of the rows j to j + 3. */
function dotFour(lower: Float64Array, width: number, k: number, j: number, sums: Float64Array): void {
  const above = k * width
  const [first, second, third, fourth] = [j * width, (j + 1) * width, (j + 2) * width, (j + 3) * width]
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 0; i < k; i++) {
    const entry = lower[above + i]!
    a += entry * lower[first + i]!
    b += entry * lower[second + i]!
    c += entry * lower[third + i]!
    d += entry * lower[fourth + i]!
  }
  sums[0] = a
  sums[1] = b
  sums[2] = c
  sums[3] = d
}

function dot(lower: Float64Array, one: number, other: number, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += lower[one + i]! * lower[other + i]!
  return sum
}

/** x of `L L' x = right`. */
export function solveCholesky(lower: Float64Array, right: Float64Array): Float64Array {
  const width = right.length
  const x = right.slice()
  for (let k = 0; k < width; k++) {
    let value = x[k]!
    for (let i = 0; i < k; i++) value -= x[i]! * lower[k * width + i]!
    x[k] = value / lower[k * width + k]!
  }
  for (let k = width - 1; k >= 0; k--) {
    let value = x[k]!
    for (let i = k + 1; i < width; i++) value -= x[i]! * lower[i * width + k]!
    x[k] = value / lower[k * width + k]!
  }
  return x
}
