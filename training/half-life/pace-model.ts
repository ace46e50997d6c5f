/**
 * How events act on the pace at which a target is reached, the form in which half-lives are learned:
 *
 *   log-odds of case against base = level(time since entry) + slope * background
 *       + ln(1 + sum over types j of weight_j * (own_j + share * colleagues_j)),
 *   own_j = sum over the lead's events of type j of 2^(-age / halfLife_j),
 *
 * so that each event adds to the pace, in units of the pace without any, and then fades: weight_j >= 0 says by how much. A type that
 * slows things down has weight 0 here, and keeps the prior. A form that is linear in ln(1 + own_j) tells half-lives less exactly,
 * for there the first event counts most and the number hides the age.
 *
 * Parameters, in one array: [levels | slope | ln weights | ln half-lives in days | ln share]. A weak normal prior on each keeps what
 * the data say nothing about where it began, and adds next to nothing where they do.
 */
import { BEHAVIOUR_LIFETIME, DAY, HOUR } from '../../src/glossary.ts'
import { LEVEL_COUNT } from './exposures.ts'

/** Where each kind of parameter begins in the array. */
export interface PaceLayout {
  readonly events: number
  readonly slope: number
  readonly weights: number
  readonly halfLives: number
  readonly share: number
  readonly length: number
}

export function layoutOf(events: number): PaceLayout {
  const slope = LEVEL_COUNT
  const weights = slope + 1
  const halfLives = weights + events
  const share = halfLives + events
  return { events, slope, weights, halfLives, share, length: share + 1 }
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

/** ln of a half-life: nineteen of twenty are expected within a factor of six of the prior's. */
const HALF_LIFE_DEVIATION = 0.9
const WEIGHT_DEVIATION = 4.5
const SHARE_DEVIATION = 2
const LEVEL_DEVIATION = 100

export function priorOf(layout: PaceLayout, priorDays: number, baseLogOdds: number): PacePrior {
  const fill = (parts: { level: number; slope: number; weight: number; halfLife: number; share: number }) =>
    Float64Array.from({ length: layout.length }, (_, at) => {
      if (at < layout.slope) return parts.level
      if (at === layout.slope) return parts.slope
      if (at < layout.halfLives) return parts.weight
      return at < layout.share ? parts.halfLife : parts.share
    })
  return {
    mean: fill({ level: baseLogOdds, slope: 1, weight: -1, halfLife: Math.log(priorDays), share: -1 }),
    precision: fill({
      level: LEVEL_DEVIATION ** -2,
      slope: 1,
      weight: WEIGHT_DEVIATION ** -2,
      halfLife: HALF_LIFE_DEVIATION ** -2,
      share: SHARE_DEVIATION ** -2,
    }),
    least: fill({ level: -30, slope: -5, weight: -7, halfLife: Math.log(LEAST_DAYS), share: -6 }),
    most: fill({ level: 30, slope: 5, weight: 5, halfLife: Math.log(MOST_DAYS), share: 2 }),
  }
}
