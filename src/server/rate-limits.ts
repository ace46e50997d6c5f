/**
 * How often a key may ask, by scope: counted in fixed windows, in the memory of each process, so that n processes together allow n
 * times as much. Said in the fields of draft-ietf-httpapi-ratelimit-headers-11, in which a quota is of a window in seconds.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimits } from '../config.ts'
import { type Scope, SECOND } from '../glossary.ts'

export interface RateLimiter {
  /** Counts a request. null: this scope has no limit. */
  count(scope: Scope, prefix: string): Promise<Allowance | null>
}

interface Allowance {
  readonly isAllowed: boolean
  /** Seconds until the window ends and counting begins anew. */
  readonly resetSeconds: number
  /** `RateLimit-Policy` and `RateLimit`. */
  readonly headers: Readonly<Record<string, string>>
}

/** Long enough for bursts, short enough that nobody who is told to wait waits long. */
export const WINDOW_SECONDS = 10

export function createRateLimiter(limits: RateLimits): RateLimiter {
  const limiters = new Map<Scope, RateLimiterMemory>()
  return {
    async count(scope, prefix) {
      const rate = limits[scope]
      if (rate === null) return null
      const quota = rate * WINDOW_SECONDS
      const limiter =
        limiters.get(scope) ?? new RateLimiterMemory({ points: quota, duration: WINDOW_SECONDS })
      limiters.set(scope, limiter)
      const { isAllowed, resetSeconds, remaining } = await countIn(limiter, prefix)
      return {
        isAllowed,
        resetSeconds,
        headers: {
          'ratelimit-policy': `"${scope}";q=${quota};w=${WINDOW_SECONDS}`,
          ratelimit: `"${scope}";r=${remaining};t=${resetSeconds}`,
        },
      }
    },
  }
}

/** Counts one of `who`. */
export async function countIn(
  limiter: RateLimiterMemory,
  who: string,
): Promise<{ readonly isAllowed: boolean; readonly resetSeconds: number; readonly remaining: number }> {
  const { isAllowed, result } = await limiter.consume(who).then(
    (result) => ({ isAllowed: true, result }),
    (result: unknown) => ({ isAllowed: false, result }),
  )
  // Refused with the same counts; anything else is a fault.
  if (!(result instanceof RateLimiterRes)) throw result
  const resetSeconds = Math.max(1, Math.ceil(result.msBeforeNext / SECOND))
  return { isAllowed, resetSeconds, remaining: result.remainingPoints }
}
