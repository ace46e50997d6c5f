import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withTransaction } from '../../../src/db/database.ts'
import { markPeopleOfAccounts } from '../../../src/db/dirty-accounts.ts'
import { backlogOf, claimDirty } from '../../../src/db/dirty-claims.ts'
import { markDirty, markDirtyBy, markInBulk } from '../../../src/db/dirty-leads.ts'
import { applyMerges, undoMerges } from '../../../src/db/merges.ts'
import { loadScores } from '../../../src/db/scores.ts'
import { rescoreBatch } from '../../../src/jobs/rescoring/rescore-batch.ts'
import { scoreLeads } from '../../../src/jobs/score-leads.ts'
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
/** Two of one account, and the account. */
let ann: string
let bob: string
let acme: string

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  await addLiveLeads(pool, 40)
  await scoreLeads(pool, engine, { asOf: LIVE_FROM, scoredAt: LIVE_FROM, cause: 'score' })
  const { rows } = await pool.query<{ account: string; leads: string[] }>(
    `SELECT account_id AS account, array_agg(lead_id ORDER BY created_at DESC) AS leads
     FROM wonlost.leads JOIN wonlost.scores ON subject_kind = 'lead' AND subject_id = lead_id AND model = 'conversion'
     WHERE account_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1`,
  )
  acme = rows[0]!.account
  // ann came later than bob: she is not the first contact.
  ;[ann, bob] = rows[0]!.leads as [string, string]
})
afterAll(() => database.drop())
beforeEach(() =>
  database.pool.query('TRUNCATE wonlost.dirty_leads, wonlost.dirty_accounts, wonlost.rescoring_failures'),
)

const batch = (using: Engine = engine, limit = 16) => rescoreBatch(database.pool, using, { limit, clock })

/** What was learned within a minute before the last scoring may have been under way then, and counts as new. */
async function aMinuteLater(): Promise<void> {
  for (let i = 0; i < 60_002; i++) tick()
  await withTransaction(database.pool, (client) => markDirty(client, [ann], 'merge'))
  await batch()
}

const history = async (id: string) =>
  (
    await database.pool.query<{ cause: string; reasons: unknown }>(
      'SELECT cause, reasons FROM wonlost.score_history WHERE subject_id = $1 ORDER BY history_id DESC LIMIT 1',
      [id],
    )
  ).rows[0]

function boom(): never {
  throw new Error('boom')
}

/** As the engine, but for what happens to one lead. */
function failing(leadId: string, fail: () => void): Engine {
  const models = engine.models.map((model) => ({
    ...model,
    registry: {
      ...model.registry,
      computeRow(...given: Parameters<typeof model.registry.computeRow>) {
        if (given[0].leadId === leadId) fail()
        model.registry.computeRow(...given)
      },
    },
  }))
  return { ...engine, models }
}

