/** Workers of one process that score again whatever was marked: woken by a notice, and looking by themselves. */
import type pg from 'pg'
import { DIRTY_CHANNEL } from '../../db/dirty-claims.ts'
import { listenTo } from '../../db/notices.ts'
import { MINUTE, type Milliseconds } from '../../glossary.ts'
import type { Engine } from '../../scoring/engine.ts'
import { createAlarm } from './alarm.ts'
import type { BatchOptions, BatchOutcome } from './rescore-batch.ts'
import { runWorker } from './worker.ts'

export interface RescoringOptions {
  readonly pool: pg.Pool
  /** null: none is loaded yet. */
  readonly engine: () => Engine | null
  readonly now: () => Milliseconds
  /** Told what fails; the same once in ten minutes. */
  readonly say: (text: string) => void
  /** Default 2: while the database works for one, another computes. */
  readonly workers?: number
  readonly clock?: BatchOptions['clock']
  readonly onBatch?: (outcome: BatchOutcome) => void
}

export interface Rescoring {
  /** Finishes the batches in hand. */
  stop(): Promise<void>
}

const TELL_AGAIN = 10 * MINUTE
/** Problems that were told: some name a lead, and each is another text. */
const MOST_REMEMBERED = 100

/** Returns at once. A database that is away is waited for. */
export function startRescoring(options: RescoringOptions): Rescoring {
  const { pool, engine, now, say, workers = 2, clock, onBatch } = options
  const stopping = new AbortController()
  const alarms = Array.from({ length: workers }, createAlarm)
  const [first, ...helpers] = alarms
  const notices = listenTo(pool, DIRTY_CHANNEL, () => first?.ring())
  const toldAt = new Map<string, Milliseconds>()
  const tell = (problem: string): void => {
    const last = toldAt.get(problem)
    if (last !== undefined && now() - last < TELL_AGAIN) return
    if (toldAt.size >= MOST_REMEMBERED) toldAt.clear()
    toldAt.set(problem, now())
    say(problem)
  }
  const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
  const running = alarms.map((alarm) =>
    runWorker({
      pool,
      engine,
      now,
      ...(clock ? { clock } : {}),
      alarm,
      isHelper: alarm !== first,
      stopping: stopping.signal,
      onMore() {
        for (const helper of helpers) helper.ring()
      },
      onIdle: () => void notices.ensure(),
      onProblem: (error) => tell(`Scores are not kept up to date: ${textOf(error)}`),
      onBatch(outcome) {
        const [failure] = outcome.failures
        if (failure) tell(`Somebody could not be scored, and will be tried again: ${textOf(failure.error)}`)
        onBatch?.(outcome)
      },
    }),
  )
  return {
    async stop() {
      stopping.abort()
      for (const alarm of alarms) alarm.ring()
      await Promise.all(running)
      await notices.close()
    },
  }
}
