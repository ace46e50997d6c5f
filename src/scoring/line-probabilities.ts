/** What a line means for bands that go by the probability. */
import { AVERAGE_POINTS, logOddsOf, sigmoid } from '../model/link.ts'
import type { LoadedModel } from './load-model.ts'

const HIGHEST = 100
/** Of what people read; more where neighbouring lines could not be told apart. */
const LEAST_DIGITS = 4
const MOST_DIGITS = 15

/**
 * By line, 1 to 100, the probability from which on a score of the model reaches it. A score is rounded: it begins half a point below.
 * null: a rubric that no outcomes have calibrated.
 */
export function lineProbabilities({ artifact, predictor }: LoadedModel): readonly number[] | null {
  const exact = Array.from({ length: HIGHEST }, (_, place) => {
    const points = place + 1 - 0.5
    return artifact.kind === 'rubric'
      ? predictor.probability(points)
      : sigmoid(predictor.base + logOddsOf(points - AVERAGE_POINTS))
  })
  if (exact.some(Number.isNaN)) return null
  for (let digits = LEAST_DIGITS; digits < MOST_DIGITS; digits += 1) {
    const rounded = exact.map((probability) => Number(probability.toPrecision(digits)))
    if (rounded.every((probability, place) => place === 0 || probability > rounded[place - 1]!))
      return rounded
  }
  return exact
}
