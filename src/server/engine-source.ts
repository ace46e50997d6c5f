/**
 * The engine that answers, kept up to date: it looks once a second, and at once when PostgreSQL says that a model was
 * promoted. A new engine takes the place of the old one in one assignment; a request keeps the one it began with. What cannot
 * be loaded changes nothing: the old engine goes on, and says why.
 */
import type pg from 'pg'
import { asDatabaseError, isConnectionError } from '../db/connection-errors.ts'
import { MODELS_CHANNEL } from '../db/models.ts'
import { WonlostError } from '../errors.ts'
import { type Milliseconds, modelTitle, SECOND } from '../glossary.ts'
import type { LoadedEngine } from './engine.ts'
import { createWatch, type WatchLog } from './watch.ts'

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
  start(log: WatchLog): Promise<void>
  stop(): Promise<void>
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

export function createEngineSource(options: EngineSourceOptions): EngineSource {
  const { pool, prepare, load, now, every = SECOND } = options
  let log: WatchLog = { info() {}, error() {} }
  let engine: LoadedEngine | null = null
  let loadedAt: Milliseconds | null = null
  let schemaFits = false
  let problem: EngineStatus['problem'] = null
  const watch = createWatch({ pool, channel: MODELS_CHANNEL, every, look: refresh })

  /** Whether the database can be listened to. */
  async function refresh(): Promise<boolean> {
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
    return schemaFits
  }

  /** Logged when it begins, changes and ends, not every second. */
  function report(found: EngineStatus['problem'], error?: unknown): void {
    if (found?.message === problem?.message) return
    if (found) log.error({ code: found.code, detail: found.message, err: error }, 'engine not refreshed')
    else log.info({}, 'engine refreshed again')
    problem = found && { code: found.code, message: found.message }
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
      await watch.start()
    },
    stop: watch.stop,
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof WonlostError && error.code === 'database_unavailable'
}
