/** Whether a model may become the first champion of its name by itself, or only by hand. */

import type { BaselineName } from './baselines.ts'
import { LEAST_TO_PROMOTE } from './enough-data.ts'
import type { TrainingReport } from './report/model-report.ts'

export interface PromotionAdvice {
  readonly automatic: boolean
  /** For people. */
  readonly reason: string
}

/** What would serve without the model. */
const SERVES_WITHOUT: Readonly<Partial<Record<BaselineName, string>>> = {
  base_rate: 'the base rate',
  rubric: 'the rubric',
}

/**
 * It may when enough subjects reached the target, and when on every landmark of the test part its log loss is below that of
 * the base rate and of the rubric, both calibrated on the same rows: what serves without it must be worse, forward in time.
 */
export function adviseOnPromotion(report: TrainingReport): PromotionAdvice {
  const { reached } = report.subjects
  if (reached < LEAST_TO_PROMOTE) {
    const reason = `${reached} subjects reached the target; under ${LEAST_TO_PROMOTE} a model is promoted only by hand`
    return { automatic: false, reason }
  }
  const all = report.evaluation.find((evaluation) => evaluation.set === 'all_landmarks')
  const own = all?.metrics.log_loss ?? null
  if (!all || own === null)
    return { automatic: false, reason: 'its log loss on the test part is not defined' }
  const beaten: string[] = []
  for (const { name, metrics } of all.baselines) {
    const other = SERVES_WITHOUT[name]
    if (other === undefined) continue
    const loss = metrics.log_loss ?? Number.POSITIVE_INFINITY
    const compared = `${other} (log loss ${own.toFixed(4)} against ${loss.toFixed(4)})`
    if (own >= loss) return { automatic: false, reason: `forward in time it does not beat ${compared}` }
    beaten.push(compared)
  }
  return { automatic: true, reason: `forward in time it beats ${beaten.join(' and ')}` }
}
