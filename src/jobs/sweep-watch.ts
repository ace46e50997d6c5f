/** Runs a sweep when what answers is not what made the stored scores: after a promotion, another policy, other rules. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { MINUTE, type Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import { outdated } from './sweep.ts'

export interface SweepWatchOptions {
  readonly pool: pg.Pool
  /** null: none is loaded yet. */
  readonly engine: () => Engine | null
  /** Fails where another process is at it. */
  readonly sweep: (signal: AbortSignal) => Promise<unknown>
  /** How often to look whether there is another engine. Default: every second. */
  readonly every?: Milliseconds
  /** Where it failed, or another process was at it: how soon to look again. Default: a minute. */
  readonly againAfter?: Milliseconds
}

/** Several processes may try: one sweep runs. It needs no queue, in which that of a server that was killed would stand for hours. */
export function watchForSweeps(options: SweepWatchOptions): { stop(): Promise<void> } {
  const { pool, engine, sweep, every = 1_000, againAfter = MINUTE } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let seen: Engine | null = null
  const watching = (async () => {
    for (let since = 0; !signal.aborted; since += every) {
      const current = engine()
      if (current && (current !== seen || since >= againAfter)) {
        since = 0
        // What cannot be told now is looked at again.
        const differs = await outdated(pool, current).catch(() => [])
        const isOutdated = differs === null || differs.length > 0
        if (isOutdated) await sweep(signal).catch(() => {})
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
