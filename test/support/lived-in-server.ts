/** A server as `wonlost serve` starts it, on a test database with simulated leads, with an identity provider: it can be stopped and started again. */
import { generateInto } from '../../data/load.ts'
import type { SimulationOptions } from '../../data/simulator/process.ts'
import { newKey } from '../../src/api-key.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { insertKey } from '../../src/db/api-keys.ts'
import { DAY, SCOPES } from '../../src/glossary.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { loadEngine } from '../../src/server/engine.ts'
import { type RunningServer, startServer } from '../../src/server/main.ts'
import { keepModel, promote } from './app.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { CLIENT, startProvider, type TestProvider } from './identity-provider.ts'
import { createModelsFolder, TEST_POLICY, type TestModelsFolder } from './models-folder.ts'

export interface LivedInServer {
  readonly base: string
  readonly database: TestDatabase
  readonly folder: TestModelsFolder
  readonly provider: TestProvider
  /** With every scope. */
  readonly key: string
  readonly simulation: SimulationOptions
  stop(): Promise<void>
  /** At the same address. */
  start(): Promise<void>
  /** Scores everybody as of so many days from now, as the sweep will then. */
  sweepIn(days: number): Promise<void>
  end(): Promise<void>
}

const LEADS = 120
const POLICY = `${TEST_POLICY}
feedback:
  rejection_reasons:
    - { name: no_budget, label: Has no budget }
`

export async function startLivedInServer(): Promise<LivedInServer> {
  const database = await createTestDatabase()
  const folder = createModelsFolder()
  folder.write('policy.yaml', POLICY)
  // Another site than the server, to browsers.
  const provider = await startProvider('localhost')
  // The clock of the database is the real one: what is scored live is as of that.
  const began = Date.now()
  const endsAt = Math.floor(began / DAY) * DAY
  const simulation = { leads: LEADS, seed: 5, months: 24, endsAt, drift: true }
  await generateInto(database.pool, simulation, { reset: false })
  await promote(database.pool, await keepModel(database.pool), null)
  const key = newKey()
  const about = { name: 'all', scopes: SCOPES, createdBy: 'test', createdAt: began, expiresAt: null }
  await insertKey(database.pool, { ...key, ...about })

  let config: Config = readConfig(
    {
      DATABASE_URL: database.url,
      WONLOST_MODELS: folder.path,
      WONLOST_OIDC_ISSUER: provider.issuer,
      WONLOST_OIDC_CLIENT_ID: CLIENT.id,
      WONLOST_OIDC_CLIENT_SECRET: CLIENT.secret,
      WONLOST_OIDC_ROLES: 'wonlost-sales=sales,everything=admin',
    },
    { port: 0 },
  )
  let running: RunningServer | null = null
  const sweepAsOf = async (asOf: number): Promise<void> => {
    const engine = await loadEngine(database.pool, config)
    await scoreLeads(database.pool, engine, { asOf, scoredAt: Date.now(), cause: 'sweep', restart: true })
  }
  const start = async (): Promise<void> => {
    running = await startServer(config, { now: Date.now, logger: false })
    config = { ...config, port: Number(new URL(running.url).port) }
  }
  const stop = async (): Promise<void> => {
    await running?.close()
    running = null
  }
  await start()
  await sweepAsOf(endsAt)
  return {
    get base() {
      return `http://127.0.0.1:${config.port}`
    },
    database,
    folder,
    provider,
    key: key.key,
    simulation,
    stop,
    start,
    sweepIn: (days) => sweepAsOf(Date.now() + days * DAY),
    async end() {
      await stop()
      await provider.stop()
      await database.drop()
      folder.remove()
    },
  }
}
