import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ImportMap } from '../../src/ingest/import-map.ts'
import { loadImportMap } from '../../src/ingest/load-import-map.ts'
import { type CrmFiles, openCrmFiles } from './crm-files.ts'

let crm: CrmFiles
let map: ImportMap

beforeAll(async () => {
  crm = await openCrmFiles()
  map = await loadImportMap('hubspot')
})
beforeEach(() => crm.empty())
afterAll(() => crm.close())

/** By the names of the API: ISO times and milliseconds, ids of stages and pipelines. */
const API = {
  companies: [
    'hs_object_id,createdate,name,domain,industry,numberofemployees,annualrevenue,country,web_technologies,city,type,lifecyclestage,num_associated_deals,hubspot_owner_id',
    '21001,2025-01-07T09:00:00.000Z,Nordhafen,nordhafen.example,COMPUTER_SOFTWARE,420,48250000.5,Germany,postgres;hubspot,Hamburg,PROSPECT,customer,2,77',
    '21002,1738400400000,Bluebird,bluebird.example,,85,,United States,,,,lead,0,77',
  ],
  contacts: [
    'hs_object_id,createdate,email,firstname,lastname,jobtitle,phone,country,hs_analytics_source,associatedcompanyid,website,hs_merged_object_ids,hs_email_optout,city,hs_language,lifecyclestage,hs_lead_status,num_associated_deals,notes_last_contacted,hs_email_domain,mobilephone,hubspot_owner_id',
    '151001,2025-02-14T08:30:00.000Z,Ada@nordhafen.example,Ada,Ruiz,CTO,+49 40 1,Germany,ORGANIC_SEARCH,21001,,150001;150002,,Hamburg,de,customer,CONNECTED,1,2025-06-01T10:00:00Z,nordhafen.example,+49 171 1,77',
    '151002,1740043800000,bo@nordhafen.example,Bo,Ek,CFO,,Germany,REFERRALS,21001,,,false,,,opportunity,,1,,nordhafen.example,,77',
    '151003,2025-02-20T12:00:00Z,cy@bluebird.example,Cy,Ito,Engineer,,United States,PAID_SOCIAL,,https://www.bluebird.example/,,true,,,lead,NEW,0,,bluebird.example,,77',
    '151004,2025-03-01T12:00:00Z,di@webmail.example,Di,Fox,,,,Trade show list,,,,,,,lead,,0,,webmail.example,,',
  ],
  deals: [
    'hs_object_id,dealname,pipeline,dealstage,createdate,closedate,amount,deal_currency_code,hs_is_closed,hs_is_closed_won,closed_lost_reason,hs_deal_stage_probability,hs_lastmodifieddate,hs_v2_date_entered_148309210,Associated Company IDs,Associated Contact IDs',
    '33001,"Nordhafen, phase 1",default,148309214,2025-03-10T09:00:00.000Z,2025-05-12T15:10:00.000Z,52300,EUR,true,true,,1,2025-05-12T15:10:00Z,2025-03-10T09:00:00Z,21001;21002,151001;151002',
    '33002,Nordhafen seats,default,148309212,1743465600000,1830297600000,26600.50,EUR,false,false,,0.6,2025-05-12T15:10:00Z,,21001,150002',
    '33003,Bluebird,default,148309215,2025-04-01T08:00:00Z,2025-04-18T08:00:00Z,,,true,false,"too, dear",0,2025-05-12T15:10:00Z,,21002,',
  ],
}

/** The same by the labels of the export dialogue, which writes times in the zone of the account. */
const LABELS = {
  companies: [
    'Record ID,Create Date,Company name,Company Domain Name,Industry,Number of Employees,Annual Revenue,Country/Region,Web Technologies,City,Type,Lifecycle Stage,Number of Associated Deals,Company owner',
    '21001,2025-01-07 10:00,Nordhafen,nordhafen.example,COMPUTER_SOFTWARE,420,"48,250,000.50",Germany,postgres;hubspot,Hamburg,Prospect,Customer,2,Kim Berg',
    '21002,2025-02-01 10:00,Bluebird,bluebird.example,,85,,United States,,,,Lead,0,Kim Berg',
  ],
  contacts: [
    'Record ID,Create Date,Email,First Name,Last Name,Job Title,Phone Number,Country/Region,Original Traffic Source,Associated Company IDs,Website URL,Merged record IDs,Unsubscribed from all email,City,Preferred language,Lifecycle Stage,Lead Status,Number of Associated Deals,Last Contacted,Email Domain,Mobile Phone Number,Contact owner',
    '151001,2025-02-14 09:30,Ada@nordhafen.example,Ada,Ruiz,CTO,+49 40 1,Germany,Organic Search,21001,,150001;150002,,Hamburg,de,Customer,Connected,1,2025-06-01 12:00,nordhafen.example,+49 171 1,Kim Berg',
    '151002,2025-02-20 10:30,bo@nordhafen.example,Bo,Ek,CFO,,Germany,Referrals,21001;21002,,,No,,,Opportunity,,1,,nordhafen.example,,Kim Berg',
    '151003,2025-02-20 13:00,cy@bluebird.example,Cy,Ito,Engineer,,United States,Paid Social,(No value),https://www.bluebird.example/,,Yes,,,Lead,New,0,,bluebird.example,,Kim Berg',
    '151004,2025-03-01 13:00,di@webmail.example,Di,Fox,,,,Trade show list,,,,,,,Lead,,0,,webmail.example,,',
  ],
  deals: [
    'Record ID,Deal Name,Pipeline,Deal Stage,Create Date,Close Date,Amount,Currency,Is Deal Closed?,Is Closed Won,Closed Lost Reason,Deal probability,Last Modified Date,Associated Company IDs,Associated Contact IDs',
    '33001,"Nordhafen, phase 1",Sales Pipeline,Closed won,2025-03-10 10:00,2025-05-12 17:10,52300,EUR,true,true,,1,2025-05-12 17:10,21001;21002,151001;151002',
    '33002,Nordhafen seats,Sales Pipeline,Offer,2025-04-01 02:00,2028-01-01 01:00,26600.50,EUR,false,false,,0.6,2025-05-12 17:10,21001,150002',
    '33003,Bluebird,Sales Pipeline,Closed lost,2025-04-01 10:00,2025-04-18 10:00,,,true,false,"too, dear",0,2025-05-12 17:10,21002,',
  ],
}

