import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bulkLoad, type LoadableValue } from '../../src/db/bulk-load.ts'
import { withTransaction } from '../../src/db/database.ts'
import {
  ACCOUNTS,
  DEAL_CONTACTS,
  DEALS,
  EVENTS,
  IDENTITIES,
  LEADS,
  type LoadableTable,
  TRAITS,
} from '../../src/db/loadable-tables.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.pool.query(
    'TRUNCATE wonlost.accounts, wonlost.traits, wonlost.events, wonlost.identities CASCADE',
  )
})

type Rows = Iterable<readonly LoadableValue[]> | AsyncIterable<readonly LoadableValue[]>

const load = (table: LoadableTable, rows: Rows, changed?: Set<string>) =>
  withTransaction(database.pool, (client) => bulkLoad(client, table, rows, undefined, changed))

const query = async (text: string): Promise<unknown[]> => (await database.pool.query(text)).rows

test('text comes back as it went in, whatever it holds', async () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', 'N', '.', '"', 'a', '🙂', '\u202E') }),
    fc.string({ unit: 'grapheme' }),
  )
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(text, { minLength: 1, maxLength: 20 }), async (values) => {
      const wanted = values.map((value) => value.replaceAll('\0', ''))
      await database.pool.query('TRUNCATE wonlost.traits')
      const rows = wanted.map((value, i) => [
        'lead',
        value,
        String(i),
        JSON.stringify(value),
        0,
        0,
        'x',
        false,
      ])
      expect(await load(TRAITS, rows)).toEqual({ read: values.length, written: values.length })
      const stored = await database.pool.query(
        'SELECT subject_id, value FROM wonlost.traits ORDER BY name::int',
      )
      expect(stored.rows).toEqual(wanted.map((value) => ({ subject_id: value, value })))
    }),
    { numRuns: 30 },
  )
})

test('many chunks: of two rows with the same key the later one counts, and a second load writes nothing', async () => {
  function* rows(): Generator<LoadableValue[]> {
    for (let i = 0; i < 50_000; i++)
      yield [`e_${i % 30_000}`, 'l_1', null, 'x', i, new Date(i), 's', '{"a":"\\\\"}']
  }
  const progress: number[] = []
  const first = await withTransaction(database.pool, (client) =>
    bulkLoad(client, EVENTS, rows(), (read) => progress.push(read)),
  )
  // The 20,000 of the second round come in chunks of their own, and change what the first wrote.
  expect(first).toEqual({ read: 50_000, written: 50_000 })
  expect(progress).toEqual([20_000, 40_000, 50_000])
  const times = 'SELECT min(occurred_at), max(occurred_at), count(*) FROM wonlost.events'
  const stored = [{ min: new Date(20_000), max: new Date(49_999), count: 30_000 }]
  expect(await query(times)).toEqual(stored)
  function* last(): Generator<LoadableValue[]> {
    let i = 0
    for (const row of rows()) if (i++ >= 20_000) yield row
  }
  expect(await load(EVENTS, last())).toEqual({ read: 30_000, written: 0 })
  expect(await load(EVENTS, [])).toEqual({ read: 0, written: 0 })
  // Within one chunk too.
  const accounts = [5, 3, 9, 1].map((time) => ['a_1', time, time, 's'])
  expect(await load(ACCOUNTS, accounts)).toEqual({ read: 4, written: 1 })
  expect(await query('SELECT created_at FROM wonlost.accounts')).toEqual([{ created_at: new Date(1) }])
})

