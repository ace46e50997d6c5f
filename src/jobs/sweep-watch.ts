/**
 * Runs a sweep when what answers is not what made the stored scores (after a promotion, another policy, other rules), and goes on with one
 * whose server was killed.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { MINUTE, type Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import { isInterrupted, outdated } from './sweep.ts'

export interface SweepWatchOptions {
  readonly pool: pg.Pool
  /** null: none is loaded yet. */
  readonly engine: () => Engine | null
  /** Fails where another process is at it. */
  readonly sweep: (signal: AbortSignal) => Promise<unknown>
  /** Told why a sweep failed; the same once. */
  readonly say: (text: string) => void
  /** How often to look whether there is another engine. Default: every second. */
  readonly every?: Milliseconds
  /** Where it failed, or another process was at it: how soon to look again. Default: a minute. */
  readonly againAfter?: Milliseconds
}

/** Several processes may try: one sweep runs. It needs no queue, in which that of a server that was killed would stand for hours. */
export function watchForSweeps(options: SweepWatchOptions): { stop(): Promise<void> } {
  const { pool, engine, sweep, say, every = 1_000, againAfter = MINUTE } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let seen: Engine | null = null
  let lastProblem = ''

  async function look(current: Engine): Promise<void> {
    try {
      const differs = await outdated(pool, current)
      if (differs === null || differs.length > 0 || (await isInterrupted(pool))) await sweep(signal)
      lastProblem = ''
    } catch (error) {
      // That of another thread comes as a copy, which is of no class.
      const isOthers = error instanceof Error && 'code' in error && error.code === 'scoring_in_progress'
      if (isOthers || signal.aborted) return
      const problem = `Not all scores are up to date: ${error instanceof Error ? error.message : String(error)}`
      if (problem !== lastProblem) say(problem)
      lastProblem = problem
    }
  }

  const watching = (async () => {
    for (let since = 0; !signal.aborted; since += every) {
      const current = engine()
      if (current && (current !== seen || since >= againAfter)) {
        since = 0
        await look(current)
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
