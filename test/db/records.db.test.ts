import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutRecords, loadLead, rangeReader, streamRecords } from '../../src/db/records.ts'
import { inSnapshot } from '../../src/db/snapshot.ts'
import type { AccountRecord } from '../../src/glossary.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase

const T = Date.parse('2026-03-01T10:00:00.123Z')

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  await pool.query(`
    INSERT INTO wonlost.accounts SELECT id, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'test' FROM unnest('{a,B,é,empty}'::text[]) AS id;
    INSERT INTO wonlost.leads VALUES
      ('l2', 'a', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'test'),
      ('l10', 'a', '2026-02-01T00:00:00.5Z', '2026-02-01T00:00:00Z', 'test'),
      ('Z', 'B', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'test'),
      ('alone', NULL, '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'test'),
      ('alone2', NULL, '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'test'),
      ('élodie', 'é', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'test');
    INSERT INTO wonlost.traits VALUES
      ('lead', 'l2', 'title', '"CTO 😀"', '2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', 'test', false),
      ('lead', 'l2', 'student', 'false', '2026-03-02T00:00:00Z', '2026-03-02T00:00:00Z', 'test', true),
      ('account', 'a', 'employees', '0.1', '2026-03-02T00:00:00Z', '2026-03-02T00:00:00Z', 'test', false),
      ('account', 'a', 'technologies', '["x", "y"]', '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', 'test', false);
    INSERT INTO wonlost.events VALUES
      ('e3', 'l2', NULL, 'later', '2026-03-01T10:00:00.124Z', '2026-03-01T10:00:00.124Z', 'test', '{}'),
      ('e2', 'l2', NULL, 'tie', '2026-03-01T10:00:00.123Z', '2026-03-01T10:00:01Z', 'test', '{"bot": true, "n": 1e3, "s": "\\"quoted\\""}'),
      ('E4', 'l2', NULL, 'tie', '2026-03-01T10:00:00.123Z', '2026-03-01T10:00:01Z', 'test', '{}'),
      ('e1', 'l2', NULL, 'known earlier', '2026-03-01T10:00:00.123Z', '2026-03-01T10:00:00.9Z', 'test', '{}'),
      ('e9', NULL, 'visitor', 'anonymous', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', 'test', '{}');
    INSERT INTO wonlost.deals VALUES
      ('d2', 'a', 'new_business', '2026-03-01T00:00:00Z', '2026-03-05T00:00:00Z', 'won', 12.5, 'EUR', NULL, '2026-03-06T00:00:00Z', 'test'),
      ('d1', 'a', 'expansion', '2026-02-01T00:00:00Z', NULL, 'open', NULL, NULL, NULL, '2026-03-05T00:00:00Z', 'test'),
      ('shared', 'B', 'new_business', '2026-03-02T00:00:00Z', '2026-03-05T00:00:00Z', 'lost', NULL, NULL, 'price', '2026-03-05T00:00:00Z', 'test'),
      ('free', NULL, 'new_business', '2026-03-02T00:00:00Z', NULL, 'open', NULL, NULL, NULL, '2026-03-05T00:00:00Z', 'test');
    INSERT INTO wonlost.deal_contacts VALUES ('d2', 'l2', false), ('d2', 'l10', true), ('shared', 'Z', true), ('shared', 'l10', false), ('free', 'alone', true);
    INSERT INTO wonlost.deal_stages VALUES
      ('d2', 'proposal', '2026-03-03T00:00:00Z', '2026-03-03T00:00:00Z'), ('d2', 'discovery', '2026-03-01T00:00:00Z', '2026-03-03T00:00:00Z');
  `)
})
afterAll(() => database.drop())

async function collect(leadIds?: readonly string[]): Promise<AccountRecord[]> {
  const records: AccountRecord[] = []
  for await (const record of streamRecords(database.pool, leadIds ? { leadIds } : {})) records.push(record)
  return records
}