async function importAll(files: typeof API, zone?: string) {
  const options = { map, ...(zone && { zone }) }
  return [
    await crm.importLines('accounts', files.companies, options),
    await crm.importLines('leads', files.contacts, options),
    await crm.importLines('deals', files.deals, options),
  ]
}

test('the names of the API: people, companies, deals', async () => {
  const summaries = await importAll(API)
  expect(summaries.map(({ object, changed, rejected }) => [object, changed, rejected])).toEqual([
    ['companies', 2, 0],
    ['contacts', 4, 0],
    ['deals', 3, 0],
  ])
  expect(await crm.query('SELECT lead_id, account_id, created_at FROM wonlost.leads ORDER BY 1')).toEqual([
    { lead_id: '151001', account_id: '21001', created_at: new Date('2025-02-14T08:30:00Z') },
    { lead_id: '151002', account_id: '21001', created_at: new Date('2025-02-20T09:30:00Z') },
    // Without a company, but with the web site of one.
    { lead_id: '151003', account_id: '21002', created_at: new Date('2025-02-20T12:00:00Z') },
    { lead_id: '151004', account_id: null, created_at: new Date('2025-03-01T12:00:00Z') },
  ])
  expect(
    await crm.query(`SELECT deal_id, account_id, pipeline, outcome, closed_at, amount, lost_reason
      FROM wonlost.deals ORDER BY 1`),
  ).toEqual([
    {
      ...{ deal_id: '33001', account_id: '21001', pipeline: 'new_business', outcome: 'won', amount: 52300 },
      ...{ closed_at: new Date('2025-05-12T15:10:00Z'), lost_reason: null },
    },
    {
      // Open, with a close date that is only hoped for.
      ...{
        deal_id: '33002',
        account_id: '21001',
        pipeline: 'new_business',
        outcome: 'open',
        amount: 26600.5,
      },
      ...{ closed_at: null, lost_reason: null },
    },
    {
      ...{ deal_id: '33003', account_id: '21002', pipeline: 'new_business', outcome: 'lost', amount: null },
      ...{ closed_at: new Date('2025-04-18T08:00:00Z'), lost_reason: 'too, dear' },
    },
  ])
  expect(
    await crm.query('SELECT deal_id, lead_id, is_primary FROM wonlost.deal_contacts ORDER BY 1, 2'),
  ).toEqual([
    { deal_id: '33001', lead_id: '151001', is_primary: true },
    { deal_id: '33001', lead_id: '151002', is_primary: false },
    // Named 150002, which was merged into 151001.
    { deal_id: '33002', lead_id: '151001', is_primary: true },
  ])
})

test('what becomes a trait, what is left out, and what gives the outcome away', async () => {
  const summaries = await importAll(API)
  const traits = await crm.query(
    `SELECT name, value FROM wonlost.traits WHERE subject_id IN ('151001', '151003') ORDER BY subject_id, name`,
  )
  expect(traits.map((row) => Object.values(row as object))).toEqual([
    ['city', 'Hamburg'],
    ['country', 'Germany'],
    ['email', 'Ada@nordhafen.example'],
    ['first_name', 'Ada'],
    ['language', 'de'],
    ['last_name', 'Ruiz'],
    ['phone', '+49 40 1'],
    ['source', 'organic_search'],
    ['title', 'CTO'],
    ['consent', 'objected'],
    ['country', 'United States'],
    ['email', 'cy@bluebird.example'],
    ['first_name', 'Cy'],
    ['last_name', 'Ito'],
    ['source', 'paid_social'],
    ['title', 'Engineer'],
  ])
  expect(
    await crm.query(`SELECT value FROM wonlost.traits WHERE name = 'source' AND subject_id > '151003'`),
  ).toEqual([{ value: 'Trade show list' }])
  expect(summaries[1]!.notes.map(({ code, column }) => `${code} ${column}`)).toEqual([
    'outcome_field lifecyclestage',
    'outcome_field hs_lead_status',
    'outcome_field num_associated_deals',
    'outcome_field notes_last_contacted',
  ])
})

