/**
 * The calendar of the simulated world. Laws are written by UTC day; within a day, visits and decisions follow the hours
 * of work. A day is an integer: days since 1970-01-01.
 */
import { DAY, type Milliseconds } from '../../src/glossary.ts'

export function dayOf(time: Milliseconds): number {
  return Math.floor(time / DAY)
}

/** Midnight at the start of a day. */
export function startOfDay(day: number): Milliseconds {
  return day * DAY
}

/** The part of its UTC day that has passed at `time`, in [0, 1). */
export function fractionOfDay(time: Milliseconds): number {
  return time / DAY - dayOf(time)
}

/** 0 Monday ... 6 Sunday (1970-01-01 was a Thursday). */
export function weekdayOf(day: number): number {
  return (day + 3) % 7
}

/** How many visits a day has against an average day. */
export const VISITS_BY_WEEKDAY = [1.22, 1.35, 1.32, 1.24, 1.02, 0.4, 0.45] as const

/** How many decisions (deals won or lost) a day has against an average day. */
export const DECISIONS_BY_WEEKDAY = [1.05, 1.3, 1.3, 1.35, 1.7, 0.15, 0.15] as const

/** Visits against an ordinary day of the year: the holidays and August are quiet. */
export function seasonOf(day: number): number {
  const date = new Date(day * DAY)
  const month = date.getUTCMonth()
  const dayOfMonth = date.getUTCDate()
  if ((month === 11 && dayOfMonth >= 22) || (month === 0 && dayOfMonth <= 3)) return 0.35
  if (month === 7) return 0.8
  return 1
}

/** Visits by hour, local time; sums to 1 after division by their sum. */
const VISITS_BY_HOUR = [1, 1, 1, 1, 1, 2, 3, 6, 12, 16, 17, 15, 11, 13, 16, 16, 15, 12, 8, 6, 5, 5, 4, 2]

/** Decisions by hour, UTC. */
const DECISIONS_BY_HOUR = [0, 0, 0, 0, 0, 0, 1, 4, 8, 10, 10, 8, 7, 10, 12, 12, 10, 8, 6, 4, 3, 2, 1, 0]

/** A distribution over the day: piecewise linear between the hours. */
interface DayClock {
  /** The share of the day's happenings before this fraction of the day. */
  before(fraction: number): number
  /** The fraction of the day before which this share happens: the inverse. */
  at(share: number): number
}

function createDayClock(byHour: readonly number[], utcOffsetHours: number): DayClock {
  const cumulative = new Float64Array(25)
  for (let hour = 0; hour < 24; hour++) {
    const weight = byHour[(((hour + utcOffsetHours) % 24) + 24) % 24] ?? 0
    cumulative[hour + 1] = (cumulative[hour] ?? 0) + weight
  }
  const total = cumulative[24] ?? 1
  for (let hour = 0; hour <= 24; hour++) cumulative[hour] = (cumulative[hour] ?? 0) / total
  return {
    before(fraction) {
      const hour = Math.min(23, Math.floor(fraction * 24))
      const low = cumulative[hour] ?? 0
      return low + (fraction * 24 - hour) * ((cumulative[hour + 1] ?? 1) - low)
    },
    at(share) {
      let hour = 0
      while (hour < 23 && (cumulative[hour + 1] ?? 1) <= share) hour++
      const low = cumulative[hour] ?? 0
      const width = (cumulative[hour + 1] ?? 1) - low
      return (hour + (width > 0 ? Math.min((share - low) / width, 1) : 0)) / 24
    },
  }
}

/** Visits of people in a time zone, by whole hours from UTC. */
const VISIT_CLOCKS: ReadonlyMap<number, DayClock> = new Map(
  [-6, 0, 1, 5, 9].map((zone) => [zone, createDayClock(VISITS_BY_HOUR, zone)]),
)

export const DECISION_CLOCK = createDayClock(DECISIONS_BY_HOUR, 0)

export function visitClock(zone: number): DayClock {
  const clock = VISIT_CLOCKS.get(zone)
  if (clock === undefined) throw new RangeError(`no visit clock for the zone ${zone}`)
  return clock
}

/** The time within a day at a fraction of it, on a whole second. */
export function timeAt(day: number, fraction: number): Milliseconds {
  return day * DAY + Math.min(Math.floor(fraction * 86_400), 86_399) * 1_000
}

/** `months` calendar months before `time`. */
export function monthsBefore(time: Milliseconds, months: number): Milliseconds {
  const date = new Date(time)
  date.setUTCMonth(date.getUTCMonth() - months)
  return date.getTime()
}
