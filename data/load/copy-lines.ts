/** Lines of COPY's text format. https://www.postgresql.org/docs/current/sql-copy.html */
import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '../../src/glossary.ts'

/** null is NULL. */
export type CopyValue = string | number | boolean | null

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

export function copyLine(values: readonly CopyValue[]): string {
  let line = ''
  for (const [place, value] of values.entries()) {
    if (place > 0) line += '\t'
    if (value === null) line += '\\N'
    else if (typeof value === 'string') line += /[\\\t\n\r]/.test(value) ? escaped(value) : value
    else line += String(value)
  }
  return `${line}\n`
}

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character)
}

const dates = new Map<number, string>()

/** A time as PostgreSQL reads it, in UTC to the millisecond. The date is remembered: that halves the time it takes. */
export function copyTime(time: Milliseconds): string {
  const day = Math.floor(time / DAY)
  let date = dates.get(day)
  if (date === undefined) {
    date = new Date(day * DAY).toISOString().slice(0, 10)
    dates.set(day, date)
  }
  const rest = time - day * DAY
  const hour = Math.floor(rest / HOUR)
  const minute = Math.floor((rest % HOUR) / MINUTE)
  const second = (rest % MINUTE) / SECOND
  return `${date} ${hour}:${minute}:${second}+00`
}
