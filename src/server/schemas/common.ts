/** What several schemas share: ids, times, query parameters. */
import { z } from 'zod'
import { parseTime } from '../../glossary.ts'
import { LIMITS } from '../limits.ts'

/** PostgreSQL keeps neither NUL nor half of a surrogate pair in a text. */
const UNKEEPABLE = /\0|\p{Surrogate}/u

/** Any text but an empty one: quotes, slashes, emoji and right-to-left marks are all fine in somebody's ids. */
function keepable(longest: number, text = z.string()) {
  return text
    .min(1, 'must not be empty')
    .max(longest, `must not be longer than ${longest} characters`)
    .refine((given) => !UNKEEPABLE.test(given), 'must not hold a NUL character or half of a surrogate pair')
}

export const idSchema = keepable(LIMITS.id)
export const commentSchema = keepable(LIMITS.comment)
/** Without blanks around it: blanks alone are no reason. */
export const reasonSchema = keepable(LIMITS.reason, z.string().trim())
export const nameSchema = keepable(LIMITS.name)

const TIME =
  'must be a time from 1970 on with a zone, such as 2026-11-21T00:00:00Z or 2026-11-21T01:00:00+01:00'

/** ISO 8601 with a zone, from 1970 on; milliseconds since the epoch inside. */
export const timeSchema = z
  .string(TIME)
  .transform((text, context) => {
    const time = parseTime(text)
    if (Number.isNaN(time) || time < 0) {
      context.addIssue({ code: 'custom', message: TIME, input: text })
      return z.NEVER
    }
    return time
  })
  .meta({ format: 'date-time', example: '2026-11-21T00:00:00Z' })

/** `now`, or a time. */
export const momentSchema = z.union([z.literal('now'), timeSchema], {
  error: `must be \`now\`, or ${TIME.replace('must be ', '')} (in an address + is written %2B)`,
})

/** A time in an answer. */
export const shownTime = z.string().meta({ format: 'date-time', examples: ['2026-11-21T00:00:00Z'] })

/** A whole number in a query string. */
export function countParameter(least: number, most: number) {
  return z
    .string(`must be given once, a whole number from ${least} to ${most}`)
    .refine(
      (text) => /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number from ${least} to ${most}`,
    )
    .transform(Number)
    .meta({ type: 'integer', minimum: least, maximum: most })
}

/** Of an entry, an attempt, a message: the database counts them beyond a thousand million. */
export const numberParameter = countParameter(1, 999_999_999_999_999)

export const flagParameter = z
  .string('must be true or false, given once')
  .refine((text) => text === 'true' || text === 'false', 'must be true or false')
  .transform((text) => text === 'true')
  .meta({ type: 'boolean' })
