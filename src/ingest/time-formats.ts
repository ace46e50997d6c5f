/** How times are written: by name (iso, epoch_ms...) or as a pattern of Luxon (dd/MM/yyyy HH:mm). */
import { DateTime } from 'luxon'
import { DAY, type Milliseconds, parseTime, SECOND } from '../glossary.ts'
import { type LocalZone, UTC } from './local-zone.ts'

/** What a date without a time of day stands for. */
export type DayEdge = 'start' | 'end'

export interface TimeFormat {
  /** As maps write it. */
  readonly name: string
  /** The text itself does not say the zone. */
  readonly local: boolean
  /** NaN when the text is not of this form. */
  read(text: string, zone: LocalZone, day: DayEdge): Milliseconds
}

export interface TimeReader {
  /** Names of the formats, in the order in which they are tried. */
  readonly formats: readonly string[]
  /** NaN when the text is of none of the formats, or of one that needs a zone where none is stated. */
  read(text: string, day: DayEdge): Milliseconds
  /** Only the zone is missing. */
  lacksZone(text: string): boolean
}

/** Longer texts are no times; patterns are not tried on them. */
const MAX_TIME = 100

/** The first moment of the day, or the last millisecond. */
function ofDay(wallMidnight: Milliseconds, zone: LocalZone, day: DayEdge): Milliseconds {
  return day === 'start' ? zone.toMoment(wallMidnight) : zone.toMoment(wallMidnight + DAY) - 1
}

function inZone(wall: Milliseconds, zone: LocalZone): Milliseconds {
  return Number.isNaN(wall) ? wall : zone.toMoment(wall)
}

const NAMED_FORMATS: readonly TimeFormat[] = [
  { name: 'iso', local: false, read: (text) => parseTime(text) },
  { name: 'iso_local', local: true, read: (text, zone) => inZone(parseTime(`${text}Z`), zone) },
  {
    name: 'date',
    local: true,
    read(text, zone, day) {
      const midnight = parseTime(`${text}T00:00Z`)
      return Number.isNaN(midnight) ? midnight : ofDay(midnight, zone, day)
    },
  },
  // 10 digits or fewer are seconds, 11 or more are milliseconds: up to the year 2286 no text is both.
  {
    name: 'epoch_ms',
    local: false,
    read: (text) => (/^\d{11,15}(\.0*)?$/.test(text) ? Number(text) : Number.NaN),
  },
  {
    name: 'epoch_s',
    local: false,
    read: (text) => (/^\d{1,10}(\.\d*)?$/.test(text) ? Math.round(Number(text) * SECOND) : Number.NaN),
  },
]

/** What files may hold that follow our own names; without a stated zone only the first. */
export const PLAIN_TIME_FORMATS: readonly TimeFormat[] = NAMED_FORMATS.slice(0, 3)

const TIME_FORMAT_NAMES: readonly string[] = NAMED_FORMATS.map(({ name }) => name)

/** Reads the name of a format. The error is a sentence about it: "is neither ... nor ...". */
export function parseTimeFormat(name: string): TimeFormat | { readonly error: string } {
  const named = NAMED_FORMATS.find((format) => format.name === name)
  return named ?? patternFormat(name)
}

const DATE_TOKENS: Readonly<Record<string, 'year' | 'month' | 'day' | 'date' | 'weekday'>> = {
  ...{ y: 'year', yy: 'year', yyyy: 'year' },
  ...{ M: 'month', MM: 'month', MMM: 'month', MMMM: 'month' },
  ...{ L: 'month', LL: 'month', LLL: 'month', LLLL: 'month' },
  ...{ d: 'day', dd: 'day', o: 'date', ooo: 'date' },
  ...{ EEE: 'weekday', EEEE: 'weekday', ccc: 'weekday', cccc: 'weekday' },
}
const CLOCK_TOKENS: ReadonlySet<string> = new Set('H HH h hh m mm s ss S SSS u uu uuu a'.split(' '))
const ZONE_TOKENS: ReadonlySet<string> = new Set(['z', 'Z', 'ZZ', 'ZZZ'])
/** One language for names of months and days, whatever the machine's. */
const LOCALE = 'en'

