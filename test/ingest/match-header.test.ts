import { Command } from 'commander'
import { expect, test } from 'vitest'
import { importCommand } from '../../src/cli/commands/import.ts'
import { WonlostError } from '../../src/errors.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { type HeaderOptions, matchHeader } from '../../src/ingest/match-header.ts'

const kindOf = (name: string) => IMPORT_KINDS.find((kind) => kind.name === name)!

const typesOf = (kind: string, header: readonly string[], options: HeaderOptions = {}) =>
  matchHeader(kindOf(kind), header, 'file.csv', options).map((column) => column && [column.name, column.type])

const failureOf = (kind: string, header: readonly string[], options: HeaderOptions = {}): WonlostError => {
  try {
    matchHeader(kindOf(kind), header, 'file.csv', options)
  } catch (error) {
    if (error instanceof WonlostError) return error
    throw error
  }
  throw new Error('the header was accepted')
}

test('case, blanks and hyphens do not matter; other names of leads and accounts are traits', () => {
  expect(typesOf('leads', ['Lead ID', 'created-at', 'Email', 'Shoe Size'])).toEqual([
    ['lead_id', 'id'],
    ['created_at', 'time'],
    ['email', 'text'],
    ['shoe_size', 'value'],
  ])
})

test('--list and --text say how traits are read', () => {
  const header = ['account_id', 'created_at', 'interests', 'postcode', 'employees']
  const options = { lists: ['interests'], texts: ['postcode', 'employees'] }
  expect(typesOf('accounts', header, options).slice(2)).toEqual([
    ['interests', 'list'],
    ['postcode', 'text'],
    ['employees', 'text'],
  ])
  expect(failureOf('accounts', header, { lists: ['interets'] }).code).toBe('usage')
  expect(failureOf('accounts', header, { texts: ['created_at'] }).code).toBe('usage')
})

test('the columns in front of rejected rows are passed over, and only there', () => {
  const header = ['lead_id', 'created_at']
  expect(typesOf('leads', ['line', 'column', 'reason', ...header]).slice(0, 4)).toEqual([
    null,
    null,
    null,
    ['lead_id', 'id'],
  ])
  expect(typesOf('leads', [...header, 'line', 'column', 'reason'])[2]).toEqual(['line', 'value'])
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
  ['events', ['type', 'occurred_at'], /Missing: one of lead_id, anonymous_id/],
  ['leads', ['lead_id', 'Lead ID', 'created_at'], /"lead_id" is there twice/],
  ['leads', ['lead_id', 'created_at', ''], /Column 3 has no name/],
  ['leads', ['lead_id', 'created_at', 'x'.repeat(101)], /column 3/],
])('%s %j is refused', (kind, header, message) => {
  const failure = failureOf(kind, header)
  expect(failure.code).toBe('table_invalid')
  expect(failure.place).toEqual({ file: 'file.csv', line: 1 })
  expect(failure.message).toMatch(message)
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
