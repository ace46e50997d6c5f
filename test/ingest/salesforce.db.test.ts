import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { formatTime } from '../../src/glossary.ts'
import { type ImportMap, parseImportMap } from '../../src/ingest/import-map.ts'
import { loadImportMap } from '../../src/ingest/load-import-map.ts'
import { type CrmFiles, NOW, openCrmFiles } from './crm-files.ts'

let crm: CrmFiles
let map: ImportMap

beforeAll(async () => {
  crm = await openCrmFiles()
  map = await loadImportMap('salesforce')
})
beforeEach(() => crm.empty())
afterAll(() => crm.close())

/** What the API gives: ids of 18 characters, times with a zone, dates. */
const API = {
  Account: [
    'Id,IsDeleted,Name,Type,Website,Industry,NumberOfEmployees,AnnualRevenue,BillingCountry,BillingCity,CreatedDate,OwnerId,LastActivityDate,SystemModstamp',
    '0015g00000AbCdEAAV,false,Nordhafen,Customer - Direct,https://nordhafen.example,Transportation,420,48250000.0,Germany,Hamburg,2025-01-07T14:00:00.000+0000,005x,2025-06-01,2025-06-01T00:00:00Z',
    '0015g00000AbCdFAAV,false,Bluebird,Prospect,bluebird.example,,,,,,2025-02-01T14:00:00.000+0000,005x,,',
  ],
  Lead: [
    'Id,IsDeleted,FirstName,LastName,Company,Title,Email,Phone,Country,Website,LeadSource,Status,Rating,HasOptedOutOfEmail,DoNotCall,IsConverted,ConvertedDate,ConvertedContactId,ConvertedAccountId,ConvertedOpportunityId,CreatedDate,OwnerId,LastActivityDate,Industry',
    '00Q5g00000LeAdAEAV,false,Ada,Ruiz,Nordhafen,CTO,ada@nordhafen.example,,Germany,,Web,Closed - Converted,Hot,false,false,true,2025-03-10,0035g00000CoNtAAAV,0015g00000AbCdEAAV,0065g00000OpPoAAAV,2025-02-14T14:30:00.000+0000,005x,2025-03-09,Transportation',
    '00Q5g00000LeAdBEAV,false,Cy,Ito,[not provided],Engineer,cy@bluebird.example,,,www.bluebird.example,Other,Open - Not Contacted,,true,true,false,,000000000000000AAA,,,2025-02-20T14:30:00.000+0000,005x,,',
  ],
  Contact: [
    'Id,IsDeleted,AccountId,FirstName,LastName,Title,Email,Phone,MailingCountry,LeadSource,HasOptedOutOfEmail,DoNotCall,CreatedDate,OwnerId,LastActivityDate,Department',
    '0035g00000CoNtAAAV,false,0015g00000AbCdEAAV,Ada,Ruiz,Chief Technology Officer,ada@nordhafen.example,+49 40 1,Germany,Web,false,false,2025-03-10T13:00:00.000+0000,005x,2025-06-01,IT',
    '0035g00000CoNtBAAV,false,0015g00000AbCdEAAV,Bo,Ek,CFO,bo@nordhafen.example,,Germany,Employee Referral,false,false,2025-03-12T13:00:00.000+0000,005x,,',
  ],
  Opportunity: [
    'Id,IsDeleted,AccountId,Name,StageName,Amount,CurrencyIsoCode,Probability,ForecastCategory,CloseDate,Type,IsClosed,IsWon,Loss_Reason__c,CreatedDate,OwnerId',
    '0065g00000OpPoAAAV,false,0015g00000AbCdEAAV,"Nordhafen, phase 1",Closed Won,52300.0,EUR,100,Closed,2025-05-12,New Business,true,true,,2025-03-10T13:00:00.000+0000,005x',
    '0065g00000OpPoBAAV,false,0015g00000AbCdEAAV,Seats,Negotiation/Review,26600.0,EUR,90,Pipeline,2027-12-31,Existing Customer - Upgrade,false,false,,2025-09-01T13:00:00.000+0000,005x',
    '0065g00000OpPoCAAV,false,0015g00000AbCdFAAV,Bluebird,No decision,,EUR,0,Omitted,2025-04-18,,true,false,price,2025-04-18T09:00:00.000+0000,005x',
  ],
  OpportunityContactRole: [
    'Id,OpportunityId,ContactId,Role,IsPrimary,IsDeleted',
    '00K1,0065g00000OpPoAAAV,0035g00000CoNtAAAV,Decision Maker,true,false',
    '00K2,0065g00000OpPoAAAV,0035g00000CoNtAAAV,Business User,false,false',
    '00K3,0065g00000OpPoAAAV,0035g00000CoNtBAAV,,false,false',
  ],
  OpportunityHistory: [
    'Id,OpportunityId,StageName,Amount,Probability,CloseDate,CreatedDate',
    '0081,0065g00000OpPoAAAV,Qualification,50000.0,10,2025-06-30,2025-03-10T13:00:00.000+0000',
    '0082,0065g00000OpPoAAAV,Qualification,52300.0,10,2025-06-30,2025-03-11T13:00:00.000+0000',
    '0083,0065g00000OpPoAAAV,Negotiation/Review,52300.0,90,2025-06-30,2025-04-01T13:00:00.000+0000',
    '0084,0065g00000OpPoAAAV,Negotiation/Review,52300.0,90,2025-05-30,2025-04-02T13:00:00.000+0000',
    '0085,0065g00000OpPoAAAV,Qualification,52300.0,10,2025-05-30,2025-04-03T13:00:00.000+0000',
    '0086,0065g00000OpPoAAAV,Closed Won,52300.0,100,2025-05-12,2025-05-12T13:00:00.000+0000',
  ],
}