function patternFormat(pattern: string): TimeFormat | { readonly error: string } {
  if (pattern.length > MAX_TIME) return { error: `must not be longer than ${MAX_TIME} characters` }
  if (pattern.split("'").length % 2 === 0) return { error: 'must close each single quote' }
  // What stands in single quotes is itself.
  const tokens = pattern.replace(/'[^']*'/g, ' ').match(/([a-z])\1*/gi) ?? []
  const fault = patternFault(tokens)
  if (fault !== null) return { error: fault }
  const parser = DateTime.buildFormatParser(pattern, { locale: LOCALE })
  const local = !tokens.some((token) => ZONE_TOKENS.has(token))
  const isDate = !tokens.some((token) => CLOCK_TOKENS.has(token))
  return {
    name: pattern,
    local,
    read(text, zone, day) {
      if (text.length > MAX_TIME) return Number.NaN
      // Luxon leaves open which moment of an hour that comes twice it takes, so it only reads the wall.
      const wall = DateTime.fromFormatParser(text, parser, { zone: 'utc', locale: LOCALE }).toMillis()
      if (Number.isNaN(wall) || !local) return wall
      return isDate ? ofDay(wall, zone, day) : zone.toMoment(wall)
    },
  }
}

function patternFault(tokens: readonly string[]): string | null {
  const known = (token: string): boolean =>
    token in DATE_TOKENS || CLOCK_TOKENS.has(token) || ZONE_TOKENS.has(token)
  const allowed = `must be one of ${TIME_FORMAT_NAMES.join(', ')} or a pattern such as dd/MM/yyyy HH:mm`
  const unknown = tokens.find((token) => !known(token))
  if (unknown !== undefined) {
    const lower = unknown.toLowerCase()
    const instead = lower !== unknown && known(lower) ? `; for ${unknown} write ${lower}` : ''
    return `${allowed}; "${unknown}" is no part of a pattern${instead} (letters that stand for themselves go into single quotes)`
  }
  const parts = new Set(tokens.map((token) => DATE_TOKENS[token]))
  const missing = parts.has('date')
    ? ['year'].filter(() => !parts.has('year'))
    : (['year', 'month', 'day'] as const).filter((part) => !parts.has(part))
  if (missing.length > 0)
    return `${allowed}; it has no ${missing.join(', no ')} (yyyy, MM, dd; mm are minutes)`
  if (tokens.includes('a') && tokens.some((token) => token.startsWith('H')))
    return 'must have h beside a (am, pm), not H'
  return null
}

/** Dates of which day, month and the last two digits of the year could each be another's, with one digit or two. */
const PROBES = [DateTime.utc(2005, 4, 3, 6, 7, 8), DateTime.utc(2012, 11, 10, 6, 7, 8)]

/** A text that the two formats read as different times; null when there is none. Then their order cannot be right for every row. */
export function ambiguousText(first: TimeFormat, second: TimeFormat): string | null {
  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    if (TIME_FORMAT_NAMES.includes(one.name)) continue
    for (const probe of PROBES) {
      const text = probe.toFormat(one.name, { locale: LOCALE })
      const read = other.read(text, UTC, 'start')
      if (!Number.isNaN(read) && read !== one.read(text, UTC, 'start')) return text
    }
  }
  return null
}

/** Tries the formats in order. Without a zone, texts that do not say theirs are not read. */
export function createTimeReader(formats: readonly TimeFormat[], zone: LocalZone | null): TimeReader {
  const usable = zone === null ? formats.filter(({ local }) => !local) : formats
  const unusable = zone === null ? formats.filter(({ local }) => local) : []
  const place = zone ?? UTC
  return {
    formats: formats.map(({ name }) => name),
    read(text, day) {
      for (const format of usable) {
        const time = format.read(text, place, day)
        if (!Number.isNaN(time)) return time
      }
      return Number.NaN
    },
    lacksZone: (text) => unusable.some((format) => !Number.isNaN(format.read(text, place, 'start'))),
  }
}
