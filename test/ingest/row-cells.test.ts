import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { formatTime } from '../../src/glossary.ts'
import { parseImportMap } from '../../src/ingest/import-map.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { type PlanOptions, planRows } from '../../src/ingest/plan-rows.ts'
import { RowCells } from '../../src/ingest/row-cells.ts'
import { faultInFile } from '../../src/ingest/row-plan.ts'

const NOW = Date.UTC(2026, 10, 21, 12)

const kindOf = (name: string) => IMPORT_KINDS.find((kind) => kind.name === name)!
const mapOf = (yaml: string) => parseImportMap(`map: test\n${yaml}`, 'test.yaml')

/** Reads one row, given by the names of its columns. */
function readRow(
  kind: string,
  row: Readonly<Record<string, string>>,
  options: PlanOptions,
): RowCells | string {
  const plan = planRows(kindOf(kind), Object.keys(row), 'file.csv', options)
  const cells = new RowCells(plan)
  const fault = cells.read(Object.values(row), NOW)
  if (fault) return `${fault.column}: ${fault.fault.reason}`
  const read = plan.kind.readRow(cells, { now: NOW, trusted: true })
  if (!('fault' in read)) return cells
  const inFile = faultInFile(plan, read)
  return `${inFile.column}: ${inFile.fault.reason}`
}

describe('cells of a map', () => {
  const map = mapOf(`
zone: Europe/Berlin
times: [iso, dd/MM/yyyy HH:mm, date]
decimal: ','
lists: '|'
missing: [n/a, '- -']
objects:
  people:
    kind: leads
    columns:
      lead_id: Id
      created_at: Made
      account_id: { from: Firms, take: first, as: salesforce_id, missing: none }
      other_ids: { from: Ids, as: salesforce_id }
      source: { from: Channel, values: { Trade Fair: event, 7: web, '?': null }, otherwise: reject }
      title: { from: Job, values: { CEO: Chief }, otherwise: missing }
      interests: { from: Wants, as: list, values: { A: alpha, B: null } }
      size: { from: Staff, as: range_middle }
      last_choice: { from: Choices, take: last }
      campaign: { constant: spring }
`)
  const base = { Id: '1', Made: '31/01/2026 09:30' }
  const traits = (row: Readonly<Record<string, string>>) => {
    const read = readRow('leads', { ...base, ...row }, { map })
    return typeof read === 'string'
      ? read
      : Object.fromEntries([...read.traits()].map(([name, json]) => [name, JSON.parse(json)]))
  }
  const value = (row: Readonly<Record<string, string>>, name: string) => {
    const read = readRow('leads', { ...base, ...row }, { map })
    return typeof read === 'string' ? read : (read.text(name) ?? read.list(name) ?? read.number(name))
  }

  test('times, numbers, lists and values are read as the map says', () => {
    expect(value({}, 'created_at')).toBe(Date.UTC(2026, 0, 31, 8, 30))
    expect(
      traits({
        Channel: ' trade  fair ',
        Job: 'ceo',
        Wants: 'A|b|C',
        Staff: '1.000+',
        Choices: 'x|y',
        Weight: '1,5',
      }),
    ).toEqual({
      source: 'event',
      title: 'Chief',
      interests: ['alpha', 'C'],
      size: 1000,
      last_choice: 'y',
      campaign: 'spring',
      weight: 1.5,
    })
    expect(traits({ Channel: '7', Choices: '["a|b","c|d"]' })).toEqual({
      source: 'web',
      last_choice: 'c|d',
      campaign: 'spring',
    })
  })

  test('texts that mean "not known" are not known, whatever their case and blanks', () => {
    const nothing = {
      Channel: ' N/A ',
      Job: '-  -',
      Wants: 'n/a',
      Staff: 'N/a',
      Choices: '- -',
      Made2: 'n/a',
    }
    expect(traits(nothing)).toEqual({ campaign: 'spring' })
    expect(traits({ Channel: '?', Job: 'clerk', Wants: 'B' })).toEqual({ campaign: 'spring' })
    expect(value({ Firms: 'None' }, 'account_id')).toBeNull()
    expect(value({ Firms: '- -|001A0000006Vm9r' }, 'account_id')).toBeNull()
  })

  test('ids of Salesforce are one id in both their forms, alone and in lists', () => {
    expect(value({ Firms: '001A0000006Vm9r|x' }, 'account_id')).toBe('001A0000006Vm9rIAC')
    expect(value({ Ids: '001A0000006Vm9rIAC|001A0000006Vm9r|000000000000000' }, 'other_ids')).toEqual([
      '001A0000006Vm9rIAC',
    ])
  })

  test.each<[Record<string, string>, string]>([
    [
      { Made: '2026-13-01' },
      'Made: (created_at) "2026-13-01" is not a time as the file should write it: iso or dd/MM/yyyy HH:mm or date',
    ],
    [{ Made: 'n/a' }, 'Made: (created_at) is empty'],
    [
      { Made: '22/11/2026 09:00' },
      'Made: (created_at) "22/11/2026 09:00" is in the future (it is 2026-11-21T12:00:00Z)',
    ],
    [{ Channel: 'Radio' }, 'Channel: (source) "Radio" is none of the values that the map knows'],
    [{ Staff: 'many' }, 'Staff: (size) "many" is not a range; write it like 51-200, 1000+ or 250'],
    [
      { Firms: '001A0000006Vm9' },
      'Firms: (account_id) "001A0000006Vm9" is not an id of Salesforce: 15 letters and digits, or 18 whose last three fit the case of the others',
    ],
  ])('%j is refused, under the name of the file', (row, message) => {
    expect(traits(row)).toBe(message)
  })

  test('--zone goes before the zone of the map', () => {
    const read = readRow('leads', base, { map, zone: 'America/New_York' })
    expect(typeof read === 'string' ? read : formatTime(read.time('created_at')!)).toBe(
      '2026-01-31T14:30:00Z',
    )
  })
})