/** The same as reports show it: ids of 15 characters, labels, and times as the locale of a user in New York writes them. */
const REPORTS = {
  Account: [
    'Account ID,Account Name,Account Type,Website,Industry,Employees,Annual Revenue,Billing Country,Billing City,Created Date,Account Owner,Last Activity',
    '0015g00000AbCdE,Nordhafen,Customer - Direct,https://nordhafen.example,Transportation,420,"$48,250,000",Germany,Hamburg,1/7/2025 9:00 AM,Kim Berg,6/1/2025',
    '0015g00000AbCdF,Bluebird,Prospect,bluebird.example,,,,,,2/1/2025 9:00 AM,Kim Berg,',
  ],
  Lead: [
    'Lead ID,First Name,Last Name,Company / Account,Title,Email,Phone,Country,Website,Lead Source,Lead Status,Rating,Email Opt Out,Do Not Call,Converted,Converted Date,Converted Contact ID,Converted Account ID,Converted Opportunity ID,Create Date,Lead Owner,Last Activity,Industry',
    '00Q5g00000LeAdA,Ada,Ruiz,Nordhafen,CTO,ada@nordhafen.example,,Germany,,Web,Closed - Converted,Hot,0,0,1,3/10/2025,0035g00000CoNtA,0015g00000AbCdE,0065g00000OpPoA,2/14/2025 9:30 AM,Kim Berg,3/9/2025,Transportation',
    '00Q5g00000LeAdB,Cy,Ito,[not provided],Engineer,cy@bluebird.example,,,www.bluebird.example,Other,Open - Not Contacted,,1,1,0,,000000000000000,,,2/20/2025 9:30 AM,Kim Berg,,',
  ],
  Contact: [
    'Contact ID,Account ID,First Name,Last Name,Title,Email,Phone,Mailing Country,Lead Source,Email Opt Out,Do Not Call,Created Date,Contact Owner,Last Activity,Department',
    '0035g00000CoNtA,0015g00000AbCdE,Ada,Ruiz,Chief Technology Officer,ada@nordhafen.example,+49 40 1,Germany,Web,0,0,3/10/2025 9:00 AM,Kim Berg,6/1/2025,IT',
    '0035g00000CoNtB,0015g00000AbCdE,Bo,Ek,CFO,bo@nordhafen.example,,Germany,Employee Referral,0,0,3/12/2025 9:00 AM,Kim Berg,,',
  ],
  Opportunity: [
    'Opportunity ID,Account ID,Opportunity Name,Stage,Amount,Amount Currency,Probability (%),Forecast Category,Close Date,Type,Closed,Won,Loss Reason,Created Date,Opportunity Owner',
    '0065g00000OpPoA,0015g00000AbCdE,"Nordhafen, phase 1",Closed Won,"52,300.00",EUR,100,Closed,5/12/2025,New Business,1,1,,3/10/2025 9:00 AM,Kim Berg',
    '0065g00000OpPoB,0015g00000AbCdE,Seats,Negotiation/Review,"26,600.00",EUR,90,Pipeline,12/31/2027,Existing Customer - Upgrade,0,0,,9/1/2025 9:00 AM,Kim Berg',
    '0065g00000OpPoC,0015g00000AbCdF,Bluebird,No decision,,EUR,0,Omitted,4/18/2025,,1,0,price,4/18/2025 5:00 AM,Kim Berg',
  ],
  OpportunityContactRole: [
    'Opportunity ID,Contact ID,Role,Primary',
    '0065g00000OpPoA,0035g00000CoNtA,Decision Maker,1',
    '0065g00000OpPoA,0035g00000CoNtA,Business User,0',
    '0065g00000OpPoA,0035g00000CoNtB,,0',
  ],
  OpportunityHistory: [
    'Opportunity ID,To Stage,Last Modified',
    '0065g00000OpPoA,Qualification,3/10/2025 9:00 AM',
    '0065g00000OpPoA,Qualification,3/11/2025 9:00 AM',
    '0065g00000OpPoA,Negotiation/Review,4/1/2025 9:00 AM',
    '0065g00000OpPoA,Negotiation/Review,4/2/2025 9:00 AM',
    '0065g00000OpPoA,Qualification,4/3/2025 9:00 AM',
    '0065g00000OpPoA,Closed Won,5/12/2025 9:00 AM',
  ],
}