describe('a batch', () => {
  it('scores whoever did something, the colleagues who read it, and the account, all as of one moment', async () => {
    const { pool } = database
    await happens(pool, ann)
    const outcome = await batch()
    expect(outcome).toMatchObject({ claimed: 1, settled: 1, failures: [] })
    const asOf = await asOfOf(pool, 'lead', ann)
    expect(asOf).toBeGreaterThan(LIVE_FROM)
    expect(await asOfOf(pool, 'lead', bob)).toBe(asOf)
    expect(await asOfOf(pool, 'account', acme)).toBe(asOf)
    expect(await backlogOf(pool)).toEqual({ leads: 0, oldest: null, setAside: 0 })
    expect(await batch()).toMatchObject({ claimed: 0 })
    expect(await expectStoredAsRecomputed(pool, engine)).toBeGreaterThan(40)
  })

  it('sees what was learned in the very millisecond, and waits for what is known only in a moment', async () => {
    const { pool } = database
    const knownAt = await happens(pool, ann)
    const at = (time: number) => rescoreBatch(pool, engine, { limit: 16, clock: async () => time })
    expect(await at(knownAt - 1)).toMatchObject({ claimed: 1, settled: 0 })
    expect(await at(knownAt)).toMatchObject({ claimed: 1, settled: 1 })
    expect(await asOfOf(pool, 'lead', ann)).toBe(knownAt + 1)
    await expectStoredAsRecomputed(pool, engine)
  })

  it('leaves colleagues alone when they read nothing of it; the account follows', async () => {
    const { pool } = database
    const mark = (cause: string) => withTransaction(pool, (client) => markDirty(client, [ann], cause))
    await aMinuteLater()
    const before = await asOfOf(pool, 'lead', bob)
    await happens(pool, ann, 'email_sent')
    await batch()
    const asOf = await asOfOf(pool, 'lead', ann)
    expect(asOf).toBeGreaterThan(before!)
    expect(await asOfOf(pool, 'lead', bob)).toBe(before)
    expect(await asOfOf(pool, 'account', acme)).toBe(asOf)
    // Nothing that is new explains this mark: it may be about facts of old.
    await aMinuteLater()
    await mark('event')
    await batch()
    expect(await asOfOf(pool, 'lead', bob)).toBe(await asOfOf(pool, 'lead', ann))
  })

  it('of several causes goes by the one that may concern colleagues', async () => {
    const { pool } = database
    await withTransaction(pool, (client) => markDirty(client, [ann], 'merge'))
    await batch()
    for (const causes of [
      ['event', 'merge'],
      ['merge', 'event'],
      ['account trait', 'import', 'event'],
    ]) {
      const before = await asOfOf(pool, 'lead', bob)
      await happens(pool, ann, 'email_sent')
      await withTransaction(pool, async (client) => {
        for (const cause of causes) await markDirty(client, [ann], cause)
      })
      await batch()
      expect(await asOfOf(pool, 'lead', bob), causes.join()).toBeGreaterThan(before!)
    }
    const before = await asOfOf(pool, 'lead', bob)
    await withTransaction(pool, (client) =>
      markDirtyBy(client, new Map([[ann, new Set(['identity', 'event'])]])),
    )
    await batch()
    expect(await asOfOf(pool, 'lead', bob)).toBeGreaterThan(before!)
  })

  it('keeps history with its cause, and reasons where the entry starts an action', async () => {
    const { pool } = database
    await pool.query('DELETE FROM wonlost.scores WHERE subject_id = ANY($1)', [[ann, bob]])
    await pool.query(
      `INSERT INTO wonlost.traits (subject_kind, subject_id, name, value, occurred_at, known_at, source)
       VALUES ('lead', $1, 'email', '"ann@rival.example"', $2, $2, 'test')`,
      [ann, new Date(tick())],
    )
    await withTransaction(pool, (client) => markDirty(client, [bob], 'event'))
    await batch()
    await withTransaction(pool, (client) => markDirty(client, [ann], 'trait'))
    await batch()
    expect(await history(ann)).toMatchObject({ cause: expect.stringMatching(/^(trait|colleague)$/) })
    await pool.query("UPDATE wonlost.scores SET verdict = 'eligible' WHERE subject_id = $1", [ann])
    await withTransaction(pool, (client) => markDirty(client, [ann], 'trait'))
    await batch()
    expect(await history(ann)).toEqual({
      cause: 'trait',
      reasons: { for: expect.any(Array), against: expect.any(Array) },
    })
    expect((await loadScores(pool, 'lead', ann))[0]?.verdict).toBe('disqualified')
  })

  it('of a crowd scores who did something and the account; the others are marked later, once', async () => {
    const { pool } = database
    const rest = Array.from({ length: 51 }, (_, n) => `crowd ${n}`)
    await pool.query(
      `INSERT INTO wonlost.leads SELECT id, $2, $3, $3, 'test' FROM unnest($1::text[]) AS id;`,
      [rest, acme, new Date(LIVE_FROM)],
    )
    await pool.query(
      `INSERT INTO wonlost.traits SELECT 'lead', id, 'title', '"CTO"', $2, $2, 'test' FROM unnest($1::text[]) AS id`,
      [rest, new Date(LIVE_FROM)],
    )
    const before = await asOfOf(pool, 'lead', bob)
    for (const leadId of [ann, rest[0]!]) {
      await happens(pool, leadId)
      await batch()
    }
    expect(await asOfOf(pool, 'lead', bob)).toBe(before)
    expect(await asOfOf(pool, 'account', acme)).toBe(await asOfOf(pool, 'lead', rest[0]!))
    const { rows } = await pool.query('SELECT account_id, due_at, revision FROM wonlost.dirty_accounts')
    expect(rows).toEqual([{ account_id: acme, due_at: expect.any(Date), revision: 2 }])
    await markPeopleOfAccounts(pool, rows[0].due_at.getTime() - 1)
    expect(await batch()).toMatchObject({ claimed: 0 })
    await markPeopleOfAccounts(pool, rows[0].due_at.getTime())
    while ((await batch()).claimed > 0);
    expect(await asOfOf(pool, 'lead', bob)).toBeGreaterThan(before!)
    expect((await pool.query('SELECT FROM wonlost.dirty_accounts')).rowCount).toBe(0)
    await expectStoredAsRecomputed(pool, engine)
    await pool.query("DELETE FROM wonlost.leads WHERE lead_id LIKE 'crowd %'")
    await pool.query("DELETE FROM wonlost.scores WHERE subject_id LIKE 'crowd %'")
  })

  it('is lost whole when its connection is cut before the end, and comes to the same when it is done again', async () => {
    const { pool } = database
    const before = await asOfOf(pool, 'lead', ann)
    await happens(pool, ann)
    let ending: Promise<unknown> | undefined
    const cut = rescoreBatch(pool, engine, {
      limit: 16,
      clock: async () => {
        await ending
        return tick()
      },
      breathe: async () => {},
      onClaimed: () => {
        ending = pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
      },
    })
    await expect(cut).rejects.toMatchObject({ code: 'database_unavailable' })
    expect(await asOfOf(pool, 'lead', ann)).toBe(before)
    expect((await backlogOf(pool)).leads).toBe(1)
    // The server may take a moment to notice that nobody holds the mark any more.
    await until(async () => (await batch()).settled === 1)
    await expectStoredAsRecomputed(pool, engine)
  })

  it('is taken from a process that stands still, and done by others', async () => {
    const { pool } = database
    await happens(pool, ann)
    let limits: unknown
    const frozen = async (client: pg.ClientBase) => {
      const said = await client.query('SHOW idle_in_transaction_session_timeout')
      limits ??= said.rows[0]
      await client.query("SET LOCAL idle_in_transaction_session_timeout = '50ms'")
      return clock()
    }
    const onClaimed = () => {
      // Nothing of this process runs meanwhile.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    }
    await expect(rescoreBatch(pool, engine, { limit: 16, clock: frozen, onClaimed })).rejects.toMatchObject({
      code: 'database_unavailable',
    })
    expect(limits).toEqual({ idle_in_transaction_session_timeout: '1min' })
    expect(await batch()).toMatchObject({ claimed: 1, settled: 1 })
  })

  it('holds up nobody who learns something while it scores, and leaves the mark of that', async () => {
    const { pool } = database
    await happens(pool, ann)
    let meanwhile: Promise<unknown> | undefined
    const first = rescoreBatch(pool, engine, {
      limit: 16,
      // It has the lead in hand, and goes on only when what is learned is committed.
      onClaimed: () => {
        meanwhile = happens(pool, ann)
      },
      clock: async () => {
        await meanwhile
        return tick()
      },
    })
    expect(await first).toMatchObject({ claimed: 1 })
    const before = await asOfOf(pool, 'lead', ann)
    expect((await backlogOf(pool)).leads).toBe(1)
    await batch()
    expect(await asOfOf(pool, 'lead', ann)).toBeGreaterThan(before!)
    await expectStoredAsRecomputed(pool, engine)
  })

  it('is of leads that nobody else has in hand', async () => {
    const { pool } = database
    await withTransaction(pool, (client) => markDirty(client, [ann, bob], 'event'))
    const taken = async (client: pg.PoolClient, limit: number) =>
      (await claimDirty(client, limit, tick())).map(({ leadId }) => leadId)
    await withTransaction(pool, async (client) => {
      const [one] = await taken(client, 1)
      expect([ann, bob]).toContain(one)
      const other = await withTransaction(pool, (client) => taken(client, 16))
      expect(other).toEqual([ann, bob].filter((id) => id !== one))
    })
    expect(await batch()).toMatchObject({ claimed: 2, settled: 2 })
  })

  it('takes what came in bulk last, unless something happens live', async () => {
    const { pool } = database
    const { rows } = await pool.query<{ id: string }>(
      `SELECT lead_id AS id FROM wonlost.leads WHERE account_id IS DISTINCT FROM $1 ORDER BY 1 LIMIT 2`,
      [acme],
    )
    const [first, second] = rows.map(({ id }) => id) as [string, string]
    await withTransaction(pool, (client) => markInBulk(client, [first, second], 'import'))
    expect(await backlogOf(pool)).toEqual({ leads: 2, oldest: null, setAside: 0 })
    await happens(pool, ann, 'email_sent')
    // Marks are kept to the millisecond.
    await pool.query('SELECT pg_sleep(0.002)')
    await happens(pool, second, 'email_sent')
    expect(await backlogOf(pool)).toMatchObject({ leads: 3, oldest: expect.any(Number) })
    const order: string[] = []
    while (
      (
        await rescoreBatch(pool, engine, {
          limit: 1,
          clock,
          onClaimed: (claimed) => order.push(...claimed.map(({ leadId }) => leadId)),
        })
      ).claimed > 0
    );
    expect(order).toEqual([ann, second, first])
  })

  it('tries an account that could not be scored again, by one of those for whom it was', async () => {
    const { pool } = database
    const broken: Engine = {
      ...engine,
      models: engine.models.map((model) =>
        model.registry.definition.entity === 'lead'
          ? model
          : { ...model, registry: { ...model.registry, computeRow: () => boom() } },
      ),
    }
    await happens(pool, ann)
    expect(await batch(broken)).toMatchObject({ claimed: 1, settled: 0, failures: [{ leadId: null }] })
    expect(await backlogOf(pool)).toMatchObject({ leads: 0, setAside: 1 })
    await pool.query('UPDATE wonlost.rescoring_failures SET retry_at = failed_at')
    expect(await batch()).toMatchObject({ claimed: 1, settled: 1 })
    expect(await asOfOf(pool, 'account', acme)).toBe(await asOfOf(pool, 'lead', ann))
  })

  it('sets aside who cannot be scored, keeps the others, and tries again later and later', async () => {
    const { pool } = database
    const broken = failing(ann, boom)
    await happens(pool, ann)
    await happens(pool, bob)
    const failed = await batch(broken)
    expect(failed).toMatchObject({ claimed: 2, settled: 1, failures: [{ leadId: ann }, { leadId: null }] })
    expect(await backlogOf(pool)).toMatchObject({ leads: 0, setAside: 1 })
    expect(await batch(broken)).toMatchObject({ claimed: 0 })
    const pauses: number[] = []
    for (const failures of [1, 2, 3]) {
      const { rows } = await pool.query(
        `SELECT failures, error, extract(epoch FROM retry_at - failed_at)::int AS pause, extract(epoch FROM retry_at) * 1000 AS at
         FROM wonlost.rescoring_failures WHERE lead_id = $1`,
        [ann],
      )
      expect(rows[0]).toMatchObject({ failures, error: 'Error: boom' })
      pauses.push(rows[0].pause)
      while (tick() < rows[0].at);
      if (failures < 3) expect(await batch(broken)).toMatchObject({ claimed: 1, settled: 0 })
    }
    expect(pauses).toEqual([5, 10, 20])
    expect(await batch()).toMatchObject({ claimed: 1, settled: 1 })
    const { rowCount } = await pool.query('SELECT FROM wonlost.rescoring_failures')
    expect(rowCount).toBe(0)
    await expectStoredAsRecomputed(pool, engine)
  })

  it('settles the marks of people who are gone, and scores those who were merged, and those who are apart again', async () => {
    const { pool } = database
    const act = { by: 'test', at: tick() }
    const asOne = { fromId: ann, intoId: bob, evidence: {} }
    await withTransaction(pool, (client) => applyMerges(client, 'lead', [asOne], act))
    expect(await batch()).toMatchObject({ claimed: 1, settled: 1 })
    expect(await asOfOf(pool, 'lead', ann)).toBeUndefined()
    await expectStoredAsRecomputed(pool, engine)
    await withTransaction(pool, (client) => undoMerges(client, 'all', act))
    expect(await batch()).toMatchObject({ claimed: 2, settled: 2 })
    expect(await asOfOf(pool, 'lead', ann)).toBe(await asOfOf(pool, 'lead', bob))
    await pool.query(
      `INSERT INTO wonlost.dirty_leads (lead_id, cause, marked_at) VALUES ('nobody', 'event', now())`,
    )
    expect(await batch()).toMatchObject({ claimed: 1, settled: 1, rescored: 0 })
  })

  it('does not put its scores over those of a later moment, and comes back', async () => {
    const { pool } = database
    await happens(pool, ann)
    const ahead = new Date(tick() + 1_000)
    await pool.query('UPDATE wonlost.scores SET as_of = $1 WHERE subject_id = $2', [ahead, ann])
    expect(await batch()).toMatchObject({ claimed: 1, settled: 0 })
    expect(await asOfOf(pool, 'lead', ann)).toBe(ahead.getTime())
    while (tick() <= ahead.getTime());
    expect(await batch()).toMatchObject({ claimed: 1, settled: 1 })
    await expectStoredAsRecomputed(pool, engine)
  })
})
