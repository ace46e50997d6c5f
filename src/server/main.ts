/** Listens. Opens what the application needs, and closes it when it stops. */
import { randomInt } from 'node:crypto'
import type { Config } from '../config.ts'
import { openDatabase } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import type { Milliseconds } from '../glossary.ts'
import { type Background, startBackground } from '../jobs/background.ts'
import { type Rescoring, startRescoring } from '../jobs/rescoring/rescoring.ts'
import { retentionJob } from '../jobs/rights/retention.ts'
import { type ScheduledJob, scheduledWork } from '../jobs/schedule.ts'
import { SWEEP } from '../jobs/sweep.ts'
import { watchForSweeps } from '../jobs/sweep-watch.ts'
import { webhookWork } from '../jobs/webhooks/work.ts'
import { dashboardFolder, modelsFolder, packageVersion } from '../package-folder.ts'
import { listenError } from './address.ts'
import { type AppOptions, buildApp } from './app.ts'
import { refreshEngine } from './engine.ts'
import { createEngineSource, type EngineStatus } from './engine-source.ts'
import { createKeySource } from './key-source.ts'
import { LIMITS } from './limits.ts'
import { refuseOpenServer } from './loopback.ts'
import { createRateLimiter } from './rate-limits.ts'
import { rescoringOnThread } from './rescoring-on-thread.ts'
import { createIdentityProvider } from './sign-in/identity-provider.ts'
import { createTrackingMapSource } from './tracking/map-source.ts'

export interface ServerOptions {
  readonly now: () => Milliseconds
  readonly logger: AppOptions['logger']
  /** Told what takes long while the database opens. */
  readonly say?: (text: string) => void
  readonly signal?: AbortSignal
  /** Run by their schedules once the server listens, with the address of the database. That of the name `sweep` also when the engine changed. */
  readonly scheduled?: readonly ServerJob[]
  /** Scores are kept up to date on a thread of its own: only of the compiled program. Default: beside the answers. */
  readonly rescoringThread?: boolean
}

export interface ServerJob extends Omit<ScheduledJob, 'run'> {
  readonly run: (databaseUrl: string, signal: AbortSignal) => Promise<void>
}

export interface RunningServer {
  /** `http://127.0.0.1:8787`. */
  readonly url: string
  readonly status: () => EngineStatus
  /** Finishes what was accepted, then closes everything. Safe to call twice. */
  readonly close: () => Promise<void>
}

/**
 * Starts a server at `config.host` and `config.port` (0: any free one). It starts with the database of DATABASE_URL down, too,
 * and is ready when that is back. Throws `configuration_invalid` for a server without keys that others can reach,
 * `address_unavailable`, and for the embedded database what `openDatabase` throws.
 */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer> {
  const { now, logger, say, signal, scheduled = [], rescoringThread = false } = options
  refuseOpenServer(config)
  const database = await openDatabase(config, {
    migrate: false,
    queryTimeout: LIMITS.query,
    ...(say ? { say } : {}),
    ...(signal ? { signal } : {}),
  })
  const folder = modelsFolder(config)
  const engine = createEngineSource({
    pool: database.pool,
    prepare: async () => {
      await migrate(database.url)
    },
    load: (previous) => refreshEngine(database.pool, folder, previous, now()),
    now,
  })
  const webhookRules = { allowHttp: config.webhookAllowHttp, allowNetworks: config.webhookAllowNetworks }
  const app = buildApp({
    pool: database.pool,
    engine,
    trackingMap: createTrackingMapSource(folder, (problem) => app.log.error(problem.message)),
    webhookRules,
    now,
    logger,
    version: packageVersion(),
    dashboard: dashboardFolder(),
    ingestOrigins: config.ingestOrigins,
    ...(config.auth === 'off'
      ? { auth: config.auth, loopback: config.host }
      : {
          auth: {
            keys: createKeySource({ pool: database.pool, now }),
            limiter: createRateLimiter(config.rateLimits),
          },
          identityProvider: config.identityProvider && createIdentityProvider(config.identityProvider),
        }),
  })
  let rescoring: Rescoring | undefined
  let sweeps: ReturnType<typeof watchForSweeps> | undefined
  let background: Background | undefined
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= (async () => {
      const late = setTimeout(() => app.server.closeAllConnections(), LIMITS.drain)
      const ended = Promise.all([sweeps?.stop(), background?.stop(), rescoring?.stop()])
      await app.close().finally(() => clearTimeout(late))
      await ended
      await database.close()
    })()
    return closing
  }
  try {
    const url = await app.listen({ host: config.host, port: config.port })
    const webhooks = webhookWork({
      pool: database.pool,
      rules: webhookRules,
      engine: () => engine.current().engine,
      now,
      random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
      say: (text) => app.log.warn(text),
    })
    const { pool } = database
    const warn = (text: string): void => app.log.warn(text)
    const currentEngine = () => (engine.status().loadedAt === null ? null : engine.current().engine)
    rescoring = rescoringThread
      ? rescoringOnThread({ config, url: database.url }, warn)
      : startRescoring({ pool, engine: currentEngine, now, say: warn })
    const jobs = scheduled.map((job) =>
      scheduledWork({ ...job, run: (stopped) => job.run(database.url, stopped) }),
    )
    const retention = scheduledWork(
      retentionJob({
        pool,
        policy: () => currentEngine()?.policy ?? null,
        now,
        say: (text) => app.log.info(text),
      }),
    )
    background = startBackground(pool, [...jobs, webhooks, retention], { say: warn })
    const sweep = scheduled.find(({ name }) => name === SWEEP)
    if (sweep)
      sweeps = watchForSweeps({
        pool,
        engine: currentEngine,
        sweep: (stopped) => sweep.run(database.url, stopped),
        say: warn,
      })
    return { url, status: engine.status, close }
  } catch (error) {
    await close()
    throw listenError(error, config)
  }
}

/** Of the random numbers that spread attempts to deliver. */
const RANDOM_STEPS = 2 ** 32
