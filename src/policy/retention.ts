/** The section `retention` of the policy: how long raw data is kept. */
import { z } from 'zod'
import { strictFields } from '../checked-yaml.ts'
import { DAY, type Milliseconds } from '../glossary.ts'

const UNITS: Readonly<Record<string, Milliseconds>> = { Y: 366 * DAY, W: 7 * DAY, D: DAY }
const LEAST = 30 * DAY

/** A year is 366 days. */
function retentionOf(duration: string): Milliseconds {
  return Number(duration.slice(1, -1)) * UNITS[duration.slice(-1)]!
}

/** P3Y, P90D, P26W; milliseconds inside. null: for good. */
const kept = z
  .string()
  .regex(/^P\d{1,4}[YWD]$/, 'must be years, weeks or days (P3Y, P26W, P90D), or null: for good')
  .refine((given) => !/^P\d{1,4}[YWD]$/.test(given) || retentionOf(given) >= LEAST, 'must be at least P30D')
  .transform(retentionOf)
  .nullable()
  .default(null)

export const retentionSchema = strictFields({
  /** Events that happened longer ago go. Training sees no further back, and needs a year before its oldest row as well. */
  events: kept,
  /** Messages that could not be used. */
  rejected_messages: kept,
}).prefault({})
