/** What a model goes by, over many rows. */
import type { Predictor } from '../model/predict.ts'

/** In calibrated log-odds (a rubric: points). */
export interface Importance {
  /** Mean absolute contribution of each column. */
  readonly columns: Float64Array
  /**
   * Mean absolute sum of the contributions of a group's columns: what its reason weighs. Not the sum of theirs: columns of one
   * group often pull against each other.
   */
  readonly groups: ReadonlyMap<string, number>
}

/**
 * Over rows that stand row-major in `rows`; 0 for no rows. A contribution of trees is a SHAP value: this is the global importance
 * of Lundberg et al. (2020). One of logistic regression is a SHAP value as well, of columns taken as independent.
 */
export function meanAbsoluteContributions(predictor: Predictor, rows: Float64Array): Importance {
  const { columns } = predictor.artifact
  const width = columns.length
  const count = width === 0 ? 0 : rows.length / width
  const names = [...new Set(columns.map(({ group }) => group))]
  const places = new Map(names.map((name, g) => [name, g]))
  const groupOf = columns.map(({ group }) => places.get(group)!)
  const byColumn = new Float64Array(width)
  const byGroup = new Float64Array(names.length)
  const contributions = new Float64Array(width)
  const sums = new Float64Array(names.length)
  for (let i = 0; i < count; i++) {
    predictor.contributions(rows, i * width, contributions)
    sums.fill(0)
    for (let c = 0; c < width; c++) {
      const contribution = contributions[c]!
      byColumn[c] = byColumn[c]! + Math.abs(contribution) / count
      sums[groupOf[c]!] = sums[groupOf[c]!]! + contribution
    }
    for (let g = 0; g < sums.length; g++) byGroup[g] = byGroup[g]! + Math.abs(sums[g]!) / count
  }
  return { columns: byColumn, groups: new Map(names.map((name, g) => [name, byGroup[g]!])) }
}
