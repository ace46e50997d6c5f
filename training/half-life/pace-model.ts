/**
 * How events act on the pace of decisions, the form in which half-lives are learned. For each kind of decision k (the target reached,
 * lost), in log-odds against base:
 *
 *   level_k(time since entry) + slope_k * background_k
 *       + ln(1 + sum over types j of weight_kj * (first_j + share * others_j)),
 *   first_j = sum over the events of type j of the first contact of 2^(-age / halfLife_j),
 *
 * so that each event adds to the pace, in units of the pace without any, and then fades: weight_kj >= 0 says by how much. Weights are of
 * one kind of decision, half-lives and share of all: who closes lost deals long after the last sign of life has weights of 0
 * there, and learns from won deals alone. A type that slows things down has weight 0 here, and keeps the prior. A form that is
 * linear in ln(1 + first_j) tells half-lives less exactly, for there the first event counts most and the number hides the age.
 *
 * Parameters, in one array: [levels by decision | slopes | ln weights by decision | ln half-lives in days | ln share]. A weak normal
 * prior on each keeps what the data say nothing about where it began, and adds next to nothing where they do.
 */
import { BEHAVIOUR_LIFETIME, DAY, HOUR } from '../../src/glossary.ts'
import { LEVEL_COUNT } from './exposures.ts'

/** Where each kind of parameter begins in the array. */
export interface PaceLayout {
  /** Types of events. */
  readonly events: number
  /** Kinds of decisions that were seen, as places in OUTCOMES. */
  readonly decisions: readonly number[]
  readonly slopes: number
  readonly weights: number
  readonly halfLives: number
  readonly share: number
  readonly length: number
}

export function layoutOf(events: number, decisions: readonly number[]): PaceLayout {
  const slopes = decisions.length * LEVEL_COUNT
  const weights = slopes + decisions.length
  const halfLives = weights + decisions.length * events
  const share = halfLives + events
  return { events, decisions, slopes, weights, halfLives, share, length: share + 1 }
}

/** Of each parameter: its prior (mean, and 1 / variance) and its bounds. */
export interface PacePrior {
  readonly mean: Float64Array
  readonly precision: Float64Array
  readonly least: Float64Array
  readonly most: Float64Array
}

export const LEAST_DAYS = HOUR / DAY
export const MOST_DAYS = BEHAVIOUR_LIFETIME / DAY

/**
 * Of ln(half-life): so wide that where a half-life is told within a factor of 4, the prior has a twenty-fifth of the say. One that is
 * narrower makes long half-lives shorter and intervals smaller than the data do.
 */
const HALF_LIFE_DEVIATION = 2
/** Of ln(weight): nineteen of twenty are expected between 0.03 and 12. What is left open in a weight is left open in its half-life. */
const WEIGHT_DEVIATION = 1.5
const WEIGHT_MEAN = -0.5
const SHARE_DEVIATION = 2
const LEVEL_DEVIATION = 10

/** @param baseLogOdds By kind of decision. */
export function priorOf(layout: PaceLayout, priorDays: number, baseLogOdds: readonly number[]): PacePrior {
  const fill = (parts: {
    level: (decision: number) => number
    slope: number
    weight: number
    halfLife: number
    share: number
  }) =>
    Float64Array.from({ length: layout.length }, (_, at) => {
      if (at < layout.slopes) return parts.level(Math.floor(at / LEVEL_COUNT))
      if (at < layout.weights) return parts.slope
      if (at < layout.halfLives) return parts.weight
      return at < layout.share ? parts.halfLife : parts.share
    })
  return {
    mean: fill({
      level: (decision) => baseLogOdds[decision]!,
      slope: 1,
      weight: WEIGHT_MEAN,
      halfLife: Math.log(priorDays),
      share: -1,
    }),
    precision: fill({
      level: () => LEVEL_DEVIATION ** -2,
      slope: 1,
      weight: WEIGHT_DEVIATION ** -2,
      halfLife: HALF_LIFE_DEVIATION ** -2,
      share: SHARE_DEVIATION ** -2,
    }),
    least: fill({ level: () => -30, slope: -5, weight: -7, halfLife: Math.log(LEAST_DAYS), share: -6 }),
    most: fill({ level: () => 30, slope: 5, weight: 5, halfLife: Math.log(MOST_DAYS), share: 2 }),
  }
}
