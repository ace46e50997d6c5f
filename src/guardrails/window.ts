/** Spans of time as rules write them: 14d, 12h, 30m. */
import { z } from 'zod'
import { DAY, HOUR, MINUTE, type Milliseconds } from '../glossary.ts'

const SPAN = /^([1-9]\d{0,4})([dhm])$/
const UNITS: Readonly<Record<string, Milliseconds>> = { d: DAY, h: HOUR, m: MINUTE }

export const durationSchema = z
  .string()
  .regex(SPAN, 'must be days, hours or minutes, such as 14d, 12h or 30m')

/** NaN for text that `durationSchema` refuses. */
export function millisecondsOf(text: string): Milliseconds {
  const [, amount, unit = ''] = SPAN.exec(text) ?? []
  return Number(amount) * (UNITS[unit] ?? Number.NaN)
}
