import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { importCommand } from '../../src/cli/commands/import.ts'
import { WonlostError } from '../../src/errors.ts'
import { parseImportMap } from '../../src/ingest/import-map.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { type PlanOptions, planRows } from '../../src/ingest/plan-rows.ts'

const kindOf = (name: string) => IMPORT_KINDS.find((kind) => kind.name === name)!

const plan = (kind: string, header: readonly string[], options: PlanOptions = {}) =>
  planRows(kindOf(kind), header, 'file.csv', options)

/** Name, type and source of each column that is read, in the order of the file. */
const columnsOf = (kind: string, header: readonly string[], options: PlanOptions = {}) =>
  plan(kind, header, options)
    .columns.toSorted((a, b) => a.position - b.position)
    .map(({ column, source }) => [column.name, column.type, source])

const notesOf = (kind: string, header: readonly string[], options: PlanOptions = {}) =>
  plan(kind, header, options).notes.map(({ code, column, reason }) => `${code} ${column}: ${reason}`)

const failureOf = (kind: string, header: readonly string[], options: PlanOptions = {}): WonlostError => {
  try {
    plan(kind, header, options)
  } catch (error) {
    if (error instanceof WonlostError) return error
    throw error
  }
  throw new Error('the header was accepted')
}

const mapOf = (objects: string) => parseImportMap(`map: test\nobjects:\n${objects}`, 'test.yaml')

describe('without a map', () => {
  test('case, blanks and hyphens do not matter; other names of leads and accounts are traits', () => {
    expect(columnsOf('leads', ['Lead ID', 'created-at', 'Email', 'Shoe Size', 'ShirtColour?'])).toEqual([
      ['lead_id', 'id', 'Lead ID'],
      ['created_at', 'time', 'created-at'],
      ['email', 'text', 'Email'],
      ['shoe_size', 'value', 'Shoe Size'],
      ['shirt_colour', 'value', 'ShirtColour?'],
    ])
  })

  test('--list and --text say how traits are read', () => {
    const header = ['account_id', 'created_at', 'interests', 'Post Code', 'employees']
    const options = { lists: ['interests'], texts: ['post_code', 'employees'] }
    expect(columnsOf('accounts', header, options).slice(2)).toEqual([
      ['interests', 'list', 'interests'],
      ['post_code', 'text', 'Post Code'],
      ['employees', 'text', 'employees'],
    ])
    expect(failureOf('accounts', header, { lists: ['interets'] }).code).toBe('usage')
    expect(failureOf('accounts', header, { texts: ['created_at'] }).code).toBe('usage')
  })

  test('the columns in front of rejected rows are passed over, and only there', () => {
    const header = ['lead_id', 'created_at']
    expect(
      plan('leads', ['line', 'column', 'reason', ...header]).columns.map(({ position }) => position),
    ).toEqual([3, 4])
    expect(columnsOf('leads', [...header, 'line', 'column', 'reason'])[2]).toEqual(['line', 'value', 'line'])
  })

  test('fields that give the outcome away are left out, with the reason', () => {
    const header = ['account_id', 'created_at', 'funding_stage', 'CRM Stage', 'IsConverted']
    expect(columnsOf('accounts', header).map(([name]) => name)).toEqual([
      'account_id',
      'created_at',
      'funding_stage',
    ])
    expect(notesOf('accounts', header)).toEqual([
      'outcome_field CRM Stage: says how far sales has come, and is moved on until the deal is won or lost',
      'outcome_field IsConverted: tells the outcome, or exists only once there is one',
    ])
  })

  test.each([
    ['events', ['lead_id', 'type', 'ocurred_at'], /"ocurred_at" is unknown; did you mean occurred_at\?/],
    [
      'deals',
      ['deal_id', 'opened_at', 'outcome', 'probability'],
      /"probability" is unknown\. Needed: deal_id, opened_at, outcome/,
    ],
    ['leads', ['lead_id', 'created_at', 'acount_id'], /did you mean account_id/],
    ['leads', ['id', 'email'], /Missing: lead_id, created_at\..*Given: "id", "email"/],
    ['events', ['type', 'occurred_at'], /Missing: one of lead_id, email, user_id, anonymous_id/],
    ['leads', ['lead_id', 'Lead ID', 'created_at'], /"Lead ID" is there twice \(columns 1, 2\)/],
    ['leads', ['lead_id', 'created_at', 'size', 'Size'], /"size" \(column 3\) is there twice/],
    [
      'leads',
      ['lead_id', 'created_at', 'shoe size', 'ShoeSize'],
      /"ShoeSize" \(column 4\) has the name of shoe_size/,
    ],
    [
      'leads',
      ['lead_id', 'created_at', 'LeadId'],
      /"LeadId" \(column 3\) has the name of lead_id, which comes from "lead_id"/,
    ],
    ['leads', ['lead_id', 'created_at', ''], /column 3\) has no name/],
    ['leads', ['lead_id', 'created_at', '%'], /without letters/],
    ['leads', ['lead_id', 'created_at', 'x'.repeat(101)], /column 3\) has a name of more than 100/],
  ])('%s %j is refused', (kind, header, message) => {
    const failure = failureOf(kind, header)
    expect(failure.code).toBe('table_invalid')
    expect(failure.place).toEqual({ file: 'file.csv', line: 1 })
    expect(failure.message).toMatch(message)
  })

  test('a zone must be one', () => {
    expect(failureOf('leads', ['lead_id', 'created_at'], { zone: 'Berlin' })).toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/--zone must be .* Given: "Berlin"/),
    })
  })
})

