/** Asks for a sweep when what answers is not what made the stored scores: after a promotion, another policy, other rules. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { MINUTE, type Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import { outdated } from './sweep.ts'

export interface SweepWatchOptions {
  readonly pool: pg.Pool
  /** null: none is loaded yet. */
  readonly engine: () => Engine | null
  readonly ask: () => Promise<unknown>
  /** How often to look whether there is another engine. Default: every second. */
  readonly every?: Milliseconds
  /** A sweep that was asked for and did not end, or was none, is asked for again. Default: after a minute. */
  readonly askAgainAfter?: Milliseconds
}

/** Several processes may ask: one sweep runs. */
export function watchForSweeps(options: SweepWatchOptions): { stop(): Promise<void> } {
  const { pool, engine, ask, every = 1_000, askAgainAfter = MINUTE } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let seen: Engine | null = null
  const watching = (async () => {
    for (let sinceAsked = 0; !signal.aborted; sinceAsked += every) {
      const current = engine()
      if (current && (current !== seen || sinceAsked >= askAgainAfter)) {
        sinceAsked = 0
        // A database that is away is asked again.
        const differs = await outdated(pool, current).catch(() => [])
        const isOutdated = differs === null || differs.length > 0
        if (isOutdated) await ask().catch(() => {})
        seen = current
      }
      await wait(every, undefined, { signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await watching
    },
  }
}
