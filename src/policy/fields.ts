/** Fields that several sections of the policy have. */
import { z } from 'zod'
import { ISO_DURATION } from '../iso-duration.ts'

/** Of a band, a line, a territory, a segment. */
export const policyName = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_-]*$/, 'must be small letters, digits, - and _, a letter first')

/** What people are told to do, or where a lead is to go. */
export const actionText = z.string().trim().min(1).max(200)

export const duration = z
  .string()
  .regex(
    ISO_DURATION,
    'must be an ISO 8601 duration in weeks, days, hours, minutes, seconds (PT1H, P1D, P1DT12H), or null',
  )
  .nullable()

/** One value or several; a list of them either way. */
export function oneOrMore<Schema extends z.ZodType<string>>(value: Schema) {
  return z
    .union([value, z.array(value).min(1).max(200)])
    .transform((given): readonly string[] => (Array.isArray(given) ? given : [given]))
}
