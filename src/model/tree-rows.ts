/** Rows as trees see them, so that a walk asks one thing a node: is this number at most the threshold? */
import type { ArtifactColumn, BoostingArtifact } from './artifact.ts'

/** Fills `out` (two numbers a column) from the row that begins at `offset`. */
export type PrepareRow = (row: Float64Array, offset: number, out: Float64Array, outOffset: number) => void

/**
 * Each column becomes two numbers, which differ only where it is missing: [2c] is Infinity then, which goes right at any
 * split, and [2c + 1] is -Infinity, which goes left. What is not a code of a category column is missing.
 */
export function rowPreparer(
  columns: readonly ArtifactColumn[],
  rounding: BoostingArtifact['rounding'],
): PrepareRow {
  /** Categories a column; -1 where it holds numbers. */
  const categories = Int32Array.from(columns, (column) =>
    column.kind === 'category' ? column.categories.length : -1,
  )
  const round = rounding === 'float32' ? Math.fround : (value: number) => value
  return (row, offset, out, outOffset) => {
    for (let c = 0; c < categories.length; c++) {
      const value = row[offset + c]!
      const count = categories[c]!
      const isKnown =
        count < 0 ? !Number.isNaN(value) : value >= 0 && value < count && Number.isInteger(value)
      out[outOffset + 2 * c] = isKnown ? round(value) : Number.POSITIVE_INFINITY
      out[outOffset + 2 * c + 1] = isKnown ? round(value) : Number.NEGATIVE_INFINITY
    }
  }
}