describe('without a map', () => {
  test('a zone makes times without one readable, and nothing else', () => {
    const row = { lead_id: '1', created_at: '2026-01-31 09:30' }
    expect(readRow('leads', row, {})).toMatch(
      /^created_at: "2026-01-31 09:30" has no time zone; write it like .*, or state the zone/,
    )
    const read = readRow('leads', row, { zone: 'Europe/Berlin' })
    expect(typeof read === 'string' ? read : formatTime(read.time('created_at')!)).toBe(
      '2026-01-31T08:30:00Z',
    )
    expect(readRow('leads', { ...row, created_at: '31/01/2026' }, { zone: 'UTC' })).toMatch(
      /is not a time as/,
    )
  })
})

describe('the outcome of a deal', () => {
  const settings = 'times: [iso, date]\nzone: UTC\nmissing: [n/a]\n'
  const columns = 'columns: { deal_id: Id, opened_at: Made, closed_at: Close Date }'
  const flags = mapOf(
    `${settings}objects: { d: { kind: deals, ${columns}, outcome: { closed: Closed, won: Won } } }`,
  )
  const stages = mapOf(
    `${settings}objects: { d: { kind: deals, ${columns}, outcome: { from: Stage, won: [Closed Won, 5], lost: Lost } } }`,
  )
  const outcome = (map: typeof flags, row: Readonly<Record<string, string>>) => {
    const read = readRow(
      'deals',
      { Id: 'd', Made: '2026-03-01T10:00:00Z', 'Close Date': '2026-04-01', ...row },
      { map },
    )
    if (typeof read === 'string') return read
    const closed = read.time('closed_at')
    return [read.text('outcome'), closed === null ? null : formatTime(closed)]
  }

  test.each([
    ['true', 'true', ['won', '2026-04-01T00:00:00Z']],
    ['1', '0', ['lost', '2026-04-01T00:00:00Z']],
    ['TRUE', '', ['lost', '2026-04-01T00:00:00Z']],
    ['', 'Yes', ['won', '2026-04-01T00:00:00Z']],
    ['false', 'false', ['open', null]],
    ['', 'n/a', ['open', null]],
    ['t', 'f', ['lost', '2026-04-01T00:00:00Z']],
    ['WAHR', 'ja', ['won', '2026-04-01T00:00:00Z']],
    ['Falsch', 'Nein', ['open', null]],
    ['1.0', '0.0', ['lost', '2026-04-01T00:00:00Z']],
    ['false', 'true', 'Won: is true, but Closed is false'],
    ['maybe', 'false', 'Closed: "maybe" is neither true nor false (yes, no, 1 and 0 are read as well)'],
  ])('closed %j and won %j', (closed, won, expected) => {
    expect(outcome(flags, { Closed: closed, Won: won })).toEqual(expected)
  })

  test.each([
    ['closed  WON', ['won', '2026-04-01T00:00:00Z']],
    ['5', ['won', '2026-04-01T00:00:00Z']],
    ['lost', ['lost', '2026-04-01T00:00:00Z']],
    ['Negotiation', ['open', null]],
    ['', 'Stage: is empty, so that nobody can tell the outcome'],
    ['N/A', 'Stage: is empty, so that nobody can tell the outcome'],
  ])('stage %j', (stage, expected) => {
    expect(outcome(stages, { Stage: stage })).toEqual(expected)
  })

  test('the close date of an open deal is only expected: it may be later than now, or no date at all', () => {
    for (const date of ['2027-01-01', 'next spring', ''])
      expect(outcome(stages, { Stage: 'Offer', 'Close Date': date })).toEqual(['open', null])
  })

  test('so it is where a column says open, won and lost in words', () => {
    const words = mapOf(
      `${settings}objects: { d: { kind: deals, columns: { deal_id: Id, opened_at: Made, closed_at: Close Date, outcome: { from: Is, values: { ja: won, nein: lost, ?: open }, otherwise: reject } } } }`,
    )
    expect(outcome(words, { Is: 'Ja' })).toEqual(['won', '2026-04-01T00:00:00Z'])
    expect(outcome(words, { Is: '?', 'Close Date': '2027-01-01' })).toEqual(['open', null])
    expect(outcome(words, { Is: 'doch' })).toBe(
      'Is: (outcome) "doch" is none of the values that the map knows',
    )
  })

  test('without a map a file has to be right, but a date on the day of the opening is its end there too', () => {
    const row = { deal_id: 'd', opened_at: '2026-03-01T10:00:00Z', closed_at: '2026-03-01' }
    expect(readRow('deals', { ...row, outcome: 'open' }, { zone: 'UTC' })).toBe(
      'closed_at: must be empty while the outcome is open',
    )
    const won = readRow('deals', { ...row, outcome: 'won' }, { zone: 'UTC' })
    expect(typeof won === 'string' ? won : won.time('closed_at')).toBe(Date.UTC(2026, 2, 2) - 1)
  })

  test('a closed deal needs one, and not before it was opened', () => {
    expect(outcome(stages, { Stage: 'Lost', 'Close Date': '' })).toBe(
      'Close Date: (closed_at) is empty, but the deal is lost',
    )
    expect(outcome(stages, { Stage: 'Lost', 'Close Date': '2027-01-01' })).toMatch(
      /^Close Date: .* is in the future/,
    )
    expect(outcome(stages, { Stage: 'Lost', 'Close Date': '2026-02-28' })).toBe(
      'Close Date: (closed_at) is before opened_at (2026-02-28T00:00:00Z, 2026-03-01T10:00:00Z)',
    )
    expect(outcome(stages, { Stage: 'Lost', 'Close Date': '2026-03-01T09:59:59Z' })).toBe(
      'Close Date: (closed_at) is before opened_at (2026-03-01T09:59:59Z, 2026-03-01T10:00:00Z)',
    )
  })

  test('a date on the day of the opening is the end of that day, or now', () => {
    expect(outcome(stages, { Stage: 'Lost', 'Close Date': '2026-03-01' })).toEqual([
      'lost',
      '2026-03-01T23:59:59.999Z',
    ])
    const today = { Stage: 'Lost', Made: '2026-11-21T10:00:00Z', 'Close Date': '2026-11-21' }
    expect(outcome(stages, today)).toEqual(['lost', formatTime(NOW)])
  })
})

