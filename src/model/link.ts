/**
 * From log-odds to what people read: `raw_points = 50 + 10 * (logit(probability) - base) / ln 2`, so 50 is the
 * average training row and +10 doubles the odds. Sums and differences are taken on raw points or log-odds, never
 * on the score.
 */
export { clampProbability, isAtLimit, logit, sigmoid } from '../statistics/log-odds.ts'

import { logit } from '../statistics/log-odds.ts'

/** Points of the average training row. */
export const AVERAGE_POINTS = 50
const POINTS_PER_DOUBLING = 10

/** Log-odds (a difference, a contribution) as points. */
export function pointsOf(logOdds: number): number {
  return (POINTS_PER_DOUBLING * logOdds) / Math.LN2
}

/** The other way: what so many points are worth. */
export function logOddsOf(points: number): number {
  return (points * Math.LN2) / POINTS_PER_DOUBLING
}

/** Unrounded and unclamped points of a probability; `base` is the calibrated log-odds of the average training row. */
export function rawPoints(probability: number, base: number): number {
  return AVERAGE_POINTS + pointsOf(logit(probability) - base)
}

/** The score that people see: rounded (halves up), within 0..100. NaN stays NaN. */
export function scoreOf(points: number): number {
  return Math.min(100, Math.max(0, Math.round(points)))
}
