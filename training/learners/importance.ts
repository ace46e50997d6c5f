/** What a boosted model goes by, for its report: by group of columns, as reasons are told. */
import { meanAbsoluteContributions } from '../../src/explain/importance.ts'
import type { Matrix } from '../matrix.ts'
import type { GroupImportance } from '../report/learned-report.ts'
import type { ModelParts } from './learner.ts'
import { predictorOf } from './predictor.ts'

/** Rows that SHAP values are averaged over, evenly spaced: the mean of more is the same to the digits that are shown. */
const EXPLAINED_ROWS = 2_000

/** @param gain One a column of `rows`. */
export function groupImportance(parts: ModelParts, gain: Float64Array, rows: Matrix): GroupImportance[] {
  const { columns } = rows
  const predictor = predictorOf(parts, columns)
  const shap = meanAbsoluteContributions(predictor, someRows(rows))
  const total = gain.reduce((sum, value) => sum + value, 0)
  const groups = new Map<string, { gain: number; mean_absolute_shap: number }>()
  for (const [c, { group }] of columns.entries()) {
    const sums = groups.get(group) ?? { gain: 0, mean_absolute_shap: 0 }
    sums.gain += total > 0 ? gain[c]! / total : 0
    sums.mean_absolute_shap += shap[c]!
    groups.set(group, sums)
  }
  return [...groups]
    .map(([group, sums]) => ({ group, ...sums }))
    .sort((a, b) => b.mean_absolute_shap - a.mean_absolute_shap || (a.group < b.group ? -1 : 1))
}

function someRows({ data, rowCount, columns }: Matrix): Float64Array {
  const count = Math.min(rowCount, EXPLAINED_ROWS)
  const width = columns.length
  const some = new Float64Array(count * width)
  for (let i = 0; i < count; i++) {
    const row = Math.floor((i * rowCount) / count)
    some.set(data.subarray(row * width, (row + 1) * width), i * width)
  }
  return some
}