const KINDS = {
  Account: 'accounts',
  Lead: 'leads',
  Contact: 'leads',
  Opportunity: 'deals',
  OpportunityContactRole: 'deal_contacts',
  OpportunityHistory: 'deal_stages',
} as const

async function importAll(files: typeof API, used: ImportMap = map, zone?: string) {
  const summaries = []
  for (const [object, kind] of Object.entries(KINDS)) {
    const lines = files[object as keyof typeof API]
    summaries.push(
      await crm.importLines(kind, lines, { map: used, name: `${object}.csv`, ...(zone && { zone }) }),
    )
  }
  return summaries
}

test('the names of the API', async () => {
  const summaries = await importAll(API)
  expect(
    summaries.map(({ object, changed, unchanged, rejected }) => [object, changed, unchanged, rejected]),
  ).toEqual([
    ['Account', 2, 0, 0],
    ['Lead', 2, 0, 0],
    ['Contact', 2, 0, 0],
    ['Opportunity', 3, 0, 0],
    // The second role of a person adds nothing.
    ['OpportunityContactRole', 2, 1, 0],
    ['OpportunityHistory', 6, 0, 0],
  ])
  expect(
    await crm.query(
      'SELECT deal_id, pipeline, outcome, closed_at, amount, lost_reason FROM wonlost.deals ORDER BY 1',
    ),
  ).toEqual([
    {
      ...{ deal_id: '0065g00000OpPoAAAV', pipeline: 'new_business', outcome: 'won', amount: 52300 },
      ...{ closed_at: new Date('2025-05-12T23:59:59.999Z'), lost_reason: null },
    },
    {
      // Open, with a close date that is only hoped for.
      ...{ deal_id: '0065g00000OpPoBAAV', pipeline: 'expansion', outcome: 'open', amount: 26600 },
      ...{ closed_at: null, lost_reason: null },
    },
    {
      // Lost on the day it was opened, in a stage of their own.
      ...{ deal_id: '0065g00000OpPoCAAV', pipeline: 'new_business', outcome: 'lost', amount: null },
      ...{ closed_at: new Date('2025-04-18T23:59:59.999Z'), lost_reason: 'price' },
    },
  ])
  const notes = summaries.map(({ notes: all }) =>
    all.filter(({ code }) => code === 'outcome_field').map(({ column }) => column),
  )
  expect(notes.slice(0, 3)).toEqual([
    ['LastActivityDate', 'SystemModstamp'],
    ['Status', 'Rating', 'IsConverted', 'ConvertedDate', 'ConvertedOpportunityId', 'LastActivityDate'],
    ['LastActivityDate'],
  ])
  expect(
    await crm.query(
      `SELECT name, value FROM wonlost.traits WHERE subject_id = '00Q5g00000LeAdBEAV' ORDER BY 1`,
    ),
  ).toEqual([
    { name: 'consent', value: 'objected' },
    { name: 'do_not_call', value: true },
    { name: 'email', value: 'cy@bluebird.example' },
    { name: 'first_name', value: 'Cy' },
    { name: 'last_name', value: 'Ito' },
    { name: 'source', value: 'Other' },
    { name: 'title', value: 'Engineer' },
  ])
})

