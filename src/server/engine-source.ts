/**
 * The engine that answers, kept up to date: it looks once a second, and at once when PostgreSQL says that a model was
 * promoted. A new engine takes the place of the old one in one assignment; a request keeps the one it began with. What cannot
 * be loaded changes nothing: the old engine goes on, and says why.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { asDatabaseError, isConnectionError } from '../db/connection-errors.ts'
import { MODELS_CHANNEL } from '../db/models.ts'
import { listenTo } from '../db/notices.ts'
import { WonlostError } from '../errors.ts'
import { type Milliseconds, modelTitle, SECOND } from '../glossary.ts'
import type { LoadedEngine } from './engine.ts'

export interface EngineStatus {
  /** null: none was loaded yet. */
  readonly loadedAt: Milliseconds | null
  /** The schema of the database fits. */
  readonly schemaFits: boolean
  /** Why the newest state of database and files is not what answers. */
  readonly problem: { readonly code: string; readonly message: string } | null
}

export interface EngineSource {
  /** Throws `engine_not_loaded` while there is none yet. */
  current(): LoadedEngine
  status(): EngineStatus
  /** Tries to load once, for a few seconds at most, then keeps looking. A database that is down is waited for in the background. */
  start(log: EngineLog): Promise<void>
  stop(): Promise<void>
}

interface EngineLog {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface EngineSourceOptions {
  readonly pool: pg.Pool
  /** Makes the schema fit. Called before the first load, and after the database was away. */
  readonly prepare: () => Promise<void>
  /** Gives back `previous` itself where nothing changed. */
  readonly load: (previous: LoadedEngine | null) => Promise<LoadedEngine>
  readonly now: () => Milliseconds
  /** How often to look. Default: every second. */
  readonly every?: Milliseconds
}

/** How long a start waits for the first engine before it goes on without one. */
const PATIENCE = 3 * SECOND

export function createEngineSource(options: EngineSourceOptions): EngineSource {
  const { pool, prepare, load, now, every = SECOND } = options
  let log: EngineLog = { info() {}, error() {} }
  let engine: LoadedEngine | null = null
  let loadedAt: Milliseconds | null = null
  let schemaFits = false
  let problem: EngineStatus['problem'] = null
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let rounding: Promise<void> = Promise.resolve()
  let looking: Promise<void> | null = null
  let lookAgain = false
  const notices = listenTo(pool, MODELS_CHANNEL, () => void look())

  async function refresh(): Promise<void> {
    try {
      if (!schemaFits) {
        await prepare()
        schemaFits = true
      }
      const next = await load(engine)
      if (next !== engine) {
        engine = next
        loadedAt = now()
        log.info(
          { models: next.engine.models.map((model) => `${modelTitle(model)} ${model.version}`) },
          'engine loaded',
        )
      }
      report(next.problems[0] ?? null)
    } catch (error) {
      if (isConnectionError(error) || isUnavailable(error)) schemaFits = false
      const known = asDatabaseError(error)
      report(
        {
          code: known instanceof WonlostError ? known.code : 'internal',
          message: known instanceof Error ? known.message : String(known),
        },
        error,
      )
    }
  }

  /** Logged when it begins, changes and ends, not every second. */
  function report(found: EngineStatus['problem'], error?: unknown): void {
    if (found?.message === problem?.message) return
    if (found) log.error({ code: found.code, detail: found.message, err: error }, 'engine not refreshed')
    else log.info({}, 'engine refreshed again')
    problem = found && { code: found.code, message: found.message }
  }

  /** One look at a time; a notice that comes meanwhile makes another one follow. */
  function look(): Promise<void> {
    if (looking) {
      lookAgain = true
      return looking
    }
    looking = (async () => {
      do {
        lookAgain = false
        await refresh()
      } while (lookAgain && !stopped)
    })().finally(() => {
      looking = null
    })
    return looking
  }

  async function round(): Promise<void> {
    await look()
    if (stopped) return
    if (schemaFits) await notices.ensure()
    if (stopped) return
    timer = setTimeout(() => {
      rounding = round()
    }, every)
  }

  return {
    current() {
      if (engine) return engine
      const why = problem ? `: ${problem.message}` : '.'
      throw new WonlostError('engine_not_loaded', `No model is loaded yet${why}`)
    },
    status: () => ({ loadedAt, schemaFits, problem }),
    async start(givenLog) {
      log = givenLog
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

function isUnavailable(error: unknown): boolean {
  return error instanceof WonlostError && error.code === 'database_unavailable'
}
