/** What a model goes by, over many rows. */
import type { Predictor } from '../model/predict.ts'

/**
 * Mean absolute contribution of each column, in calibrated log-odds (a rubric: points), over rows that stand row-major in `rows`.
 * For trees a contribution is a SHAP value: this is the global importance of Lundberg et al. (2020). 0 for no rows.
 */
export function meanAbsoluteContributions(predictor: Predictor, rows: Float64Array): Float64Array {
  const width = predictor.artifact.columns.length
  const sums = new Float64Array(width)
  const contributions = new Float64Array(width)
  const count = width === 0 ? 0 : rows.length / width
  for (let i = 0; i < count; i++) {
    predictor.contributions(rows, i * width, contributions)
    for (let c = 0; c < width; c++) sums[c] = sums[c]! + Math.abs(contributions[c]!)
  }
  return sums.map((sum) => (count === 0 ? 0 : sum / count))
}