test('a failure in the rows or in the database leaves nothing behind, and the connection usable', async () => {
  async function* broken(): AsyncGenerator<LoadableValue[]> {
    for (let i = 0; i < 30_000; i++) yield [`a_${i}`, 0, 0, 's']
    throw new Error('the source broke')
  }
  await expect(load(ACCOUNTS, broken())).rejects.toThrow('the source broke')
  await expect(load(ACCOUNTS, [['a_1', 0, 'no time', 's']])).rejects.toThrow(/no time/)
  await expect(load(ACCOUNTS, [['a_1', 0, 0]])).rejects.toThrow(/3 values/)
  const client = await database.pool.connect()
  await expect(bulkLoad(client, ACCOUNTS, [['', 0, 0, 's']])).rejects.toThrow(/check/)
  expect(await bulkLoad(client, ACCOUNTS, [['a_1', 0, 0, 's']])).toEqual({ read: 1, written: 1 })
  client.release()
  expect(await query('SELECT account_id FROM wonlost.accounts')).toEqual([{ account_id: 'a_1' }])
})

describe('what happens to a known key', () => {
  test('created_at is replaced, known_at goes back only, the source stays, an account is not lost', async () => {
    await load(ACCOUNTS, [['a_1', 1, 1, 'x']])
    await load(LEADS, [['l_1', 'a_1', 5, 50, 'x']])
    const changed = new Set<string>()
    expect(await load(LEADS, [['l_1', null, 5, 60, 'y']], changed)).toEqual({ read: 1, written: 0 })
    expect(changed).toEqual(new Set())
    expect(await load(LEADS, [['l_1', null, 6, 40, 'y']], changed)).toEqual({ read: 1, written: 1 })
    expect(changed).toEqual(new Set(['l_1']))
    expect(
      await query('SELECT lead_id, account_id, created_at, known_at, source FROM wonlost.leads'),
    ).toEqual([
      { lead_id: 'l_1', account_id: 'a_1', created_at: new Date(6), known_at: new Date(40), source: 'x' },
    ])
  })

  test('several records of one person: since the first of them, in any order; corrections count for the others', async () => {
    await load(IDENTITIES, [['crm_id', 'l_1b', 'lead', 'l_1', 1, 'x']])
    await load(ACCOUNTS, [['a_1', 1, 1, 'x']])
    const rows: LoadableValue[][] = [
      ['l_1', 'a_1', 7, 70, 'x'],
      ['l_1', null, 5, 90, 'x'],
      ['l_2', null, 5, 50, 'x'],
    ]
    const leads = 'SELECT lead_id, account_id, created_at, known_at FROM wonlost.leads ORDER BY 1'
    for (const order of [rows, rows.toReversed()]) {
      await query('TRUNCATE wonlost.leads CASCADE')
      await load(LEADS, order)
      for (const row of [...order, ['l_1', null, 8, 80, 'x']])
        expect(await load(LEADS, [row])).toEqual({ read: 1, written: 0 })
      expect(await query(leads)).toEqual([
        { lead_id: 'l_1', account_id: 'a_1', created_at: new Date(5), known_at: new Date(70) },
        { lead_id: 'l_2', account_id: null, created_at: new Date(5), known_at: new Date(50) },
      ])
    }
    expect(await load(LEADS, [['l_2', null, 6, 50, 'x']])).toEqual({ read: 1, written: 1 })
  })

  test('a deal is known since its outcome last changed, whatever else is corrected later', async () => {
    await load(ACCOUNTS, [['a_1', 1, 1, 'x']])
    type Corrected = { amount?: number; pipeline?: string; account?: string; reason?: string }
    const deal = (outcome: string, closedAt: number | null, knownAt: number, more: Corrected = {}) => [
      ...['d_1', more.account ?? null, more.pipeline ?? 'new_business', 1, closedAt, outcome],
      ...[more.amount ?? null, null, more.reason ?? null, knownAt, 'x'],
    ]
    const knownAfter = async (row: LoadableValue[]): Promise<unknown> => {
      await load(DEALS, [row])
      const [stored] = await query(
        'SELECT outcome, amount, extract(epoch FROM known_at) * 1000 AS known FROM wonlost.deals',
      )
      const { outcome, amount, known } = stored as { outcome: string; amount: number; known: string }
      return [outcome, amount, Number(known)]
    }
    expect(await knownAfter(deal('open', null, 10, { amount: 7 }))).toEqual(['open', 7, 10])
    expect(await knownAfter(deal('open', null, 20))).toEqual(['open', 7, 10])
    expect(await knownAfter(deal('won', 5, 30))).toEqual(['won', 7, 30])
    expect(await knownAfter(deal('won', 5, 40, { amount: 8 }))).toEqual(['won', 8, 30])
    const others = { pipeline: 'expansion', account: 'a_1', reason: 'none' }
    expect(await knownAfter(deal('won', 5, 50, others))).toEqual(['won', 8, 30])
    // Somebody declares that it was known at its time: then it was, however it was learned of before.
    expect(await knownAfter(deal('won', 5, 6, { amount: 9 }))).toEqual(['won', 9, 6])
    expect(await knownAfter(deal('won', 4, 60))).toEqual(['won', 9, 60])
    expect(await knownAfter(deal('lost', 4, 70))).toEqual(['lost', 9, 70])
  })

  test('the primary contact changes hands', async () => {
    await load(LEADS, [
      ['l_1', null, 1, 1, 'x'],
      ['l_2', null, 1, 1, 'x'],
    ])
    await load(DEALS, [['d_1', null, 'p', 1, null, 'open', null, null, null, 1, 'x']])
    for (const primary of ['l_1', 'l_2', 'l_1'])
      await load(
        DEAL_CONTACTS,
        ['l_1', 'l_2'].map((id) => ['d_1', id, id === primary]),
      )
    expect(await query('SELECT lead_id FROM wonlost.deal_contacts WHERE is_primary')).toEqual([
      { lead_id: 'l_1' },
    ])
  })

  test('of several primary contacts the last counts; a row that does not say changes nothing', async () => {
    await load(
      LEADS,
      ['l_1', 'l_2', 'l_3'].map((id) => [id, null, 1, 1, 'x']),
    )
    await load(DEALS, [['d_1', null, 'p', 1, null, 'open', null, null, null, 1, 'x']])
    const contact = (id: string, isPrimary: boolean | null): LoadableValue[] => ['d_1', id, isPrimary]
    // The same person twice, once for each of its roles: primary if it is in the last row that says so.
    const rows = [contact('l_1', true), contact('l_2', true), contact('l_2', false), contact('l_3', null)]
    expect(await load(DEAL_CONTACTS, rows)).toEqual({ read: 4, written: 3 })
    expect(await load(DEAL_CONTACTS, rows)).toEqual({ read: 4, written: 0 })
    expect(await load(DEAL_CONTACTS, [contact('l_2', null), contact('l_3', false)])).toEqual({
      read: 2,
      written: 0,
    })
    expect(await query('SELECT lead_id FROM wonlost.deal_contacts WHERE is_primary')).toEqual([
      { lead_id: 'l_2' },
    ])
  })

  test('an undated trait is written where it differs from the newest value of its source', async () => {
    const undated = (value: unknown, time: number, source = 'x'): LoadableValue[] => [
      ...['lead', 'l_1', 'technologies', JSON.stringify(value), time, time, source, true],
    ]
    const written: number[] = []
    for (const row of [
      undated(['a'], 1),
      undated(['a'], 2),
      undated(['b'], 3),
      undated(['a'], 4),
      undated(['a'], 5, 'y'),
    ])
      written.push((await load(TRAITS, [row])).written)
    expect(written).toEqual([1, 0, 1, 1, 1])
  })

  test('a mail address keeps the lead that it was linked to first', async () => {
    const link = (id: string): LoadableValue[] => ['email', 'a@x.example', 'lead', id, 1, 'x']
    expect(await load(IDENTITIES, [link('l_1')])).toEqual({ read: 1, written: 1 })
    expect(await load(IDENTITIES, [link('l_2')])).toEqual({ read: 1, written: 0 })
    expect(await query('SELECT subject_id FROM wonlost.identities')).toEqual([{ subject_id: 'l_1' }])
  })
})
