import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAggregates } from '../../src/db/data-check.ts'
import { withTransaction } from '../../src/db/database.ts'
import { listLeads } from '../../src/db/lead-list.ts'
import { applyMerges, listMerges, undoMerges } from '../../src/db/merges.ts'
import { loadOverrides } from '../../src/db/overrides.ts'
import { loadLead, streamRecords } from '../../src/db/records.ts'
import type { AccountRecord, SubjectKind } from '../../src/glossary.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const ACT = { by: 'test', at: Date.parse('2026-11-21T00:00:00Z') }
const LEADS = ['l0', 'l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7']
const ACCOUNTS = ['a0', 'a1', 'a2', 'a3']

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  // l6 and l7 have no account, l5 and l7 came first, d1 and d2 have several contacts, one of them of another account.
  await database.pool.query(`
    INSERT INTO wonlost.accounts SELECT id, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'test' FROM unnest('{a0,a1,a2,a3}'::text[]) AS id;
    INSERT INTO wonlost.leads (lead_id, account_id, created_at, known_at, source)
      SELECT 'l' || i, CASE WHEN i < 6 THEN 'a' || i / 2 END, '2026-02-01T00:00:00Z'::timestamptz + (i * 3 % 8) * interval '1 day', '2026-02-01T00:00:00Z', 'test'
      FROM generate_series(0, 7) AS i;
    INSERT INTO wonlost.traits
      SELECT 'lead', 'l' || i, name, to_jsonb(name || i), '2026-03-01T00:00:00Z'::timestamptz + (i % 3) * interval '1 day', '2026-03-05T00:00:00Z', 'test', false
      FROM generate_series(0, 7) AS i, unnest('{title,country}'::text[]) AS name;
    INSERT INTO wonlost.traits SELECT 'account', id, 'industry', to_jsonb(id), '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 'test', false FROM unnest('{a0,a1,a3}'::text[]) AS id;
    INSERT INTO wonlost.events
      SELECT 'e' || i, 'l' || i % 8, NULL, 'page_viewed', '2026-03-01T00:00:00Z'::timestamptz + (i * 7 % 12) * interval '1 hour', '2026-03-02T00:00:00Z', 'test', '{}'
      FROM generate_series(0, 23) AS i;
    INSERT INTO wonlost.deals (deal_id, account_id, pipeline, opened_at, outcome, known_at, source) VALUES
      ('d0', 'a0', 'new_business', '2026-03-01T00:00:00Z', 'open', '2026-03-01T00:00:00Z', 'test'),
      ('d1', 'a1', 'new_business', '2026-02-01T00:00:00Z', 'open', '2026-03-01T00:00:00Z', 'test'),
      ('d2', NULL, 'new_business', '2026-03-01T00:00:00Z', 'open', '2026-03-01T00:00:00Z', 'test');
    INSERT INTO wonlost.deal_contacts VALUES ('d1', 'l2', false), ('d1', 'l3', true), ('d1', 'l0', false), ('d2', 'l6', false), ('d2', 'l7', true);`)
})
afterAll(() => database.drop())
beforeEach(() =>
  database.pool.query(
    'DELETE FROM wonlost.merges; UPDATE wonlost.leads SET merged_into = NULL; UPDATE wonlost.accounts SET merged_into = NULL',
  ),
)

async function collect(): Promise<AccountRecord[]> {
  const records: AccountRecord[] = []
  for await (const record of streamRecords(database.pool)) records.push(record)
  return records
}

type Pair = readonly [from: string, into: string]

const apply = (kind: SubjectKind, pairs: readonly Pair[]): Promise<number[]> =>
  withTransaction(database.pool, (client) =>
    applyMerges(
      client,
      kind,
      pairs.map(([fromId, intoId]) => ({ fromId, intoId, evidence: { why: 'test' } })),
      ACT,
    ),
  )
const undo = (which: readonly number[] | 'all'): Promise<number> =>
  withTransaction(database.pool, (client) => undoMerges(client, which, ACT))

/** Merges without a ring: each id goes into one that stands before it in a shuffled order, or into none. */
const forest = (ids: readonly string[]): fc.Arbitrary<Pair[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...ids], { minLength: ids.length }),
      fc.array(fc.option(fc.nat()), { minLength: ids.length, maxLength: ids.length }),
      fc.array(fc.nat(), { minLength: ids.length, maxLength: ids.length }),
    )
    .map(([order, targets, ranks]) =>
      order
        .flatMap((id, place) => {
          const target = targets[place]
          return place === 0 || target == null
            ? []
            : [{ pair: [id, order[target % place]!] as const, rank: ranks[place]! }]
        })
        .sort((a, b) => a.rank - b.rank)
        .map(({ pair }) => pair),
    )

