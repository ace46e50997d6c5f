/**
 * What one would say of a row without any model: how many reached the target from a landmark of that day (at entry, 7 days after
 * it, ...). A lead that is still undecided after two months converts less often than a new one, and whoever knows only that tells
 * no lead from another: a model has to know more.
 */
import { logit } from '../../src/statistics/log-odds.ts'
import { onProbabilityScale } from '../baselines.ts'
import type { Row } from '../rows.ts'

type DayAndLabel = Pick<Row, 'day' | 'label'>

/**
 * Shares by day of what was learned from, each with one row of the average added, so that none is 0 or 1; then on the probability scale by
 * the calibration part, as every baseline.
 * @returns Probabilities, one a row of `test`.
 */
export function landmarkRates(
  learning: readonly DayAndLabel[],
  calibrate: readonly DayAndLabel[],
  test: readonly DayAndLabel[],
): Float64Array {
  const days = new Map<number, { rows: number; reached: number }>()
  let reached = 0
  for (const { day, label } of learning) {
    const counts = days.get(day) ?? { rows: 0, reached: 0 }
    days.set(day, { rows: counts.rows + 1, reached: counts.reached + label })
    reached += label
  }
  const average = reached / learning.length
  const score = ({ day }: DayAndLabel): number => {
    const counts = days.get(day) ?? { rows: 0, reached: 0 }
    return logit((counts.reached + average) / (counts.rows + 1))
  }
  const labels = Uint8Array.from(calibrate, ({ label }) => label)
  return Float64Array.from(test, score).map(onProbabilityScale(Float64Array.from(calibrate, score), labels))
}
