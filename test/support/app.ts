/** The application as `wonlost serve` builds it, on a test database and a small models folder, without a port. */
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { migrate } from '../../src/db/migrate.ts'
import { saveModel, setAlias } from '../../src/db/models.ts'
import type { TargetRules } from '../../src/jobs/webhooks/target.ts'
import { buildApp } from '../../src/server/app.ts'
import { refreshEngine } from '../../src/server/engine.ts'
import { createEngineSource, type EngineSource } from '../../src/server/engine-source.ts'
import type { Authentication } from '../../src/server/plugins/authentication.ts'
import type { IdentityProvider } from '../../src/server/sign-in/identity-provider.ts'
import { createTrackingMapSource } from '../../src/server/tracking/map-source.ts'
import { type TinyArtifact, tinyArtifact } from './artifacts.ts'
import type { TestDatabase } from './database.ts'

export const NOW = Date.parse('2026-11-21T12:00:00Z')

export interface TestApp {
  readonly app: FastifyInstance
  readonly engine: EngineSource
  /** What was logged, line by line. */
  readonly log: readonly string[]
}

export function createTestApp(
  database: Pick<TestDatabase, 'url' | 'pool'>,
  folder: string,
  options: {
    readonly every?: number
    readonly now?: number
    readonly auth?: Authentication
    readonly identityProvider?: IdentityProvider | null
    readonly webhookRules?: TargetRules
    readonly dashboard?: string
    readonly ingestOrigins?: readonly string[]
  } = {},
): TestApp {
  const log: string[] = []
  const now = options.now ?? NOW
  const engine = createEngineSource({
    pool: database.pool,
    prepare: async () => {
      await migrate(database.url)
    },
    load: (previous) => refreshEngine(database.pool, folder, previous, now),
    now: () => now,
    every: options.every ?? 20,
  })
  const app = buildApp({
    pool: database.pool,
    engine,
    trackingMap: createTrackingMapSource(folder),
    now: () => now,
    webhookRules: options.webhookRules ?? { allowHttp: false, allowNetworks: [] },
    version: '0.0.0',
    auth: options.auth ?? 'off',
    ingestOrigins: options.ingestOrigins ?? [],
    identityProvider: options.identityProvider ?? null,
    ...(options.dashboard === undefined ? {} : { dashboard: options.dashboard }),
    logger: { level: 'info', stream: { write: (line) => log.push(line) } },
  })
  return { app, engine, log }
}

/** Keeps the artifact as the next version of its name and returns that version. */
export async function keepModel(pool: pg.Pool, tiny: TinyArtifact = tinyArtifact()): Promise<number> {
  const { artifact, body } = tiny
  const model = await saveModel(pool, {
    name: artifact.name,
    segment: '',
    kind: 'logistic',
    artifactBody: body,
    definitionVersion: 1,
    report: { auc: 0.75 },
    cutoff: NOW,
    createdAt: NOW,
    createdBy: 'test',
  })
  return model.version
}

export async function promote(
  pool: pg.Pool,
  version: number,
  expectedRevision: number | null,
  name = 'conversion',
): Promise<number> {
  return setAlias(pool, {
    name,
    segment: '',
    alias: 'champion',
    version,
    expectedRevision,
    changedBy: 'test',
    reason: 'for a test',
    now: NOW,
  })
}

/** A lead with a company of 120 people, and three visits of the pricing page. */
export async function addLead(pool: pg.Pool, leadId: string, accountId: string | null = null): Promise<void> {
  const created = new Date(NOW - 20 * 86_400_000)
  if (accountId !== null) {
    await pool.query(`INSERT INTO wonlost.accounts VALUES ($1, $2, $2, 'test') ON CONFLICT DO NOTHING`, [
      accountId,
      created,
    ])
    await pool.query(
      `INSERT INTO wonlost.traits VALUES ('account', $1, 'employees', '120', $2, $2, 'test', false) ON CONFLICT DO NOTHING`,
      [accountId, created],
    )
  }
  await pool.query(`INSERT INTO wonlost.leads VALUES ($1, $2, $3, $3, 'test')`, [leadId, accountId, created])
  await pool.query(
    `INSERT INTO wonlost.traits VALUES ('lead', $1, 'email', '"ada@example.com"', $2, $2, 'test', false)`,
    [leadId, created],
  )
  for (const daysAgo of [12, 5, 2]) {
    const time = new Date(NOW - daysAgo * 86_400_000)
    await pool.query(
      `INSERT INTO wonlost.events VALUES ($1, $2, NULL, 'pricing_page_viewed', $3, $3, 'test', '{}')`,
      [`${leadId}:${daysAgo}`, leadId, time],
    )
  }
}
