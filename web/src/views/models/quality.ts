/** Figures of quality, as people name them, and in words. */
import type { Figures } from './use-models.ts'

export type Evaluation = NonNullable<Figures['evaluation']>[number]
export type Metrics = Evaluation['metrics']
type SetName = Evaluation['set']

export const SETS: Readonly<Record<SetName, string>> = {
  all_landmarks: 'Every landmark',
  at_entry: 'At entry',
  at_hand_off: 'At hand-off',
  on_a_random_day: 'On a random day',
}

const NAMES: Readonly<Record<string, string>> = {
  model: 'This version',
  base_rate: 'Base rate',
  naive_bayes: 'Naive Bayes',
  logistic: 'Logistic regression',
  boosting: 'Boosting',
  rubric: 'Rubric',
}

export function predictorName(name: string): string {
  return NAMES[name] ?? name.replaceAll('_', ' ')
}

/** The set that figures of different versions are compared on; null where nothing was judged. */
export function mainEvaluation(figures: Figures | undefined): Evaluation | null {
  return figures?.evaluation?.find(({ set }) => set === 'all_landmarks') ?? figures?.evaluation?.[0] ?? null
}
