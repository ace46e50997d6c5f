/** A run of the harness, from an empty folder to what it found: traffic on two servers, cycles of faults, and checks after each. */
import { join } from 'node:path'
import type pg from 'pg'
import type { Children } from '../bench/children.ts'
import { runToEnd } from '../bench/run-to-end.ts'
import { createRandom } from '../data/random.ts'
import { createPool } from '../src/db/database.ts'
import type { FaultArguments } from './arguments.ts'
import { createClient } from './client.ts'
import { createCycles } from './cycles.ts'
import { createDeliveries } from './deliveries.ts'
import { createInspector } from './inspector.ts'
import { acknowledged, createLedger } from './ledger.ts'
import { startPostgres } from './postgres.ts'
import { copyModels, prepare } from './prepare.ts'
import type { FaultReport } from './report.ts'
import type { Scene } from './scene.ts'
import { PROGRAM, startServerProcess } from './server-process.ts'
import { createTraffic, type KnownLead } from './traffic.ts'

export interface RunOptions extends FaultArguments {
  /** Empty, and not behind a folder that only its owner can enter. */
  readonly folder: string
  readonly children: Children
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

/** Connections of the harness itself, which do not go through the proxy. */
const CONNECTIONS = 4

/** Throws `faults_failed` where the run could not be made; what it found wrong is in the report. */
export async function runFaults(options: RunOptions): Promise<FaultReport> {
  const { folder, say } = options
  const opened: (() => Promise<unknown>)[] = []
  try {
    const postgres = await startPostgres(join(folder, 'home'), say)
    opened.push(postgres.close)
    const pool = createPool(postgres.url, CONNECTIONS)
    opened.push(() => pool.end())
    const deliveries = await createDeliveries()
    opened.push(deliveries.close, options.children.endAll)
    return await runOn({ ...options, postgres, pool, deliveries })
  } finally {
    for (const close of opened.toReversed()) await close()
  }
}

interface Opened extends RunOptions {
  readonly postgres: Scene['postgres']
  readonly pool: pg.Pool
  readonly deliveries: Awaited<ReturnType<typeof createDeliveries>>
}

async function runOn(options: Opened): Promise<FaultReport> {
  const { postgres, pool, deliveries, children, folder, seed, say } = options
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const models = join(folder, 'models')
  const env = {
    DATABASE_URL: postgres.proxiedUrl,
    WONLOST_HOME: join(folder, 'home'),
    WONLOST_MODELS: models,
    WONLOST_LOG_LEVEL: 'warn',
    WONLOST_MONITOR_SCHEDULE: 'off',
    WONLOST_WEBHOOK_ALLOW_HTTP: 'true',
    WONLOST_WEBHOOK_ALLOW_NETWORKS: '127.0.0.0/8',
    AUTH: 'off',
  }
  const start: Children['start'] = (program, args) => children.start(program, args, { env })
  const command = (...args: readonly string[]) =>
    runToEnd({ start, signal }, [process.execPath, PROGRAM, ...args], { why: `wonlost ${args[0]}` })
  copyModels(models)
  const isTraining = options.faults.includes('promotion') && options.cycles > 0
  const versions = await prepare({ run: command, leads: options.leads, seed, isTraining, say })

  const servers = [
    await startServerProcess({ start }, 'A', env),
    await startServerProcess({ start }, 'B', env),
  ]
  const urls = servers.map(({ url }) => url)
  const client = createClient(urls, signal)
  const { secret } = await client.post<{ secret: string }>('/v1/webhooks', () => ({
    url: deliveries.url,
    events: ['lead.band_changed', 'lead.verdict_changed', 'account.band_changed', 'account.verdict_changed'],
  }))
  deliveries.expect(secret)

  const ledger = createLedger()
  const { rows: leads } = await pool.query<KnownLead>(
    'SELECT lead_id AS "leadId", account_id AS "accountId" FROM wonlost.leads ORDER BY lead_id',
  )
  const traffic = createTraffic({
    ...{ client, ledger, leads, seed },
    onFailure: (error) => failed.abort(error),
  })
  const sweep = () =>
    command('score', '--all').then(
      () => true,
      () => {
        // Otherwise whoever tries until one comes to its end would try for ever.
        signal.throwIfAborted()
        return false
      },
    )
  const promote = async () => {
    // In turn: the same version again changes nothing, so that it can be asked for again.
    const version = versions.shift()!
    versions.push(version)
    await client.post('/v1/models/conversion/promote', () => ({ version, force: true, reason: 'Faults.' }))
  }
  const scene: Scene = { servers, postgres, sweep, promote }
  const inspector = await createInspector({ pool, models, ledger, deliveries, servers, signal })
  const cycles = createCycles({
    ...options,
    scene,
    client,
    traffic,
    inspector,
    signal,
    random: createRandom(seed, 2),
  })
  await cycles.run()
  const realClients = { hosts: urls, count: options.clients }
  if (inspector.isClean()) await inspector.finish({ sweep, realClients, say })
  signal.throwIfAborted()
  return {
    seed,
    ...cycles.summary,
    ...inspector.summary,
    acknowledged: acknowledged(ledger),
    again: client.counts.again,
    webhooks: deliveries.counts,
  }
}