test('reports say the same: ids of 15 characters, labels, times of a locale', async () => {
  await importAll(API)
  const byApi = await crm.dump()
  await crm.empty()
  // What the guide says to do for reports: copy the map, and state how times are written.
  const text = readFileSync(new URL('../../src/ingest/maps/salesforce.yaml', import.meta.url), 'utf8')
  const own = parseImportMap(
    text.replace('times: [iso, iso_local, date]', 'times: [M/d/yyyy h:mm a, M/d/yyyy]'),
    'own.yaml',
  )
  const summaries = await importAll(REPORTS, own, 'America/New_York')
  expect(summaries.map(({ rejected }) => rejected)).toEqual([0, 0, 0, 0, 0, 0])
  const byReports = await crm.dump()
  // A day ends later in New York, and Excel has no decimals for whole numbers; all else is equal.
  const inZone = JSON.parse(
    JSON.stringify(byApi).replaceAll(/(2025-0[45]-\d\d)T23:59:59.999\+00:00/g, (_, day: string) => {
      const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
      return `${next}T03:59:59.999+00:00`
    }),
  )
  expect(byReports).toEqual(inZone)
})

test('a converted lead and its contact are one person, with the first touch of the lead', async () => {
  await importAll(API)
  const [account] = await crm.records()
  expect(account!.leads.map(({ leadId, createdAt }) => [leadId, formatTime(createdAt)])).toEqual([
    // Bo was never a lead.
    ['0035g00000CoNtBAAV', '2025-03-12T13:00:00Z'],
    ['00Q5g00000LeAdAEAV', '2025-02-14T14:30:00Z'],
  ])
  const ada = account!.leads[1]!
  expect(
    ada.traits
      .filter(({ name }) => name === 'title')
      .map(({ value, knownAt }) => [value, formatTime(knownAt)]),
  ).toEqual([
    ['CTO', '2025-02-14T14:30:00Z'],
    ['Chief Technology Officer', '2025-03-10T13:00:00Z'],
  ])
  // Opportunities name the contact.
  expect(account!.deals[0]).toMatchObject({
    outcome: 'won',
    contacts: [
      { leadId: '0035g00000CoNtBAAV', isPrimary: false },
      { leadId: '00Q5g00000LeAdAEAV', isPrimary: true },
    ],
    stages: [
      { stage: 'Qualification', enteredAt: Date.parse('2025-03-10T13:00:00Z') },
      { stage: 'Negotiation/Review', enteredAt: Date.parse('2025-04-01T13:00:00Z') },
      { stage: 'Qualification', enteredAt: Date.parse('2025-04-03T13:00:00Z') },
      { stage: 'Closed Won', enteredAt: Date.parse('2025-05-12T13:00:00Z') },
    ],
  })
})

