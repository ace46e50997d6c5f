/** The start value of an XGBoost model in log-odds. */
import type { Value } from './values.ts'

/**
 * `base_score` is a number or text: `5E-1`, and since XGBoost 3.1 `[5E-1]`, one a target. For `binary:logistic` it is a probability, whose
 * log-odds XGBoost takes in float32: -ln(1 / p - 1); for `binary:logitraw` it is log-odds already.
 */
export function readBaseScore(value: Value, isProbability: boolean): number {
  const given = value.numberOrText()
  const text = typeof given === 'number' ? String(given) : given.replace(/^\[\s*(.*?)\s*\]$/, '$1')
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text))
    throw value.refuse(`must be one number, or one number in brackets, given ${JSON.stringify(given)}`)
  const score = Math.fround(Number(text))
  if (!isProbability) {
    if (!Number.isFinite(score)) throw value.refuse(`must be a finite number, given ${text}`)
    return score
  }
  if (!(score > 0 && score < 1)) throw value.refuse(`must be a probability between 0 and 1, given ${text}`)
  return -Math.fround(Math.log(Math.fround(Math.fround(1 / score) - 1)))
}
