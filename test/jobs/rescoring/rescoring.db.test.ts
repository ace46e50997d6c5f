import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { withTransaction } from '../../../src/db/database.ts'
import { askForNotice, backlogOf, DIRTY_CHANNEL } from '../../../src/db/dirty-claims.ts'
import { markDirty } from '../../../src/db/dirty-leads.ts'
import { applyMerges } from '../../../src/db/merges.ts'
import { listenTo } from '../../../src/db/notices.ts'
import { importFile } from '../../../src/ingest/import-file.ts'
import { IMPORT_KINDS } from '../../../src/ingest/kinds/index.ts'
import { rescoreBatch } from '../../../src/jobs/rescoring/rescore-batch.ts'
import { startRescoring } from '../../../src/jobs/rescoring/rescoring.ts'
import { scoreLeads } from '../../../src/jobs/score-leads.ts'
import { isInterrupted, outdated, sweep } from '../../../src/jobs/sweep.ts'
import { watchForSweeps } from '../../../src/jobs/sweep-watch.ts'
import type { Engine } from '../../../src/scoring/engine.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import {
  addLiveLeads,
  asOfOf,
  clock,
  expectStoredAsRecomputed,
  happens,
  LIVE_FROM,
  liveEngine,
  tick,
} from '../../support/live-scoring.ts'
import { until } from '../../support/until.ts'

let database: TestDatabase
const engine = liveEngine()
let ids: string[]
const said: string[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  await addLiveLeads(pool, 40)
  await scoreLeads(pool, engine, { asOf: LIVE_FROM, scoredAt: LIVE_FROM, cause: 'score' })
  const { rows } = await pool.query<{ id: string }>(
    `SELECT subject_id AS id FROM wonlost.scores WHERE subject_kind = 'lead' AND model = 'conversion' ORDER BY 1`,
  )
  ids = rows.map(({ id }) => id)
})
afterAll(() => database.drop())
beforeEach(() => {
  said.length = 0
})

const start = (workers = 2) =>
  startRescoring({
    pool: database.pool,
    engine: () => engine,
    now: tick,
    clock,
    workers,
    say: (text) => said.push(text),
  })

const isDone = async () => (await backlogOf(database.pool)).leads === 0

it('two processes at once follow all that happens, also of one account, and come to what the facts say', async () => {
  const { pool } = database
  const processes = [start(), start()]
  const types = ['pricing_page_viewed', 'email_sent', 'demo_requested']
  for (let round = 0; round < 30; round++)
    await Promise.all(
      [0, 1, 2, 3].map((k) => happens(pool, ids[(round * 5 + k) % ids.length]!, types[(round + k) % 3]!)),
    )
  await until(isDone)
  await Promise.all(processes.map((one) => one.stop()))
  expect(said).toEqual([])
  const { rows } = await pool.query(
    `SELECT count(*) AS events, count(*) FILTER (WHERE as_of <= known_at) AS unseen
     FROM wonlost.events JOIN wonlost.scores ON subject_kind = 'lead' AND subject_id = lead_id AND model = 'conversion'
     WHERE events.source = 'test'`,
  )
  expect(rows).toEqual([{ events: 120, unseen: 0 }])
  await expectStoredAsRecomputed(pool, engine)
})