describe('streamRecords', () => {
  it('goes in order of account and lead by their bytes, leads without an account last', async () => {
    const records = await collect()
    expect(records.map((record) => [record.accountId, record.leads.map((lead) => lead.leadId)])).toEqual([
      ['B', ['Z']],
      ['a', ['l10', 'l2']],
      ['empty', []],
      ['é', ['élodie']],
      [null, ['alone']],
      [null, ['alone2']],
    ])
  })

  it('sorts events by both times and then their id, and traits likewise, with the milliseconds kept', async () => {
    const lead = (await loadLead(database.pool, 'l2'))?.lead
    expect(lead?.events.map((event) => [event.eventId, event.occurredAt - T, event.knownAt - T])).toEqual([
      ['e1', 0, 777],
      ['E4', 0, 877],
      ['e2', 0, 877],
      ['e3', 1, 1],
    ])
    expect(lead?.events[2]?.properties).toEqual({ bot: true, n: 1000, s: '"quoted"' })
    expect(lead?.traits.map((trait) => [trait.name, trait.value, trait.undated])).toEqual([
      ['student', false, true],
      ['title', 'CTO 😀', false],
    ])
    expect((await loadLead(database.pool, 'l10'))?.lead.createdAt).toBe(Date.parse('2026-02-01T00:00:00.5Z'))
  })

  it('gives an account its own deals and those its leads are contacts of, a lone lead those it is a contact of', async () => {
    const [b, a, , , alone] = await collect()
    expect(a?.deals).toEqual([
      {
        dealId: 'd1',
        accountId: 'a',
        pipeline: 'expansion',
        openedAt: Date.parse('2026-02-01T00:00:00Z'),
        closedAt: null,
        knownAt: Date.parse('2026-03-05T00:00:00Z'),
        outcome: 'open',
        amount: null,
        currency: null,
        lostReason: null,
        contacts: [],
        stages: [],
      },
      {
        dealId: 'd2',
        accountId: 'a',
        pipeline: 'new_business',
        openedAt: Date.parse('2026-03-01T00:00:00Z'),
        closedAt: Date.parse('2026-03-05T00:00:00Z'),
        knownAt: Date.parse('2026-03-06T00:00:00Z'),
        outcome: 'won',
        amount: 12.5,
        currency: 'EUR',
        lostReason: null,
        contacts: [
          { leadId: 'l10', isPrimary: true },
          { leadId: 'l2', isPrimary: false },
        ],
        stages: [
          { stage: 'discovery', enteredAt: Date.parse('2026-03-01T00:00:00Z') },
          { stage: 'proposal', enteredAt: Date.parse('2026-03-03T00:00:00Z') },
        ],
      },
      expect.objectContaining({ dealId: 'shared', accountId: 'B', outcome: 'lost', lostReason: 'price' }),
    ])
    expect(b?.deals.map((deal) => deal.dealId)).toEqual(['shared'])
    expect(alone?.deals.map((deal) => deal.dealId)).toEqual(['free'])
  })

  it('reads the same bytes whichever way a lead is reached', async () => {
    const all = await collect()
    const some = await collect(['l2', 'alone', 'l10', 'nobody', 'l2'])
    expect(some.map((record) => record.accountId)).toEqual(['a', null])
    for (const record of some) {
      const same = all.find((other) => other.leads[0]?.leadId === record.leads[0]?.leadId)
      expect(JSON.stringify(record)).toBe(JSON.stringify(same))
      for (const lead of record.leads) {
        const loaded = await loadLead(database.pool, lead.leadId)
        expect(JSON.stringify(loaded?.account)).toBe(JSON.stringify(record))
        expect(JSON.stringify(loaded?.lead)).toBe(JSON.stringify(lead))
      }
    }
    expect(await loadLead(database.pool, 'nobody')).toBeNull()
  })

  it.each([1, 2, 3, 100])('comes to the same when it is cut into ranges of about %i leads', async (leads) => {
    const { pool } = database
    const ranges = await cutRecords(pool, leads)
    const read = rangeReader()
    const records: AccountRecord[] = []
    for (const range of ranges)
      for await (const record of inSnapshot(pool, (client) => read(client, range))) records.push(record)
    expect(records).toEqual(await collect())
    expect(ranges.length).toBe({ 1: 6, 2: 3, 3: 3, 100: 2 }[leads])
  })

  it('is one snapshot over many pages, and gives its connection back when the reader stops early', async () => {
    const clone = await createTestDatabase()
    try {
      await clone.pool.query(`
        INSERT INTO wonlost.accounts SELECT lpad(i::text, 5, '0'), now(), now(), 'test' FROM generate_series(1, 3000) AS i;
        INSERT INTO wonlost.leads SELECT 'lead ' || account_id, account_id, now(), now(), 'test' FROM wonlost.accounts;
        INSERT INTO wonlost.leads SELECT 'alone ' || account_id, NULL, now(), now(), 'test' FROM wonlost.accounts`)
      const ids: (string | undefined)[] = []
      for await (const record of streamRecords(clone.pool)) {
        if (ids.length === 0) await clone.pool.query('DELETE FROM wonlost.leads')
        ids.push(record.leads[0]?.leadId)
      }
      expect(ids).toHaveLength(6000)
      expect(new Set(ids).size).toBe(6000)
      expect(ids).toEqual([...ids.slice(0, 3000).sort(), ...ids.slice(3000).sort()])

      for await (const _ of streamRecords(clone.pool)) break
      expect(clone.pool.idleCount).toBe(clone.pool.totalCount)
      const { rows } = await clone.pool.query(
        `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'`,
      )
      expect(rows).toEqual([{ count: 0 }])
    } finally {
      await clone.drop()
    }
  })
})
