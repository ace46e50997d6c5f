/** Times in the reader's zone. */
import { WORDS } from './locales.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const exact = new Intl.DateTimeFormat(WORDS, { dateStyle: 'full', timeStyle: 'long' })
const clock = new Intl.DateTimeFormat(WORDS, { timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat(WORDS, { numeric: 'auto', style: 'short' })

const day = new Intl.DateTimeFormat(WORDS, { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat(WORDS, { dateStyle: 'medium' })

/** `12 Nov`. */
export const dayText = (time: number): string => day.format(time)

export const dayAndYearText = (time: number): string => dayAndYear.format(time)

export const exactTime = (time: number): string => exact.format(time)

export const clockTime = (time: number): string => clock.format(time)

/** As the server writes a time into its sentences. */
const WRITTEN = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** A sentence of the server with the times in it as the reader's: `once, at 10 Sept 2026, 11:50`. */
export function withReadersTimes(sentence: string): string {
  return sentence.replaceAll(WRITTEN, (written) => {
    const time = Date.parse(written)
    return Number.isNaN(time) ? written : `${dayAndYearText(time)}, ${clockTime(time)}`
  })
}

/** `in 2 hr.`, `3 days ago`: in the largest unit of which there is one. */
export function relativeTime(time: number, now: number): string {
  const away = time - now
  const size = Math.abs(away)
  // The clock of the page goes by quarters of a minute: what was just done would be told as to come.
  if (size < MINUTE) return relative.format(0, 'second')
  if (size < HOUR) return relative.format(Math.trunc(away / MINUTE), 'minute')
  if (size < DAY) return relative.format(Math.trunc(away / HOUR), 'hour')
  if (size < 60 * DAY) return relative.format(Math.trunc(away / DAY), 'day')
  if (size < 730 * DAY) return relative.format(Math.trunc(away / (30 * DAY)), 'month')
  return relative.format(Math.trunc(away / (365 * DAY)), 'year')
}
