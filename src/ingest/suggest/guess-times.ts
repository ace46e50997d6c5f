/** How times are written in a column, by what is in it. */
import { UTC } from '../local-zone.ts'
import { ambiguousText, parseTimeFormat, type TimeFormat } from '../time-formats.ts'

const DATES = [
  'd/M/yyyy',
  'M/d/yyyy',
  'd.M.yyyy',
  'd-M-yyyy',
  'M-d-yyyy',
  'yyyy/M/d',
  'd.M.yy',
  'd/M/yy',
  'M/d/yy',
]
const WORDS = ['d MMM yyyy', 'd MMMM yyyy', 'MMM d, yyyy', 'MMMM d, yyyy', 'd-MMM-yyyy', 'd-MMM-yy']
const CLOCKS = ['', ' H:mm', ' H:mm:ss', ' h:mm a', ' h:mm:ss a', ', H:mm', ', h:mm a', ', h:mm:ss a']

/** Day before month first: of two that read the same texts, the first is taken. Two-digit years after those of four. */
const CANDIDATES: readonly TimeFormat[] = [
  ...['iso', 'iso_local', 'date', 'epoch_ms', 'epoch_s'],
  ...[...DATES, ...WORDS].flatMap((date) => CLOCKS.map((clock) => `${date}${clock}`)),
  'EEE, d MMM yyyy HH:mm:ss ZZZ',
]
  .map(parseTimeFormat)
  .filter((format) => 'read' in format)

const EARLIEST = Date.UTC(1980, 0)
const LATEST = Date.UTC(2100, 0)

/** More formats than this in one column are a coincidence. */
const MAX_FORMATS = 6

export interface TimesGuess {
  readonly formats: readonly TimeFormat[]
  /** Share of the texts that these formats read, 0 to 1. */
  readonly share: number
  /** A text that another format reads as another time just as well, and nothing in the column tells which is right. */
  readonly ambiguous: { readonly text: string; readonly other: string } | null
}

/** Whether numbers of a date begin with the day or the month. */
export type DateOrder = 'day' | 'month'

/** What a day after the 12th tells; null when there is none, or some of both. */
export function dateOrderOf(texts: readonly string[]): DateOrder | null {
  const orders = new Set<DateOrder>()
  for (const text of texts) {
    const match = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b/.exec(text)
    if (Number(match?.[1]) > 12) orders.add('day')
    if (Number(match?.[2]) > 12) orders.add('month')
  }
  const [order] = orders
  return orders.size === 1 ? order! : null
}

/** The fewest formats that read most of the texts, as far as they are in that order. */
export function guessTimes(texts: readonly string[], order: DateOrder | null = null): TimesGuess {
  const reads = (format: TimeFormat, text: string): boolean => {
    const time = format.read(text, UTC, 'start')
    return time >= EARLIEST && time < LATEST
  }
  const against = order === 'day' ? /^M[/-]/ : order === 'month' ? /^d[/.-]M[/.-]/ : null
  const candidates = CANDIDATES.filter(({ name }) => !against?.test(name))
  const formats: TimeFormat[] = []
  let ambiguous: TimesGuess['ambiguous'] = null
  let left = texts
  while (left.length > 0 && formats.length < MAX_FORMATS) {
    const counted = candidates
      .filter((format) => formats.every((chosen) => ambiguousText(chosen, format) === null))
      .map((format) => ({ format, count: left.filter((text) => reads(format, text)).length }))
    const best = counted.reduce((most, other) => (other.count > most.count ? other : most), NONE)
    if (best.count === 0) break
    ambiguous ??= otherReading(
      left.filter((text) => reads(best.format, text)),
      best.format,
      counted.filter(({ count }) => count === best.count),
    )
    formats.push(best.format)
    left = left.filter((text) => !reads(best.format, text))
  }
  return { formats, share: texts.length === 0 ? 0 : 1 - left.length / texts.length, ambiguous }
}

/** A text that another format with as much to say for it reads as another time. */
function otherReading(
  texts: readonly string[],
  chosen: TimeFormat,
  others: readonly { readonly format: TimeFormat }[],
): TimesGuess['ambiguous'] {
  for (const { format } of others)
    for (const text of texts) {
      const time = format.read(text, UTC, 'start')
      if (!Number.isNaN(time) && time !== chosen.read(text, UTC, 'start')) return { text, other: format.name }
    }
  return null
}

const NONE = { format: CANDIDATES[0]!, count: 0 }
