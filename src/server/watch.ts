/** Looks at the database again and again, and at once when PostgreSQL sends a notice. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { listenTo } from '../db/notices.ts'
import { type Milliseconds, SECOND } from '../glossary.ts'

export interface Watch {
  /** A look that begins after the call has ended when this resolves. */
  look(): Promise<void>
  /** Looks once, for a few seconds at most, then keeps looking. A database that is down is waited for in the background. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Where those who watch say what they find. */
export interface WatchLog {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface WatchOptions {
  readonly pool: pg.Pool
  /** Of the notices. */
  readonly channel: string
  readonly every: Milliseconds
  /** Never throws. Answers whether the database can be listened to. */
  readonly look: () => Promise<boolean>
}

/** How long a start waits for the first look before it goes on. */
const PATIENCE = 3 * SECOND

export function createWatch({ pool, channel, every, look: lookOnce }: WatchOptions): Watch {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let rounding: Promise<void> = Promise.resolve()
  let looking: Promise<void> | null = null
  let lookAgain = false
  let canListen = false
  const notices = listenTo(pool, channel, () => void look())

  /** One look at a time; who asks meanwhile makes another one follow. */
  function look(): Promise<void> {
    if (looking) {
      lookAgain = true
      return looking
    }
    looking = (async () => {
      do {
        lookAgain = false
        canListen = await lookOnce()
      } while (lookAgain && !stopped)
    })().finally(() => {
      looking = null
    })
    return looking
  }

  async function round(): Promise<void> {
    await look()
    if (stopped) return
    if (canListen) await notices.ensure()
    if (stopped) return
    timer = setTimeout(() => {
      rounding = round()
    }, every)
  }

  return {
    look,
    async start() {
      rounding = round()
      await Promise.race([rounding, wait(PATIENCE, undefined, { ref: false })])
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await rounding
      await looking
      await notices.close()
    },
  }
}