test('the labels of the export dialogue, in the zone of the account, say the same', async () => {
  await importAll(API)
  const byApi = await crm.dump()
  await crm.empty()
  const summaries = await importAll(LABELS, 'Europe/Berlin')
  expect(summaries.map(({ rejected }) => rejected)).toEqual([0, 0, 0])
  expect(await crm.dump()).toEqual(byApi)
  // The one after the other changes nothing either.
  const again = await importAll(API)
  expect(again.map(({ changed }) => changed)).toEqual([0, 0, 0])
  expect(await crm.dump()).toEqual(byApi)
})

test("a company's own lead source goes before what the web site knows", async () => {
  await crm.importLines(
    'leads',
    ['Record ID,Create Date,Lead Source,Original Source', '1,2025-02-14T08:30:00Z,webinar,DIRECT_TRAFFIC'],
    { map },
  )
  expect(await crm.query('SELECT name, value FROM wonlost.traits')).toEqual([
    { name: 'source', value: 'webinar' },
  ])
})

test('deals again: won later, other pipelines, numbers for flags; no column of contacts takes none away', async () => {
  await importAll(API)
  const later = await crm.importLines(
    'deals',
    [
      'Record ID,Pipeline,Create Date,Close Date,Is closed (numeric),Is Closed Won',
      '33002,default,2025-04-01T00:00:00Z,2025-07-01,1,1',
      '33004,69411827,2025-04-01T00:00:00Z,,0,0',
    ],
    { map },
  )
  expect(later).toMatchObject({ changed: 2, rejected: 0 })
  expect(
    await crm.query(`SELECT pipeline, outcome, closed_at, amount,
        (SELECT count(*)::int FROM wonlost.deal_contacts WHERE deal_contacts.deal_id = deals.deal_id) AS contacts
      FROM wonlost.deals WHERE deal_id IN ('33002', '33004') ORDER BY deal_id`),
  ).toEqual([
    {
      ...{ pipeline: 'new_business', outcome: 'won', amount: 26600.5, contacts: 1 },
      closed_at: new Date('2025-07-01T23:59:59.999Z'),
    },
    { pipeline: '69411827', outcome: 'open', closed_at: null, amount: null, contacts: 0 },
  ])
})

test('deals without the columns that say which are closed are refused; stages are not guessed from', async () => {
  await expect(
    crm.importLines(
      'deals',
      [
        'Record ID,Deal Stage,Create Date,Close Date',
        '1,closedwon,2025-04-01T00:00:00Z,2025-07-01T00:00:00Z',
      ],
      { map },
    ),
  ).rejects.toMatchObject({
    code: 'table_invalid',
    message: expect.stringMatching(/outcome \("hs_is_closed" or "Is Deal Closed\?".*"Is Closed Won"/),
  })
})

test('events of the events API, and of the email events API by mail address', async () => {
  await importAll(API)
  const name = 'events.jsonl'
  const lines = [
    '{"objectType":"CONTACT","objectId":"151001","eventType":"e_visited_page","occurredAt":"2025-03-01T10:00:00.000Z","id":"ev-1","properties":{"hs_url":"https://nordhafen.example/pricing"}}',
    '{"objectType":"CONTACT","objectId":"150001","eventType":"pe4711_trial_started","occurredAt":"2025-03-02T10:00:00.000Z","id":"ev-2","properties":{}}',
  ]
  expect(await crm.importLines('events', lines, { map, name })).toMatchObject({
    object: 'events',
    changed: 2,
  })
  const mails = [
    '{"appId":1,"recipient":"ADA@nordhafen.example","type":"CLICK","created":1740909600000,"id":"m-1","url":"https://x.example"}',
    '{"appId":1,"recipient":"bo@nordhafen.example","type":"STATUSCHANGE","created":1740909600000,"id":"m-2"}',
    '{"appId":1,"recipient":"nobody@nordhafen.example","type":"OPEN","created":1740909600000,"id":"m-3"}',
  ]
  const summary = await crm.importLines('events', mails, { map, name })
  expect(summary).toMatchObject({ object: 'email_events', changed: 2, rejected: 1 })
  expect(await crm.query('SELECT event_id, type, lead_id FROM wonlost.events ORDER BY 1')).toEqual([
    { event_id: 'ev-1', type: 'page_viewed', lead_id: '151001' },
    // Of a contact that was merged into 151001.
    { event_id: 'ev-2', type: 'pe4711_trial_started', lead_id: '151001' },
    { event_id: 'm-1', type: 'email_clicked', lead_id: '151001' },
    { event_id: 'm-2', type: 'unsubscribed', lead_id: '151002' },
  ])
  expect((await crm.importLines('events', lines, { map, name })).changed).toBe(0)
})
