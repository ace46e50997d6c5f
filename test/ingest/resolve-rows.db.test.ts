/** Who the rows of files are taken for, in whatever order the files come. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { type CrmFiles, openCrmFiles } from './crm-files.ts'

let crm: CrmFiles
const AT = '2026-01-01T00:00:00Z'

beforeAll(async () => {
  crm = await openCrmFiles()
})
beforeEach(() => crm.empty())
afterAll(() => crm.close())

const leads = () => crm.query('SELECT lead_id, account_id FROM wonlost.leads ORDER BY 1')
const LEAD = ['leads', ['lead_id,other_ids,created_at,email', `00Q1,003A,${AT},ada@gmail.com`]] as const
const CONTACT = ['leads', ['lead_id,created_at,title', `003A,${AT},CTO`, `003B,${AT},CEO`]] as const
const DEAL = ['deals', ['deal_id,opened_at,outcome,contacts', `d,${AT},open,003B;00Q1;003A`]] as const

describe('a lead and the contact that it became', () => {
  test.each([
    ['lead first', [LEAD, CONTACT, DEAL], '00Q1'],
    ['contact first', [CONTACT, LEAD, DEAL], '003A'],
  ] as const)('are one person, %s; a second run changes nothing', async (_, files, id) => {
    for (const [kind, lines] of files) await crm.importLines(kind, lines)
    expect(await leads()).toEqual(['003B', id].sort().map((lead_id) => ({ lead_id, account_id: null })))
    expect(await crm.query('SELECT lead_id, is_primary FROM wonlost.deal_contacts ORDER BY 1')).toEqual(
      [
        { lead_id: '003B', is_primary: true },
        { lead_id: id, is_primary: false },
      ].sort((a, b) => (a.lead_id < b.lead_id ? -1 : 1)),
    )
    const { rows: traits } = await crm.database.pool.query(
      `SELECT DISTINCT subject_id FROM wonlost.traits WHERE name IN ('title', 'email') ORDER BY 1`,
    )
    expect(traits).toHaveLength(2)
    const before = await crm.records()
    for (const [kind, lines] of files)
      expect(await crm.importLines(kind, lines)).toMatchObject({ changed: 0, rejected: 0 })
    expect(await crm.records()).toEqual(before)
  })

  test('stay two when both came before the CRM said so, and each goes on under its own id', async () => {
    await crm.importLines('leads', ['lead_id,created_at', `00Q1,${AT}`, `003A,${AT}`])
    await crm.importLines(...LEAD)
    await crm.importLines('events', ['type,occurred_at,lead_id', `a,${AT},003A`, `b,${AT},00Q1`])
    expect(await crm.query('SELECT type, lead_id FROM wonlost.events ORDER BY 1')).toEqual([
      { type: 'a', lead_id: '003A' },
      { type: 'b', lead_id: '00Q1' },
    ])
  })

  test('within one file, and by way of a third id', async () => {
    const lines = [
      'lead_id,other_ids,created_at',
      `a,b;c,${AT}`,
      `b,,${AT}`,
      `d,c,${AT}`,
      `e,d,${AT}`,
      `f,,${AT}`,
    ]
    await crm.importLines('leads', lines)
    expect((await leads()).map((row) => Object.values(row as object)[0])).toEqual(['a', 'f'])
  })
})

test('an id that was merged away is still written to, and reading follows', async () => {
  await crm.importLines('leads', ['lead_id,created_at', `a,${AT}`, `b,${AT}`])
  await withTransaction(crm.database.pool, (client) =>
    applyMerges(client, 'lead', [{ fromId: 'a', intoId: 'b', evidence: {} }], { by: 'test', at: 0 }),
  )
  await crm.importLines('leads', ['lead_id,created_at,title', `a,${AT},CTO`])
  await crm.importLines('events', ['type,occurred_at,lead_id', `x,${AT},a`])
  expect(await crm.query('SELECT lead_id FROM wonlost.events')).toEqual([{ lead_id: 'a' }])
  const people = (await crm.records()).flatMap((record) => record.leads)
  expect(people).toMatchObject([
    { leadId: 'b', traits: [{ name: 'title', value: 'CTO' }], events: [{ type: 'x' }] },
  ])
})

describe('visitors', () => {
  const events = () => crm.query('SELECT type, lead_id FROM wonlost.events ORDER BY 1')
  test('are the lead from the row on that names both, and before it as well', async () => {
    await crm.importLines('leads', ['lead_id,created_at', `l,${AT}`, `m,${AT}`])
    await crm.importLines('events', [
      'type,occurred_at,lead_id,anonymous_id',
      `a,${AT},,v`,
      `b,${AT},l,v`,
      `c,${AT},,v`,
      `d,${AT},m,v`,
      `e,${AT},,w`,
    ])
    await crm.importLines('events', ['type,occurred_at,anonymous_id', `f,${AT},v`])
    expect((await events()).map((row) => Object.values(row as object).join(' '))).toEqual([
      'a l',
      'b l',
      'c l',
      'd m',
      'e ',
      'f l',
    ])
  })
})

describe('accounts', () => {
  test('are found by further ids in either order', async () => {
    const [one, two] = [
      ['account_id,other_ids,created_at', `x,y,${AT}`],
      ['account_id,created_at', `y,${AT}`],
    ]
    for (const files of [
      [one, two],
      [two, one],
    ]) {
      await crm.empty()
      for (const lines of files) await crm.importLines('accounts', lines!)
      await crm.importLines('leads', ['lead_id,account_id,created_at', `l,x,${AT}`, `m,y,${AT}`])
      expect(await crm.query('SELECT count(*) FROM wonlost.accounts')).toEqual([{ count: 1 }])
      expect(await crm.query('SELECT count(DISTINCT account_id) FROM wonlost.leads')).toEqual([{ count: 1 }])
    }
  })

  test('are joined by the domain of a business address, if exactly one has it; nobody is moved', async () => {
    await crm.importLines('accounts', [
      'account_id,created_at,domain',
      `a,${AT},https://www.Acme.example/home`,
      `b1,${AT},both.example`,
      `b2,${AT},WWW.both.example`,
      `g,${AT},gmail.com`,
      `o,${AT},`,
    ])
    const lines = [
      'lead_id,created_at,account_id,account_domain,email',
      `l1,${AT},,,Ada@ACME.example`,
      `l2,${AT},,,bo@both.example`,
      `l3,${AT},,,cy@gmail.com`,
      `l4,${AT},,acme.example,di@gmail.com`,
      `l5,${AT},o,,el@acme.example`,
      `l6,${AT},,,fy@unknown.example`,
      `l7,${AT},,,`,
    ]
    await crm.importLines('leads', lines)
    await crm.importLines('leads', ['lead_id,created_at,email', `l5,${AT},el@acme.example`])
    const expected = [
      { lead_id: 'l1', account_id: 'a' },
      { lead_id: 'l2', account_id: null },
      { lead_id: 'l3', account_id: null },
      { lead_id: 'l4', account_id: 'a' },
      { lead_id: 'l5', account_id: 'o' },
      { lead_id: 'l6', account_id: null },
      { lead_id: 'l7', account_id: null },
    ]
    expect(await leads()).toEqual(expected)
    expect(await crm.importLines('leads', lines)).toMatchObject({ changed: 0 })
    // Once the two are one account, it is exactly one.
    await withTransaction(crm.database.pool, (client) =>
      applyMerges(client, 'account', [{ fromId: 'b1', intoId: 'b2', evidence: {} }], { by: 'test', at: 0 }),
    )
    await crm.importLines('leads', lines)
    expect((await leads())[1]).toEqual({ lead_id: 'l2', account_id: 'b2' })
  })
})
