/** ISO 8601 durations as the policy has them: weeks, days, hours, minutes, seconds. No months, so M is minutes. */
import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from './glossary.ts'

const UNITS = { W: 7 * DAY, D: DAY, H: HOUR, M: MINUTE, S: SECOND } as const

/** Of a whole text. No months or years, whose length depends on the date. */
export const ISO_DURATION = /^P(?=\d|T\d)(\d{1,4}W)?(\d{1,4}D)?(T(?=\d)(\d{1,4}H)?(\d{1,4}M)?(\d{1,4}S)?)?$/

/** PT1H, P1DT12H. */
export function durationOf(duration: string): Milliseconds {
  return [...duration.matchAll(/(\d+)([WDHMS])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
    0,
  )
}
