/** Times that are no times: dates, the moment of an import, the future. */
import type { TimeField } from '../../../src/db/data-check.ts'
import { numberText } from '../../../src/features/wording.ts'
import { formatTime } from '../../../src/glossary.ts'
import { percent } from '../../report/figures.ts'
import { defineFinding, type FindingKind, shareOf } from '../finding.ts'

/** Of fewer times nothing can be said. */
const LEAST_TIMES = 20
const MIDNIGHT_FROM = 0.95
/** Mailings go out to many in one second; whatever else shares one was stamped. */
const STAMP_FROM = 0.2
const STAMP_OF_EVENTS_FROM = 0.5
const FUTURE_HURTS_FROM = 0.01

/** Whole hours of the night in Europe, Africa and the east of America; at others our own mailings go out. */
const NIGHT_CLOCKS: ReadonlySet<string> = new Set(
  ['21', '22', '23', '00', '01', '02', '03', '04', '05'].map((hour) => `${hour}:00`),
)

export const TIME_FINDINGS: readonly FindingKind[] = [
  defineFinding({
    id: 'dates_without_time',
    find({ database: { times } }) {
      const dates = times.filter(isDateOnly)
      if (dates.length === 0) return null
      return {
        severity: 'look',
        text: `Dates without a time, all at midnight: ${namesOf(dates)}. What happened on a day has no order then.`,
        advice: 'Export the time as well. Of closing dates, let a map take the end of the day (`day: end`).',
        examples: dates.slice(0, 3).map(nameOf),
        share: shareOf(countOf(dates), countOf(times)),
        figures: { fields: dates.length },
      }
    },
  }),
  defineFinding({
    id: 'import_stamps',
    find({ database: { times } }) {
      const stamped = times.filter(isStamped)
      const [worst] = stamped
      if (!worst?.stamp) return null
      const { stamp, count } = worst
      return {
        severity: 'hurts',
        text: `Many times are the same second, as if stamped by an import: ${namesOf(stamped)}; of ${nameOf(worst)} ${percent(stamp.count / count)} are ${formatTime(stamp.at)}.`,
        advice: 'Export the field that says when it happened, and import again.',
        examples: stamp.examples,
        share: shareOf(
          stamped.reduce((sum, field) => sum + (field.stamp?.count ?? 0), 0),
          countOf(times),
        ),
        figures: { fields: stamped.length, stamp: formatTime(stamp.at), times: stamp.count },
      }
    },
  }),
  defineFinding({
    id: 'times_in_the_future',
    find({ database: { times } }) {
      const late = times.filter(({ future }) => future.count > 0)
      const [worst] = late
      if (!worst) return null
      const count = late.reduce((sum, { future }) => sum + future.count, 0)
      const largest = Math.max(...late.map((field) => shareOf(field.future.count, field.count)))
      return {
        severity: largest >= FUTURE_HURTS_FROM ? 'hurts' : 'look',
        text: `${numberText(count)} times lie in the future: ${namesOf(late)}. Training and scoring pass them over.`,
        advice:
          'Look at days and months in the wrong order, at time zones, and at expected dates taken for real ones.',
        examples: worst.future.examples,
        share: largest,
        figures: { times: count, fields: late.length },
      }
    },
  }),
]

function isDateOnly({ field, count, clocks }: TimeField): boolean {
  const counted = field.startsWith('events.') ? clocks.filter(({ clock }) => NIGHT_CLOCKS.has(clock)) : clocks
  const [first, second] = counted
  if (!first || count < LEAST_TIMES) return false
  // The same midnight is an hour apart in summer and winter; two other clocks are two habits.
  const isSummerTime = second !== undefined && Math.abs(hoursApart(first.clock, second.clock)) === 1
  return first.count + (isSummerTime ? second.count : 0) >= MIDNIGHT_FROM * count
}

/** Of 00:00 and 23:00: 1. */
function hoursApart(a: string, b: string): number {
  const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
  const apart = Math.abs(minutes(a) - minutes(b)) / 60
  return Math.min(apart, 24 - apart)
}

/** Midnights share their second with every other of that day: then it takes more. */
function isStamped(field: TimeField): boolean {
  if (!field.stamp || field.count < LEAST_TIMES) return false
  const strict = field.field.startsWith('events.') || isDateOnly(field)
  return field.stamp.count >= (strict ? STAMP_OF_EVENTS_FROM : STAMP_FROM) * field.count
}

function nameOf({ field, part }: TimeField): string {
  return part === '' ? field : `${field} (${part})`
}

function namesOf(fields: readonly TimeField[]): string {
  const more = fields.length - 3
  return `${fields.slice(0, 3).map(nameOf).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function countOf(fields: readonly TimeField[]): number {
  return fields.reduce((sum, { count }) => sum + count, 0)
}
