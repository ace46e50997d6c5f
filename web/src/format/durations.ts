/** Durations in words. */
import { WORDS } from './locales.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const UNITS = [
  ['week', /(\d+)W/],
  ['day', /(\d+)D/],
  ['hour', /T.*?(\d+)H/],
  ['minute', /T.*?(\d+)M/],
  ['second', /T.*?(\d+)S/],
] as const

type Unit = (typeof UNITS)[number][0]

const format = (unit: Unit, amount: number, unitDisplay: 'long' | 'short'): string =>
  new Intl.NumberFormat(WORDS, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(amount)

/** A duration of the policy, ISO 8601: `P1DT12H` as `1 day 12 hours`; what is none is given back as it is. */
export function durationText(duration: string): string {
  const parts = UNITS.flatMap(([unit, pattern]) => {
    const amount = Number(pattern.exec(duration)?.[1] ?? 0)
    return amount === 0 ? [] : [format(unit, amount, 'long')]
  })
  return parts.join(' ') || duration
}

/** How long something took, or has waited: `0.4 sec`, `12 min`. */
export function elapsedText(milliseconds: number): string {
  if (milliseconds < MINUTE) return format('second', milliseconds / 1_000, 'short')
  if (milliseconds < HOUR) return format('minute', milliseconds / MINUTE, 'short')
  return format('hour', milliseconds / HOUR, 'short')
}