describe.each([true, false])('a second run changes nothing (trusted times: %s)', (trustedTimes) => {
  test.each([
    [
      'leads first',
      ['Account', 'Lead', 'Contact', 'Opportunity', 'OpportunityContactRole', 'OpportunityHistory'],
    ],
    [
      'contacts first',
      ['Account', 'Contact', 'Lead', 'Opportunity', 'OpportunityHistory', 'OpportunityContactRole'],
    ],
  ] as const)('%s', async (_, order) => {
    const run = async (now: number): Promise<number[]> => {
      const changed: number[] = []
      for (const object of order) {
        const options = { map, trustedTimes, now, name: `${object}.csv` }
        changed.push((await crm.importLines(KINDS[object], API[object], options)).changed)
      }
      return changed
    }
    await run(NOW)
    const before = await crm.dump()
    expect(await run(NOW + 86_400_000)).toEqual([0, 0, 0, 0, 0, 0])
    expect(await crm.dump()).toEqual(before)
    const people = (await crm.records()).flatMap(({ leads }) => leads)
    expect(people.map(({ createdAt }) => formatTime(createdAt)).sort()).toEqual([
      '2025-02-14T14:30:00Z',
      '2025-02-20T14:30:00Z',
      '2025-03-12T13:00:00Z',
    ])
  })
})

test('ids that differ in case only are two; one whose checksum does not fit is turned down', async () => {
  const summary = await crm.importLines(
    'accounts',
    [
      'Id,CreatedDate,Name',
      '0065g00000OpPoA,2025-01-07T14:00:00.000+0000,one',
      // As the weekly export writes times.
      '0065g00000OppoA,2025-01-07 14:00:00,two',
      // A spreadsheet has turned everything into capitals.
      '0065G00000OPPOAAAV,2025-01-07T14:00:00.000+0000,three',
    ],
    { map },
  )
  expect(summary).toMatchObject({ changed: 2, rejected: 1 })
  expect(summary.rejections[0]?.reason).toMatch(/not an id of Salesforce/)
  const created_at = new Date('2025-01-07T14:00:00Z')
  expect(await crm.query('SELECT account_id, created_at FROM wonlost.accounts ORDER BY 1')).toEqual([
    { account_id: '0065g00000OpPoAAAV', created_at },
    { account_id: '0065g00000OppoAAAR', created_at },
  ])
})

test('meetings of calendars, whoever they were with then', async () => {
  await importAll(API)
  const summary = await crm.importLines(
    'events',
    [
      'Id,WhoId,StartDateTime,CreatedDate,Subject',
      '00U5g00000EvEnA,00Q5g00000LeAdA,2025-03-01T10:00:00.000+0000,2025-02-26T10:00:00.000+0000,Call',
      '00U5g00000EvEnB,0035g00000CoNtB,2025-04-01T10:00:00.000+0000,2025-03-26T10:00:00.000+0000,Demo',
      '00U5g00000EvEnC,,2025-04-01T10:00:00.000+0000,2025-03-26T10:00:00.000+0000,Dentist',
    ],
    { map },
  )
  expect(summary).toMatchObject({ object: 'Event', changed: 2, rejected: 1 })
  expect(await crm.query('SELECT type, lead_id FROM wonlost.events ORDER BY 2')).toEqual([
    { type: 'meeting_booked', lead_id: '0035g00000CoNtBAAV' },
    { type: 'meeting_booked', lead_id: '00Q5g00000LeAdAEAV' },
  ])
  // The same meeting again, with what the lead has become meanwhile.
  const later = [
    'Id,WhoId,StartDateTime,CreatedDate',
    '00U5g00000EvEnA,0035g00000CoNtA,2025-03-01T10:00:00.000+0000,2025-02-26T10:00:00.000+0000',
  ]
  expect(await crm.importLines('events', later, { map })).toMatchObject({ changed: 0, unchanged: 1 })
})
