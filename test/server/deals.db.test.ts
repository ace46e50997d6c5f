import { beforeAll, expect, it, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { suppress } from '../../src/ingest/suppressions.ts'
import { NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests(['l_1', 'l_2'])

const DEAL = {
  deal_id: 'd_1',
  account_id: 'a_1',
  opened_at: '2026-10-01T08:00:00Z',
  outcome: 'open',
  amount: 1.5e21,
  currency: 'eur',
  contacts: ['l_2', 'l_1', 'l_2'],
  stages: [{ stage: 'first; call @ noon', entered_at: '2026-10-02T00:00:00Z' }],
}

async function post(deal: object) {
  const answer = await served().app.inject({ method: 'POST', url: '/v1/deals', payload: deal })
  return {
    status: answer.statusCode,
    ...answer.json<{ changed?: boolean; code?: string; detail?: string; errors?: { field: string }[] }>(),
  }
}

async function query(sql: string): Promise<object[]> {
  return (await served().database.pool.query<object>(sql)).rows
}

beforeAll(async () => {
  // Who was erased cannot be a contact any more, and nothing is said of it.
  await withTransaction(served().database.pool, (client) =>
    suppress(client, [['lead_id', 'gone']], { at: NOW, reason: 'asked' }),
  )
})

test('a deal is opened, told again, and won; each is learned once', async () => {
  expect(await post({ ...DEAL, amount: 100 })).toEqual({ status: 200, deal_id: 'd_1', changed: true })
  expect(await query('SELECT lead_id, cause FROM wonlost.dirty_leads ORDER BY 1')).toEqual([
    { lead_id: 'l_1', cause: 'deal' },
    { lead_id: 'l_2', cause: 'deal' },
  ])
  await query('DELETE FROM wonlost.dirty_leads')
  expect(await post({ ...DEAL, amount: 100 })).toMatchObject({ changed: false })
  expect(await query('SELECT * FROM wonlost.dirty_leads')).toEqual([])
  const won = {
    ...DEAL,
    amount: 100,
    outcome: 'won',
    closed_at: '2026-11-20T00:00:00+01:00',
    contacts: ['l_1', 'gone'],
  }
  expect(await post(won)).toMatchObject({ changed: true })
  expect(
    await query('SELECT outcome, pipeline, currency, amount, closed_at, known_at FROM wonlost.deals'),
  ).toEqual([
    {
      outcome: 'won',
      pipeline: 'new_business',
      currency: 'EUR',
      amount: 100,
      closed_at: new Date('2026-11-19T23:00:00Z'),
      known_at: new Date(NOW),
    },
  ])
  expect(await query('SELECT lead_id, is_primary FROM wonlost.deal_contacts')).toEqual([
    { lead_id: 'l_1', is_primary: true },
  ])
  expect(await query('SELECT stage, entered_at FROM wonlost.deal_stages')).toEqual([
    { stage: 'first; call @ noon', entered_at: new Date('2026-10-02T00:00:00Z') },
  ])
  // Who is no contact any more is scored again as well.
  expect(await query('SELECT lead_id FROM wonlost.dirty_leads ORDER BY 1')).toEqual([
    { lead_id: 'l_1' },
    { lead_id: 'l_2' },
  ])
})

it.each([
  [{ outcome: 'won' }, 'closed_at', /is empty, but the deal is won/],
  [{ closed_at: '2026-11-01T00:00:00Z' }, 'closed_at', /must be empty/],
  [{ outcome: 'lost', closed_at: '2026-09-01T00:00:00Z' }, 'closed_at', /is before opened_at/],
  [{ opened_at: '2027-01-01T00:00:00Z' }, 'opened_at', /is in the future/],
  [{ amount: -1 }, 'amount', /is out of range/],
  [{ amount: 1.5e21 }, 'amount', /is out of range/],
  [{ currency: 'euro' }, 'currency', /no code of a currency/],
  [{ contacts: ['l_9'] }, 'contacts', /no lead "l_9"/],
  [{ stages: [{ stage: 'a', entered_at: 'soon' }] }, 'stages[0].entered_at', /must be a time/],
  [{ stage: 'x' }, 'stage', /is not a field here/],
  [{ lost_reason: 'a\0b' }, 'lost_reason', /NUL/],
])('%j is refused', async (more, field, words) => {
  const { status, errors, detail } = await post({ ...DEAL, deal_id: 'd_2', amount: 1, ...more })
  expect([status === 200, errors?.[0]?.field]).toEqual([false, field])
  expect(detail).toMatch(words)
  expect(await query(`SELECT * FROM wonlost.deals WHERE deal_id = 'd_2'`)).toEqual([])
})

test('the same deal from many at once is one', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => post({ ...DEAL, deal_id: 'd_3', amount: 1, account_id: 'new' })),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
  expect(answers.filter(({ changed }) => changed)).toHaveLength(1)
})
