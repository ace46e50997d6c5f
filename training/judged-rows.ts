/** Rows that a model was judged on, with what it said of them: for whoever knows the truth. */
import type { Milliseconds } from '../src/glossary.ts'
import type { Predictor } from '../src/model/predict.ts'
import type { Row } from './rows.ts'

export interface JudgedRow {
  readonly leadId: string
  /** Rows of one account have the same number. */
  readonly group: number
  readonly asOf: Milliseconds
  readonly label: 0 | 1
  readonly probability: number
  /** Where the model has intervals. */
  readonly interval: readonly [number, number] | null
}

/** `scores`: raw ones, of these rows, in their order. */
export function judgedRows(predictor: Predictor, rows: readonly Row[], scores: Float64Array): JudgedRow[] {
  return rows.map(({ leadId, group, asOf, label }, index) => {
    const score = scores[index]!
    const probability = predictor.probability(score)
    return { leadId, group, asOf, label, probability, interval: predictor.interval(score, probability) }
  })
}
