/** How a model's answer moves with one column. */
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
  const count = rows.length / width
  const changed = rows.slice()
  const scores = new Float64Array(count)
  const isRubric = predictor.artifact.kind === 'rubric'
  return values.map((value) => {
    for (let i = 0; i < count; i++) changed[i * width + column] = value
    predictor.rawScores(changed, scores)
    return scores.reduce((sum, score) => sum + (isRubric ? score : predictor.probability(score)), 0) / count
  })
}