test('any header and any cells are read, or refused with a code or a reason', () => {
  const map = mapOf(
    'zone: UTC\ntimes: [iso, dd/MM/yyyy, epoch_ms]\nobjects: { d: { kind: deals, columns: { deal_id: Id, opened_at: { constant: 2026-01-01T00:00Z }, closed_at: Until, contacts: { from: Who, as: salesforce_id } }, outcome: { from: S, won: W, lost: L } } }',
  )
  const name = fc.oneof(
    fc.constantFrom(
      'Id',
      'Until',
      'Who',
      'S',
      'deal_id',
      'lead_id',
      'created_at',
      'stage',
      ' ID ',
      'line',
      'column',
      'reason',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      'W',
      'l',
      '2026-02-01',
      '01/02/2026',
      '[1,{}]',
      '["x"]',
      ';;',
      '1e999',
      '00Q5g00000KmDtEEAV',
      '=1+1',
    ),
  )
  fc.assert(
    fc.property(
      fc.constantFrom<[string, PlanOptions]>(
        ['deals', { map }],
        ['leads', {}],
        ['leads', { zone: 'UTC' }],
        ['accounts', {}],
      ),
      fc.array(fc.tuple(name, cell), { maxLength: 10 }),
      ([kind, options], row) => {
        const header = [
          ...row.map(([column]) => column),
          ...(kind === 'deals' ? ['Id', 'Until', 'S'] : [`${kind.slice(0, -1)}_id`, 'created_at']),
        ]
        try {
          const cells = new RowCells(planRows(kindOf(kind), header, 'f', options))
          const fault = cells.read(
            header.map((_, i) => row[i]?.[1] ?? 'W'),
            NOW,
          )
          if (fault) expect([fault.column, fault.fault.reason].join('')).not.toBe('')
          else for (const [, json] of cells.traits()) JSON.parse(json)
        } catch (error) {
          if (!(error instanceof WonlostError)) throw error
          expect(error.code).toBe('table_invalid')
        }
      },
    ),
    { numRuns: 1_000 },
  )
})
