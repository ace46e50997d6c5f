/** Probabilities and log-odds, and where both end. The one place that knows the limits; see contract.ts. */

/** Probabilities that leave the system lie in [PROBABILITY_FLOOR, 1 - PROBABILITY_FLOOR]. */
const PROBABILITY_FLOOR = 1e-6

/** Into [1e-6, 1 - 1e-6]. NaN stays NaN. */
export function clampProbability(probability: number): number {
  if (probability < PROBABILITY_FLOOR) return PROBABILITY_FLOOR
  if (probability > 1 - PROBABILITY_FLOOR) return 1 - PROBABILITY_FLOOR
  return probability
}

/** Whether clamping may have moved it. */
export function isAtLimit(probability: number): boolean {
  return probability <= PROBABILITY_FLOOR || probability >= 1 - PROBABILITY_FLOOR
}

/** ln(p / (1 - p)); -Infinity at 0, Infinity at 1. `log1p` keeps the digits near 1. */
export function logit(probability: number): number {
  return Math.log(probability) - Math.log1p(-probability)
}

/** 1 / (1 + e^-x), without overflow on either side. */
export function sigmoid(logOdds: number): number {
  if (logOdds >= 0) return 1 / (1 + Math.exp(-logOdds))
  const odds = Math.exp(logOdds)
  return odds / (1 + odds)
}

/** -ln P(label) at these log-odds: ln(1 + e^x) - label * x, without overflow and without cancellation. */
export function logisticLoss(logOdds: number, label: number): number {
  return Math.max(logOdds, 0) - label * logOdds + Math.log1p(Math.exp(-Math.abs(logOdds)))
}
