/** The start value of an XGBoost model in log-odds. */
import { NUMBER, shown } from '../file-model.ts'
import type { Value } from './values.ts'

/**
 * `base_score` is a number or text: `5E-1`, and since XGBoost 3.1 `[5E-1]`, one a target. For `binary:logistic` it is a probability, whose
 * log-odds XGBoost takes in float32: -ln(1 / p - 1); for `binary:logitraw` it is log-odds already.
 */
export function readBaseScore(value: Value, isProbability: boolean): number {
  const given = value.numberOrText()
  const text = String(given)
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1).trim() : text
  if (!NUMBER.test(bare))
    throw value.refuse(`must be one number, or one number in brackets, given ${shown(given)}`)
  const score = Math.fround(Number(bare))
  if (isProbability && !(score > 0 && score < 1))
    throw value.refuse(`must be a probability between 0 and 1, given ${shown(given)}`)
  const logOdds = isProbability ? -Math.fround(Math.log(Math.fround(Math.fround(1 / score) - 1))) : score
  if (!Number.isFinite(logOdds))
    throw value.refuse(`must be finite as log-odds in float32, given ${shown(given)}`)
  return logOdds
}