describe('with a map', () => {
  const map = mapOf(`
  people:
    kind: leads
    columns:
      lead_id: [Person No, Id]
      created_at: Seen first
      company_size: { from: Staff, as: range_middle }
      interests: { from: Wants, as: list }
      source: { constant: fair }
    ignore: [Owner]
    lift: { Status: it is the civil status }
  orders:
    kind: deals
    columns: { deal_id: Order, opened_at: From, closed_at: Until }
    outcome: { closed: Done, won: Paid }
`)

  test('columns come from the first name that is there; what it does not name, from our own names; the rest are traits', () => {
    const header = [
      'id',
      'PERSON-NO',
      'seen_first',
      'Email',
      'Staff',
      'Wants',
      'Shoe Size',
      'owner',
      'Status',
      'Lead Score',
    ]
    expect(columnsOf('leads', header, { map })).toEqual([
      ['source', 'text', 'source'],
      ['lead_id', 'id', 'PERSON-NO'],
      ['created_at', 'time', 'seen_first'],
      ['email', 'text', 'Email'],
      ['company_size', 'range_middle', 'Staff'],
      ['interests', 'list', 'Wants'],
      ['shoe_size', 'value', 'Shoe Size'],
      ['status', 'value', 'Status'],
    ])
    expect(plan('leads', header, { map }).object).toBe('people')
    expect(notesOf('leads', header, { map })).toEqual([
      'not_read id: is another name of lead_id, which comes from another column',
      'lifted Status: it is the civil status',
      'outcome_field Lead Score: is a score or a judgement of the lead that is made over as it goes on',
    ])
  })

  test('a trait under another name is still the field that it comes from', () => {
    const renamed = mapOf('  p: { kind: leads, columns: { mood: Lifecycle Stage, title: [Lead Status] } }')
    const header = ['lead_id', 'created_at', 'lifecycle stage', 'Lead Status']
    expect(columnsOf('leads', header, { map: renamed }).map(([name]) => name)).toEqual([
      'lead_id',
      'created_at',
    ])
    expect(plan('leads', header, { map: renamed }).notes.map(({ column }) => column)).toEqual([
      'lifecycle stage',
      'Lead Status',
    ])
  })

  test('a custom field is lifted with or without its ending; a constant is named by what it feeds', () => {
    const header = ['lead_id', 'created_at', 'Stage__c', 'Status__c']
    const lifting = mapOf(
      '  p: { kind: leads, columns: { deal_stage: { constant: 1 } }, lift: { stage: of a career, Status__c: of a family } }',
    )
    expect(notesOf('leads', header, { map: lifting })).toEqual([
      'outcome_field deal_stage: says how far sales has come, and is moved on until the deal is won or lost',
      'lifted Stage__c: of a career',
      'lifted Status__c: of a family',
    ])
    expect(columnsOf('leads', header, { map: lifting }).map(([name]) => name)).toEqual([
      'lead_id',
      'created_at',
      'stage_c',
      'status_c',
    ])
  })

  test('what nobody names and nobody can read is noted, not refused', () => {
    const header = ['Id', 'Seen first', '', 'Notes', 'notes', 'x'.repeat(101), '%', 'Source']
    expect(notesOf('leads', header, { map })).toEqual([
      'not_read : has no name',
      'not_read Notes: is there twice',
      'not_read notes: is there twice',
      `not_read ${'x'.repeat(101)}: has a name of more than 100 characters`,
      'not_read %: has a name without letters',
      'not_read Source: has the name of source, which is the same in every row',
    ])
    const ignoring = mapOf('  p: { kind: leads, others: ignore }')
    expect(notesOf('leads', ['lead_id', 'created_at', 'size'], { map: ignoring })).toEqual([
      'not_read size: not named in the map',
    ])
  })

  test.each<[string, string[], RegExp]>([
    [
      'leads',
      ['Seen first', 'Email'],
      /fits no object of the map test for leads: people misses lead_id \("Person No" or "Id"\)\. Another map .* Given: "Seen first", "Email"/,
    ],
    ['leads', ['Id', 'id', 'Seen first'], /"id" is there twice \(columns 1, 2\)/],
    [
      'deals',
      ['Order', 'From'],
      /orders misses closed_at \("Until"\), a column that tells the outcome \("Done"\), a column that tells the outcome \("Paid"\)/,
    ],
    ['deals', ['Order', 'From', 'Until', 'Done', 'Paid', 'PAID'], /"PAID" is there twice/],
  ])('%s %j is refused', (kind, header, message) => {
    const failure = failureOf(kind, header, { map })
    expect(failure.code).toBe('table_invalid')
    expect(failure.place).toEqual({ file: 'file.csv', line: 1 })
    expect(failure.message).toMatch(message)
  })

  test('one column cannot feed two of ours, but the outcome may look at any', () => {
    const twice = mapOf('  p: { kind: leads, columns: { email: [Mail], user_id: [Login, Mail] } }')
    expect(failureOf('leads', ['lead_id', 'created_at', 'Mail'], { map: twice }).message).toMatch(
      /"Mail" feeds both email and user_id/,
    )
    const header = ['lead_id', 'created_at', 'Mail', 'Login']
    expect(columnsOf('leads', header, { map: twice }).map(([name]) => name)).toEqual([
      'lead_id',
      'created_at',
      'email',
      'user_id',
    ])
    const byStage = mapOf(
      '  d: { kind: deals, columns: { pipeline: Phase }, outcome: { from: Phase, won: W, lost: L } }',
    )
    expect(
      columnsOf('deals', ['deal_id', 'opened_at', 'closed_at', 'Phase'], { map: byStage }).map(
        ([name]) => name,
      ),
    ).toEqual(['outcome', 'deal_id', 'opened_at', 'closed_at', 'pipeline'])
  })

  test('of several objects that fit, the one with more of its columns; a tie is told', () => {
    const both = (required: string) =>
      mapOf(`
  Lead: { kind: leads, columns: { lead_id: Id, created_at: Made, title: Job } }
  Contact: { kind: leads, columns: { lead_id: Id, created_at: Made, account_id: Firm }${required} }
`)
    const objectOf = (header: readonly string[], required = '') =>
      plan('leads', header, { map: both(required) }).object
    expect([objectOf(['Id', 'Made', 'Job']), objectOf(['Id', 'Made', 'Firm'])]).toEqual(['Lead', 'Contact'])
    expect(objectOf(['Id', 'Made'], ', required: Firm')).toBe('Lead')
    expect(failureOf('leads', ['Id', 'Made', 'Job', 'Firm'], { map: both('') }).message).toMatch(
      /fits Lead and Contact of the map test equally well; required in the map can tell them apart/,
    )
    expect(failureOf('leads', ['Id'], { map: both('') }).message).toMatch(
      /Lead misses created_at \("Made"\); Contact misses created_at \("Made"\)/,
    )
  })

  test('a header that fits another kind says so', () => {
    expect(failureOf('leads', ['Order', 'From', 'Until', 'Done', 'Paid'], { map }).message).toMatch(
      /people misses .* It fits orders, which holds deals\. Given:/,
    )
  })

  test('what is ignored is not read, though it has a name of ours', () => {
    const ignoring = mapOf('  p: { kind: leads, ignore: [e-mail, Source, Notes] , columns: { email: Mail } }')
    const header = ['lead_id', 'created_at', 'source', 'notes', 'E-Mail', 'title']
    expect(columnsOf('leads', header, { map: ignoring }).map(([name]) => name)).toEqual([
      'lead_id',
      'created_at',
      'title',
    ])
    expect(notesOf('leads', header, { map: ignoring })).toEqual([])
  })

  test('a map that has nothing for the kind says what it has', () => {
    expect(failureOf('events', ['type'], { map })).toMatchObject({
      code: 'map_invalid',
      message: 'test.yaml: the map test has no object of the kind events; it has leads, deals.',
    })
  })
})

test('--help names every column', () => {
  const command = new Command()
  let help = ''
  importCommand.configure?.(command)
  command.configureOutput({
    writeOut: (text) => {
      help += text
    },
  })
  command.outputHelp()
  const words = new Set(help.split(/[^a-z_*]+/))
  for (const kind of IMPORT_KINDS)
    for (const { name, required } of kind.columns)
      expect(words, `${kind.name} ${name}`).toContain(required ? `${name}*` : name)
})
