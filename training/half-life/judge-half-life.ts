/**
 * Whether the data can tell a half-life. Where they cannot, the prior is kept, or what they allow that is nearest to it, and why is
 * said.
 */
import { LEAST_DAYS, MOST_DAYS } from './pace-model.ts'

/** From the lower to the upper end of the interval; wider is no answer. */
const WIDEST_FACTOR = 4

/** Of the standard normal, for 90 %. */
const Z_90 = 1.6448536269514722

/** Closer to a bound than this share, a half-life is at it. */
const AT_BOUND = 0.01

export interface JudgedHalfLife {
  readonly halfLifeDays: number
  /** 90 %, within the bounds; null where there was nothing to learn from. */
  readonly intervalDays: readonly [number, number] | null
  /** null: the data tell. */
  readonly because: string | null
}

/**
 * @param logDays ln of the half-life in days that fits best, with its standard error.
 * @param rows With an event of this type.
 */
export function judgeHalfLife(
  { logDays, error, rows }: { readonly logDays: number; readonly error: number; readonly rows: number },
  priorDays: number,
): JudgedHalfLife {
  if (rows === 0)
    return { halfLifeDays: priorDays, intervalDays: null, because: 'nobody who was looked at did this' }
  const days = Math.exp(logDays)
  const low = Math.max(LEAST_DAYS, Math.exp(logDays - Z_90 * error))
  const high = Math.min(MOST_DAYS, Math.exp(logDays + Z_90 * error))
  const intervalDays = [low, high] as const
  const prior = (because: string): JudgedHalfLife => ({ halfLifeDays: priorDays, intervalDays, because })
  if (days < LEAST_DAYS * (1 + AT_BOUND)) return prior('the shorter the better, down to the bound')
  if (days > MOST_DAYS * (1 - AT_BOUND)) return prior('the longer the better, up to the bound')
  // Asked of the interval before it is cut to the bounds, which know nothing.
  if (Math.exp(2 * Z_90 * error) > WIDEST_FACTOR) {
    if (high < priorDays) return { halfLifeDays: high, intervalDays, because: onlyThat('shorter') }
    if (low > priorDays) return { halfLifeDays: low, intervalDays, because: onlyThat('longer') }
    return prior('the data cannot tell')
  }
  return { halfLifeDays: days, intervalDays, because: null }
}

function onlyThat(side: 'shorter' | 'longer'): string {
  return `the data cannot tell, but that it is ${side}: the nearest that they allow`
}
