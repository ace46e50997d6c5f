/** What the kinds of an import say by our own names: people by several names, contacts and stages of deals by themselves. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Deal } from '../../src/glossary.ts'
import { type CrmFiles, NOW, openCrmFiles } from './crm-files.ts'

let crm: CrmFiles
const AT = '2026-01-01T00:00:00Z'

beforeAll(async () => {
  crm = await openCrmFiles()
})
beforeEach(async () => {
  await crm.empty()
  await crm.importLines('leads', [
    'lead_id,other_ids,created_at,email,user_id',
    `l_1,old_1;old_2,${AT},Ada@x.example,u_1`,
    `l_2,,${AT},bo@x.example,`,
    `l_3,,${AT},,u_3`,
  ])
  await crm.importLines('deals', [
    'deal_id,opened_at,outcome,contacts',
    `d_1,${AT},open,l_1`,
    `d_2,${AT},open,`,
  ])
})
afterAll(() => crm.close())

const contacts = async (): Promise<string[]> => {
  const rows =
    await crm.query(`SELECT concat_ws(' ', deal_id, lead_id, CASE WHEN is_primary THEN '*' END) AS contact
    FROM wonlost.deal_contacts ORDER BY deal_id, lead_id`)
  return rows.map((row) => Object.values(row as object)[0])
}

async function deal(id: string): Promise<Deal | undefined> {
  return (await crm.records()).flatMap(({ deals }) => deals).find(({ dealId }) => dealId === id)
}

describe('events', () => {
  test('say who by a mail address or user id of a lead that is known, however it is written', async () => {
    const lines = [
      'type,occurred_at,lead_id,email,user_id,anonymous_id',
      `a,${AT},,ADA@X.example,,`,
      `b,${AT},,,u_3,`,
      `c,${AT},old_2,,,`,
      `d,${AT},l_2,wrong@x.example,,`,
      `e,${AT},,nobody@x.example,,v_1`,
      `f,${AT},,nobody@x.example,,`,
      `g,${AT},,,u_9,`,
      `h,${AT},,not an address,,`,
      `i,${AT},,,,`,
    ]
    const summary = await crm.importLines('events', lines)
    expect(await crm.query('SELECT type, lead_id, anonymous_id FROM wonlost.events ORDER BY 1')).toEqual([
      { type: 'a', lead_id: 'l_1', anonymous_id: null },
      { type: 'b', lead_id: 'l_3', anonymous_id: null },
      { type: 'c', lead_id: 'l_1', anonymous_id: null },
      { type: 'd', lead_id: 'l_2', anonymous_id: null },
      { type: 'e', lead_id: null, anonymous_id: 'v_1' },
    ])
    expect(summary.rejections.map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
      '7 email there is no lead "nobody@x.example"; import leads before events',
      '8 user_id there is no lead "u_9"; import leads before events',
      '9 email "not an address" is not a mail address',
      '10 lead_id is empty, and so are email, user_id and anonymous_id; one of them is needed',
    ])
  })

  test('are the same event whoever is meant: what was learned in between changes the person only', async () => {
    const lines = ['type,occurred_at,email,anonymous_id', `a,${AT},di@x.example,v_1`]
    expect(await crm.importLines('events', lines)).toMatchObject({ changed: 1 })
    await crm.importLines('leads', ['lead_id,created_at,email', `l_4,${AT},di@x.example`])
    await crm.importLines('events', lines)
    expect(await crm.query('SELECT lead_id FROM wonlost.events')).toEqual([{ lead_id: 'l_4' }])
    expect(await crm.importLines('events', lines)).toMatchObject({ changed: 0, unchanged: 1 })
  })
})

describe('contacts of deals', () => {
  const header = 'deal_id,lead_id,is_primary'

  test('come on top of those that a deal has, and stay when deals are imported without contacts', async () => {
    const lines = [header, 'd_1,l_2,true', 'd_1,old_1,false', 'd_2,l_3,']
    // l_1 makes room for l_2, and its own row has nothing to add.
    expect(await crm.importLines('deal_contacts', lines)).toMatchObject({ changed: 2, unchanged: 1 })
    const all = ['d_1 l_1', 'd_1 l_2 *', 'd_2 l_3']
    expect(await contacts()).toEqual(all)
    expect(await crm.importLines('deal_contacts', lines)).toMatchObject({ changed: 0, unchanged: 3 })
    await crm.importLines('deals', ['deal_id,opened_at,outcome', `d_1,${AT},open`])
    // An empty cell says nothing either.
    await crm.importLines('deals', ['deal_id,opened_at,outcome,contacts', `d_1,${AT},open,`])
    // Nor does a file that does not know who is primary.
    await crm.importLines('deal_contacts', ['deal_id,lead_id', 'd_1,l_2', 'd_1,l_1'])
    expect(await contacts()).toEqual(all)
  })

  test('of unknown deals and people are turned down', async () => {
    const summary = await crm.importLines('deal_contacts', [
      header,
      'd_9,l_1,',
      'd_1,l_9,',
      'd_1,,',
      ',l_1,',
      'd_1,l_2,maybe',
    ])
    expect(summary.rejections.map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
      '2 deal_id there is no deal "d_9"; import deals before deal_contacts',
      '3 lead_id there is no lead "l_9"; import leads before deal_contacts',
      '4 lead_id is empty',
      '5 deal_id is empty',
      '6 is_primary "maybe" is neither true nor false (yes, no, 1 and 0 are read as well)',
    ])
    expect(await contacts()).toEqual(['d_1 l_1 *'])
  })
})

describe('stages of deals', () => {
  test('are entered the first time a history names them; the same again in a row is one stay', async () => {
    const at = (day: number): string => `2026-01-0${day}T00:00:00Z`
    // In no order, as histories may come.
    const lines = [
      'deal_id,stage,entered_at',
      ...[`d_1,offer,${at(5)}`, `d_1,qualified,${at(1)}`, `d_1,qualified,${at(2)}`, `d_1,offer,${at(3)}`],
      ...[`d_1,qualified,${at(4)}`, `d_1,offer,${at(6)}`, `d_9,offer,${at(6)}`, `d_2,,${at(6)}`],
    ]
    const summary = await crm.importLines('deal_stages', lines)
    expect(summary).toMatchObject({ changed: 6, rejected: 2 })
    expect(summary.rejections.map(({ line, column, reason }) => `${line} ${column} ${reason}`)).toEqual([
      '8 deal_id there is no deal "d_9"; import deals before deal_stages',
      '9 stage is empty',
    ])
    expect((await deal('d_1'))?.stages).toEqual(
      [
        ['qualified', 1],
        ['offer', 3],
        ['qualified', 4],
        ['offer', 5],
      ].map(([stage, day]) => ({ stage, enteredAt: Date.parse(at(day as number)) })),
    )
    expect(await crm.importLines('deal_stages', lines)).toMatchObject({ changed: 0, unchanged: 6 })
  })
})

test('accounts: further ids of the CRM lead to the account', async () => {
  await crm.importLines('accounts', ['account_id,other_ids,created_at', `a_1,old_a;older_a,${AT}`])
  expect(
    await crm.importLines('leads', ['lead_id,created_at,account_id', `l_5,${AT},older_a`]),
  ).toMatchObject({ accountsCreated: 0 })
  expect(await crm.query(`SELECT account_id FROM wonlost.leads WHERE lead_id = 'l_5'`)).toEqual([
    { account_id: 'a_1' },
  ])
})

test('a first export with trusted times, later ones without: every change is kept from the day of its import', async () => {
  const week = 7 * 86_400_000
  const title = (text: string) => ['lead_id,created_at,title', `l_1,${AT},${text}`]
  await crm.importLines('leads', title('CTO'))
  for (const [weeks, text] of ['CTO', 'CEO', 'CEO'].entries())
    await crm.importLines('leads', title(text), { trustedTimes: false, now: NOW + (weeks + 1) * week })
  expect(
    await crm.query(`SELECT value, known_at FROM wonlost.traits WHERE name = 'title' ORDER BY 2`),
  ).toEqual([
    { value: 'CTO', known_at: new Date(AT) },
    { value: 'CEO', known_at: new Date(NOW + 2 * week) },
  ])
})
