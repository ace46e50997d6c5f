/** What reports call things, in the terminal and on the page. */
import type { CoefficientReport } from '../logistic/coefficients.ts'
import type { EvaluationReport } from './model-report.ts'

export const SETS: Readonly<Record<EvaluationReport['set'], string>> = {
  all_landmarks: 'every landmark',
  at_entry: 'at entry',
  at_hand_off: 'at hand-off (deal opened)',
  on_a_random_day: 'on a random day',
}

export const LEARNERS = { logistic: 'logistic regression', boosting: 'boosting' } as const

export const BASELINES = {
  base_rate: 'base rate',
  naive_bayes: 'naive Bayes',
  rubric: 'rubric',
  ...LEARNERS,
} as const

export const HAND_OFF_NOTE =
  'At hand-off somebody has just opened a deal, which is no column: read the order of the scores there, not their level.'

export const COMPARED: Readonly<Record<CoefficientReport['compares'], string>> = {
  standard_deviation: 'one standard deviation more',
  yes_no: 'yes against no',
  average: 'against the average',
}

export function coefficientName({ column, category, missing }: CoefficientReport): string {
  if (missing) return `${column} not known`
  return category === null ? column : `${column} = ${category}`
}