function rootIn(pairs: readonly Pair[], id: string): string {
  const into = pairs.find(([from]) => from === id)?.[1]
  return into === undefined ? id : rootIn(pairs, into)
}

/** What the records must be, worked out from the plain rows in another way. */
async function expectedRecords(leadPairs: readonly Pair[], accountPairs: readonly Pair[]): Promise<unknown> {
  const rows = async <T>(sql: string): Promise<T[]> => (await database.pool.query(sql)).rows as T[]
  const leads = await rows<{ id: string; account: string | null; at: Date }>(
    'SELECT lead_id AS id, account_id AS account, created_at AS at FROM wonlost.leads ORDER BY created_at, lead_id',
  )
  const traits = await rows<{ kind: string; id: string; name: string; value: string; at: Date }>(
    'SELECT subject_kind AS kind, subject_id AS id, name, value, occurred_at AS at FROM wonlost.traits ORDER BY occurred_at, name, subject_id',
  )
  const events = await rows<{ id: string; lead: string }>(
    'SELECT event_id AS id, lead_id AS lead FROM wonlost.events ORDER BY occurred_at, event_id',
  )
  const deals = await rows<{ id: string; account: string | null }>(
    'SELECT deal_id AS id, account_id AS account FROM wonlost.deals ORDER BY opened_at, deal_id',
  )
  const contacts = await rows<{ deal: string; lead: string; primary: boolean }>(
    'SELECT deal_id AS deal, lead_id AS lead, is_primary AS primary FROM wonlost.deal_contacts',
  )
  const person = (id: string): string => rootIn(leadPairs, id)
  const account = (id: string | null | undefined): string | null =>
    id == null ? null : rootIn(accountPairs, id)
  const people = leads
    .filter(({ id }) => person(id) === id)
    .map(({ id, account: own }) => {
      const all = leads.filter((lead) => person(lead.id) === id)
      return {
        id,
        account: account(own ?? all.find((lead) => lead.account !== null)?.account),
        at: Math.min(...all.map(({ at }) => at.getTime())),
        traits: traits
          .filter((trait) => trait.kind === 'lead' && person(trait.id) === id)
          .map(({ value }) => value),
        events: events.filter(({ lead }) => person(lead) === id).map((event) => event.id),
      }
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const shownDeals = deals.map(({ id, account: own }) => {
    const listed = contacts.filter(({ deal }) => deal === id)
    const leadsOf = [...new Set(listed.map(({ lead }) => person(lead)))].sort()
    const isPrimary = (lead: string): boolean =>
      listed.some((one) => one.primary && person(one.lead) === lead)
    return { id, account: account(own), contacts: leadsOf.map((lead) => [lead, isPrimary(lead)]) }
  })
  const owners = [
    ...ACCOUNTS.filter((id) => account(id) === id).map((id) => ({
      account: id as string | null,
      leads: people.filter((one) => one.account === id),
    })),
    ...people.filter((one) => one.account === null).map((one) => ({ account: null, leads: [one] })),
  ]
  return owners.map(({ account: id, leads: theirs }) => ({
    account: id,
    traits: traits
      .filter((trait) => trait.kind === 'account' && account(trait.id) === id)
      .map(({ value }) => value),
    leads: theirs,
    deals: shownDeals.filter(
      (deal) =>
        (id !== null && deal.account === id) ||
        deal.contacts.some(([lead]) => theirs.some((one) => one.id === lead)),
    ),
  }))
}

const shown = (records: readonly AccountRecord[]): unknown =>
  records.map(({ accountId, traits, leads, deals }) => ({
    account: accountId,
    traits: traits.map(({ value }) => value),
    leads: leads.map((lead) => ({
      id: lead.leadId,
      account: lead.accountId,
      at: lead.createdAt,
      traits: lead.traits.map(({ value }) => value),
      events: lead.events.map(({ eventId }) => eventId),
    })),
    deals: deals.map((deal) => ({
      id: deal.dealId,
      account: deal.accountId,
      contacts: deal.contacts.map(({ leadId, isPrimary }) => [leadId, isPrimary]),
    })),
  }))

describe('merged records', () => {
  it('hold exactly the union, whatever is merged in whatever order; taken back they are what they were, byte for byte', async () => {
    const before = JSON.stringify(await collect())
    await fc.assert(
      fc.asyncProperty(forest(LEADS), forest(ACCOUNTS), fc.nat(), async (leadPairs, accountPairs, cut) => {
        const first = await apply('lead', leadPairs.slice(0, cut % 5))
        const second = await apply('lead', leadPairs.slice(cut % 5))
        const third = await apply('account', accountPairs)
        const merged = await collect()
        expect(shown(merged)).toEqual(await expectedRecords(leadPairs, accountPairs))
        const { rows: chained } = await database.pool.query(
          `SELECT FROM wonlost.leads a JOIN wonlost.leads b ON b.lead_id = a.merged_into WHERE b.merged_into IS NOT NULL
           UNION ALL SELECT FROM wonlost.accounts a JOIN wonlost.accounts b ON b.account_id = a.merged_into WHERE b.merged_into IS NOT NULL`,
        )
        expect(chained).toEqual([])
        for (const id of LEADS) {
          const found = await loadLead(database.pool, id)
          expect(found?.lead.leadId).toBe(rootIn(leadPairs, id))
          expect(merged.map((record) => JSON.stringify(record))).toContain(JSON.stringify(found?.account))
        }
        // The same merges the other way round, after half of them were taken back out of order.
        await undo([...third, ...second].reverse())
        expect(await undo(first)).toBe(first.length)
        expect(JSON.stringify(await collect())).toBe(before)
        await apply('account', accountPairs.toReversed())
        await apply('lead', leadPairs.toReversed())
        expect(JSON.stringify(await collect())).toBe(JSON.stringify(merged))
        await undo('all')
        expect(JSON.stringify(await collect())).toBe(before)
      }),
      { numRuns: 25 },
    )
  })

  it('take in what arrives later under the id that was merged away, and give it back', async () => {
    const before = await collect()
    await apply('lead', [['l0', 'l6']])
    await database.pool.query(
      `INSERT INTO wonlost.events VALUES ('later', 'l0', NULL, 'demo_requested', '2026-04-01T00:00:00Z', '2026-04-01T00:00:00Z', 'test', '{}')`,
    )
    expect((await loadLead(database.pool, 'l6'))?.lead.events.at(-1)?.eventId).toBe('later')
    await undo('all')
    expect((await loadLead(database.pool, 'l0'))?.lead.events.at(-1)?.eventId).toBe('later')
    await database.pool.query(`DELETE FROM wonlost.events WHERE event_id = 'later'`)
    expect(await collect()).toEqual(before)
  })
})

describe('applyMerges', () => {
  it('refuses what cannot be, says which, and leaves everything as it was', async () => {
    const [id] = await apply('lead', [['l0', 'l1']])
    const before = await listMerges(database.pool, { undone: true })
    const refusals: [() => Promise<unknown>, string, string][] = [
      [() => apply('lead', [['l2', 'l2']]), 'merge_refused', '"l2" cannot be merged into itself'],
      [() => apply('lead', [['l1', 'l0']]), 'merge_refused', 'by way of others'],
      [
        () =>
          apply('lead', [
            ['l2', 'l3'],
            ['l3', 'l4'],
            ['l4', 'l2'],
          ]),
        'merge_refused',
        'by way of others',
      ],
      [() => apply('lead', [['l0', 'l2']]), 'merge_refused', '"l0" is merged into "l1"'],
      [
        () =>
          apply('lead', [
            ['l2', 'l3'],
            ['l2', 'l4'],
          ]),
        'merge_refused',
        '"l2" is merged into "l3"',
      ],
      [() => apply('lead', [['l2', 'nobody']]), 'lead_not_found', '"nobody"'],
      [() => apply('account', [['l2', 'a0']]), 'account_not_found', '"l2"'],
      [() => undo([id!, 987_654]), 'merge_not_found', '987654'],
    ]
    for (const [attempt, code, message] of refusals)
      await expect(attempt()).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
    expect(await listMerges(database.pool, { undone: true })).toEqual(before)
    await undo([id!])
    await expect(undo([id!])).rejects.toMatchObject({ code: 'merge_refused' })
  })

  it('passes over what is one already, and remembers who, when and why', async () => {
    expect(
      await apply('lead', [
        ['l0', 'l1'],
        ['l1', 'l2'],
      ]),
    ).toHaveLength(2)
    expect(
      await apply('lead', [
        ['l0', 'l1'],
        ['l0', 'l2'],
      ]),
    ).toEqual([])
    expect(await listMerges(database.pool, { undone: false })).toMatchObject([
      {
        subjectKind: 'lead',
        fromId: 'l0',
        intoId: 'l1',
        evidence: { why: 'test' },
        mergedBy: 'test',
        mergedAt: ACT.at,
        undoneAt: null,
      },
      { fromId: 'l1', intoId: 'l2' },
    ])
    await undo('all')
    expect(await listMerges(database.pool, { undone: false })).toEqual([])
    expect(await listMerges(database.pool, { undone: true })).toMatchObject([
      { undoneBy: 'test' },
      { undoneAt: ACT.at },
    ])
  })

  it('is quick for a huge group and for a long chain', async () => {
    const clone = await createTestDatabase()
    try {
      await clone.pool.query(
        `INSERT INTO wonlost.leads SELECT 'x' || lpad(i::text, 5, '0'), NULL, now(), now(), 'test' FROM generate_series(0, 4000) AS i`,
      )
      const id = (i: number): string => `x${String(i).padStart(5, '0')}`
      const pairs = Array.from({ length: 4000 }, (_, i) => ({
        fromId: id(i + 1),
        intoId: i < 2000 ? id(i) : id(0),
        evidence: {},
      }))
      await withTransaction(clone.pool, (client) => applyMerges(client, 'lead', pairs, ACT))
      const { rows } = await clone.pool.query(
        'SELECT merged_into AS root, count(*) AS leads FROM wonlost.leads GROUP BY 1 ORDER BY 2',
      )
      expect(rows).toEqual([
        { root: null, leads: 1 },
        { root: id(0), leads: 4000 },
      ])
    } finally {
      await clone.drop()
    }
  })

  it('lets scores of what is merged away vanish from the queue, and a verdict by hand go along', async () => {
    await database.pool.query(`
      INSERT INTO wonlost.scores (subject_kind, subject_id, model, version, basis, artifact_sha256, as_of, policy_version, guardrails_version, raw_points, score, band, verdict, decision, scored_at)
        SELECT 'lead', id, 'conversion', 0, 'rubric', 'x', now(), 1, 1, 50, 50, 'warm', 'eligible', '{}', now() FROM unnest('{l4,l6}'::text[]) AS id;
      INSERT INTO wonlost.overrides VALUES
        ('lead', 'l4', 'disqualified', 'left the firm', 'ada', '2026-05-02T00:00:00Z', NULL),
        ('lead', 'l6', 'review', 'is it them?', 'ada', '2026-05-01T00:00:00Z', NULL)`)
    await apply('lead', [['l4', 'l6']])
    const { rows } = await database.pool.query('SELECT subject_id FROM wonlost.scores')
    expect(rows).toEqual([{ subject_id: 'l6' }])
    // A scoring that was under way writes one more.
    await database.pool.query(`INSERT INTO wonlost.scores SELECT 'lead', 'l4', model, segment, version, basis, artifact_sha256, as_of, policy_version,
      guardrails_version, probability, raw_points, score, band, verdict, decision, verdict_rules, scored_at FROM wonlost.scores`)
    for (const sort of ['-score', 'score', 'lead_id'] as const) {
      const { leads } = await listLeads(database.pool, { model: 'conversion', sort, limit: 20, after: null })
      expect(leads).toHaveLength(LEADS.length - 1)
      expect(leads.find(({ score }) => score !== null)).toMatchObject({
        leadId: 'l6',
        accountId: 'a2',
        createdAt: (await loadLead(database.pool, 'l6'))?.lead.createdAt,
      })
    }
    const overrides = await loadOverrides(
      database.pool,
      'lead',
      ['l6', 'l1'],
      Date.parse('2026-05-03T00:00:00Z'),
    )
    expect([...overrides.values()].map(({ status }) => status)).toEqual(['disqualified'])
    await undo('all')
    expect(
      (await loadOverrides(database.pool, 'lead', ['l6'], Date.parse('2026-05-03T00:00:00Z'))).get('l6')
        ?.status,
    ).toBe('review')
  })

  it('are counted by the check of the data as reading has them', async () => {
    const counted = async () => {
      const given = { asOf: ACT.at, now: ACT.at, sharedDomains: [] }
      const { leads, leadsWithoutAccount } = await readAggregates(database.pool, given)
      return { leads, leadsWithoutAccount }
    }
    expect(await counted()).toEqual({ leads: 8, leadsWithoutAccount: 2 })
    // l6 has the account of l4 then.
    await apply('lead', [['l4', 'l6']])
    expect(await counted()).toEqual({ leads: 7, leadsWithoutAccount: 1 })
  })
})