it('finds whose scores cannot be kept among many, tells of it, and goes on with the others', async () => {
  const { pool } = database
  const [poison] = ids as [string]
  await pool.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room for %', NEW.model; END $$;
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON wonlost.scores FOR EACH ROW WHEN (NEW.subject_id = '${poison}') EXECUTE FUNCTION refuse()`)
  const others = ids.slice(1, 6)
  // With an own account each, or else whoever is scored with the poison cannot be kept either.
  await withTransaction(pool, (client) => markDirty(client, [poison, ...others], 'event'))
  const rescoring = start(1)
  await until(isDone)
  await rescoring.stop()
  expect(said[0]).toMatch(/^Scores are not kept up to date: no room for /)
  const { rows } = await pool.query('SELECT lead_id, failures FROM wonlost.rescoring_failures')
  expect(rows, JSON.stringify(rows)).toContainEqual({ lead_id: poison, failures: 1 })
  await pool.query('DROP TRIGGER refuse ON wonlost.scores; TRUNCATE wonlost.rescoring_failures')
  const healed = start(1)
  await until(async () => (await pool.query('SELECT FROM wonlost.dirty_leads')).rowCount === 0)
  await healed.stop()
  await expectStoredAsRecomputed(pool, engine)
})

it('gives a notice at the first mark after somebody asked for one, and no more', async () => {
  const { pool } = database
  let notices = 0
  const listener = listenTo(pool, DIRTY_CHANNEL, () => {
    notices += 1
  })
  await listener.ensure()
  await askForNotice(pool)
  await happens(pool, ids[3]!)
  await happens(pool, ids[4]!)
  await until(() => notices > 0)
  // Notices come in order: one more, asked for, and there was none between.
  await askForNotice(pool)
  await happens(pool, ids[5]!)
  await until(() => notices > 1)
  expect(notices).toBe(2)
  await listener.close()
  await pool.query('TRUNCATE wonlost.dirty_leads')
})

it('a sweep leaves what was scored live meanwhile, and lets it go first', async () => {
  const { pool } = database
  const [ann] = ids as [string]
  const asOf = tick()
  let meanwhile: Promise<number> | undefined
  const happensLive = async (): Promise<number> => {
    await happens(pool, ann)
    while (!(await isDone())) await rescoreBatch(pool, engine, { limit: 16, clock })
    return (await asOfOf(pool, 'lead', ann))!
  }
  await scoreLeads(pool, engine, {
    asOf,
    isNow: true,
    scoredAt: asOf,
    cause: 'sweep',
    async yieldFirst() {
      meanwhile ??= happensLive()
      await meanwhile
    },
  })
  const live = await meanwhile
  expect(live).toBeGreaterThan(asOf)
  expect(await asOfOf(pool, 'lead', ann)).toBe(live)
  const { rows } = await pool.query('SELECT count(*) FROM wonlost.scores WHERE as_of = $1', [new Date(asOf)])
  expect(rows[0].count).toBeGreaterThan(40)
  await expectStoredAsRecomputed(pool, engine)
})

it('is asked for when what answers is not what made the scores, and done once', async () => {
  const { pool } = database
  expect(await outdated(pool, engine)).toEqual([])
  expect(await sweep(pool, engine, tick)).toBeNull()
  let current: Engine = engine
  let asked = 0
  const watch = watchForSweeps({
    pool,
    engine: () => current,
    sweep: async () => {
      asked += 1
    },
    say: (text) => said.push(text),
    every: 5,
  })
  const promoted = { ...engine, policy: { ...engine.policy, version: 5 } }
  expect(await outdated(pool, promoted)).toEqual(['the policy'])
  current = promoted
  await until(() => asked > 0)
  await watch.stop()
  expect(asked).toBe(1)
  expect(await sweep(pool, promoted, tick)).toMatchObject({ leads: expect.any(Number) })
  expect(await outdated(pool, promoted)).toEqual([])
  expect(await sweep(pool, promoted, tick)).toBeNull()
})

it('a sweep that was broken off is gone on with, one that fails says why, and who cannot be scored ends none', async () => {
  const { pool } = database
  const [ann] = ids as [string]
  const broken: Engine = {
    ...engine,
    models: engine.models.map((model) => ({
      ...model,
      registry: {
        ...model.registry,
        computeRow(...given: Parameters<typeof model.registry.computeRow>) {
          if (given[0].leadId === ann) throw new Error('boom')
          model.registry.computeRow(...given)
        },
      },
    })),
  }
  const run = (engine: Engine, given: { readonly yieldFirst?: () => Promise<void> } = {}) => {
    const asOf = tick()
    return scoreLeads(pool, engine, { asOf, isNow: true, scoredAt: asOf, cause: 'sweep', ...given })
  }
  const held: boolean[] = []
  const killed = run(broken, {
    async yieldFirst() {
      held.push(await isInterrupted(pool))
      throw new Error('killed')
    },
  })
  await expect(killed).rejects.toThrow('killed')
  expect([...held, await isInterrupted(pool)]).toEqual([false, true])
  const before = await asOfOf(pool, 'lead', ann)
  let tries = 0
  const watch = watchForSweeps({
    pool,
    engine: () => engine,
    async sweep() {
      tries += 1
      if (tries < 3) throw new Error('no room')
      expect(await run(broken)).toMatchObject({ setAside: 1 })
    },
    say: (text) => said.push(text),
    ...{ every: 5, againAfter: 5 },
  })
  await until(async () => !(await isInterrupted(pool)))
  await watch.stop()
  expect(said).toEqual(['Not all scores are up to date: no room'])
  expect(await asOfOf(pool, 'lead', ann)).toBe(before)
  const others = await Promise.all(ids.slice(1).map((id) => asOfOf(pool, 'lead', id)))
  expect(Math.min(...others.map(Number))).toBeGreaterThan(before!)
  const { rows } = await pool.query('SELECT lead_id, error FROM wonlost.rescoring_failures')
  expect(rows).toEqual([{ lead_id: ann, error: 'Error: boom' }])
  await pool.query('TRUNCATE wonlost.rescoring_failures, wonlost.dirty_leads')
  // As of another time, somebody asks for exactly this.
  const asOf = tick()
  const asked = scoreLeads(pool, broken, { asOf, scoredAt: asOf, cause: 'score' })
  await expect(asked).rejects.toThrow('boom')
  await run(engine)
})

it('what files bring is scored soon: whoever a row says something new of, and those whom somebody left', async () => {
  const { pool } = database
  await pool.query('TRUNCATE wonlost.dirty_leads')
  const { rows: found } = await pool.query<{ account: string; people: string[] }>(
    `SELECT account_id AS account, array_agg(lead_id ORDER BY lead_id) AS people FROM wonlost.leads WHERE account_id IS NOT NULL
     GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2`,
  )
  const [from, into] = found as [(typeof found)[0], (typeof found)[0]]
  const [ann, ...left] = from.people as [string, ...string[]]
  const folder = mkdtempSync(join(tmpdir(), 'wonlost-marks-'))
  const marksAfter = async (kind: string, ...lines: string[]): Promise<string[]> => {
    writeFileSync(join(folder, 'rows.csv'), lines.join('\n'))
    const of = IMPORT_KINDS.find(({ name }) => name === kind)!
    await importFile(pool, of, join(folder, 'rows.csv'), { now: tick() })
    const { rows } = await pool.query<{ lead_id: string }>(
      `DELETE FROM wonlost.dirty_leads WHERE cause = 'import' AND is_bulk RETURNING lead_id`,
    )
    return rows.map(({ lead_id }) => lead_id).sort()
  }
  try {
    const event = ['event_id,lead_id,type,occurred_at', `e_1,${ann},demo_requested,2024-12-31T00:00:00Z`]
    expect(await marksAfter('events', ...event)).toEqual([ann])
    expect(await marksAfter('events', ...event)).toEqual([])
    const account = ['account_id,created_at,employees', `${from.account},2024-01-01T00:00:00Z,4242`]
    expect(await marksAfter('accounts', ...account)).toEqual(from.people)
    const deal = 'deal_id,opened_at,outcome,contacts'
    const other = into.people[0]!
    expect(await marksAfter('deals', deal, `d_1,2024-12-01T00:00:00Z,open,${ann};${other}`)).toEqual(
      [ann, other].sort(),
    )
    expect(await marksAfter('deals', deal, `d_1,2024-12-01T00:00:00Z,open,${ann}`)).toEqual(
      [ann, other].sort(),
    )
    const moved = ['lead_id,created_at,account_id', `${ann},2024-06-01T00:00:00Z,${into.account}`]
    expect(await marksAfter('leads', ...moved)).toEqual([ann, ...left])
    // A merge takes somebody away as well.
    const asOne = { fromId: left[0]!, intoId: other, evidence: {} }
    await withTransaction(pool, (client) => applyMerges(client, 'lead', [asOne], { by: 'test', at: tick() }))
    const { rows } = await pool.query<{ lead_id: string }>('SELECT lead_id FROM wonlost.dirty_leads')
    expect(rows.map(({ lead_id }) => lead_id).sort()).toEqual([...left.slice(1), other].sort())
  } finally {
    rmSync(folder, { recursive: true })
  }
})
