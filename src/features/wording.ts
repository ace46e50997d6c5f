/** Words for people: numbers, plurals, ages. English, the same on every machine. */
import { DAY, HOUR, MINUTE, type Milliseconds } from '../glossary.ts'

/** 1200 -> "1,200"; 0.25 -> "0.25"; at most two decimals. */
export function numberText(value: number): string {
  const size = Math.abs(value)
  const rounded = size < 1e15 ? Math.round(size * 100) / 100 : size
  if (rounded < 1_000 && Number.isInteger(rounded)) return String(value < 0 ? -rounded : rounded)
  const [whole = '0', fraction] = String(rounded).split('.')
  const grouped = /^\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole
  return `${value < 0 && rounded > 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** visit -> visits, reply -> replies, launch -> launches: of the last word. */
export function pluralOf(noun: string): string {
  if (/[^aeiou]y$/i.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(?:s|x|ch|sh)$/i.test(noun) ? `${noun}es` : `${noun}s`
}

/** "1 visit", "3 visits", "no visits". */
export function countText(count: number, noun: string, plural = pluralOf(noun)): string {
  if (count === 0) return `no ${plural}`
  return `${numberText(count)} ${count === 1 ? noun : plural}`
}

/** "5 minutes", "1 hour", "2 days". */
export function spanText(span: Milliseconds): string {
  if (span < HOUR) return countText(Math.max(1, Math.floor(span / MINUTE)), 'minute', 'minutes')
  if (span < DAY) return countText(Math.floor(span / HOUR), 'hour', 'hours')
  return countText(Math.floor(span / DAY), 'day', 'days')
}

/** 0.314 -> "31.4 %", 0.0042 -> "0.42 %". */
export function percentText(share: number): string {
  const percent = 100 * share
  return `${percent.toFixed(percent < 1 ? 2 : 1)} %`
}
