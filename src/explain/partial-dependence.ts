/** How a model's answer moves with one column, or with two. */
import type { Predictor } from '../model/predict.ts'

/**
 * Partial dependence (Friedman 2001): the mean answer over the rows when `column` holds each of `values` in all of them, and
 * nothing else changes. NaN among the values asks about missing.
 *
 * @param rows Row-major, at least one row.
 * @returns One mean probability a value (a rubric: mean points).
 */
export function partialDependence(
  predictor: Predictor,
  rows: Float64Array,
  column: number,
  values: Float64Array,
): Float64Array {
  const width = predictor.artifact.columns.length
  const changed = rows.slice()
  const scores = new Float64Array(rows.length / width)
  const isRubric = predictor.artifact.kind === 'rubric'
  return values.map((value) => {
    setColumn(changed, width, column, value)
    predictor.rawScores(changed, scores)
    const sum = scores.reduce((total, score) => total + (isRubric ? score : predictor.probability(score)), 0)
    return sum / scores.length
  })
}

/** The same for two columns at once: for each value of the first, one number a value of the second. */
export function jointPartialDependence(
  predictor: Predictor,
  rows: Float64Array,
  [first, second]: readonly [number, number],
  [firstValues, secondValues]: readonly [Float64Array, Float64Array],
): Float64Array[] {
  const width = predictor.artifact.columns.length
  const changed = rows.slice()
  return Array.from(firstValues, (value) => {
    setColumn(changed, width, first, value)
    return partialDependence(predictor, changed, second, secondValues)
  })
}

function setColumn(rows: Float64Array, width: number, column: number, value: number): void {
  for (let i = column; i < rows.length; i += width) rows[i] = value
}
