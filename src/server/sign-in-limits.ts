/**
 * How often anybody may sign in: wrong keys by the address that sends them, right ones by the key. A right key is let in whatever else comes from
 * its address: behind a proxy all have the same, and nobody shall be able to lock the others out. Keys of 256 random bits are not guessed.
 */
import type { FastifyReply } from 'fastify'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { WonlostError } from '../errors.ts'
import { countIn } from './rate-limits.ts'

export interface SignInLimits {
  /** Throws `rate_limited` where too many wrong keys came from this address. */
  countWrong(reply: FastifyReply, address: string): Promise<void>
  /** Throws `rate_limited` where this key signed in too often. */
  countRight(reply: FastifyReply, prefix: string): Promise<void>
}

const WINDOW_SECONDS = 60
const WRONG_KEYS = 10
const SIGN_INS = 30

export function createSignInLimits(): SignInLimits {
  const wrong = new RateLimiterMemory({ points: WRONG_KEYS, duration: WINDOW_SECONDS })
  const right = new RateLimiterMemory({ points: SIGN_INS, duration: WINDOW_SECONDS })

  async function count(limiter: RateLimiterMemory, who: string, reply: FastifyReply, what: string) {
    const { isAllowed, resetSeconds } = await countIn(limiter, who)
    if (isAllowed) return
    reply.header('retry-after', String(resetSeconds))
    const message = `${what} within ${WINDOW_SECONDS} s: at most ${limiter.points}. Go on in ${resetSeconds} s.`
    throw new WonlostError('rate_limited', message)
  }

  return {
    countWrong: (reply, address) =>
      count(wrong, address, reply, 'Too many wrong keys came from this address'),
    countRight: (reply, prefix) => count(right, prefix, reply, 'Too many sign-ins with this key'),
  }
}
