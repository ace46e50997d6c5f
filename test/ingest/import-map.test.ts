import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { type ImportMap, parseImportMap } from '../../src/ingest/import-map.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { importMapNames, loadImportMap } from '../../src/ingest/load-import-map.ts'
import { outcomeFieldReason } from '../../src/outcome-fields.ts'

const YAML = `map: maven
times: [iso, dd/MM/yyyy HH:mm]
zone: Europe/Berlin
decimal: ','
missing: [n/a, '--', 0]
objects:
  people:
    kind: leads
    columns:
      lead_id: [Person No, Id]
      created_at: Seen first
      source:
        from: Channel
        values: { Fair: event, 1: web, Old: null }
        otherwise: reject
      size: { from: Staff, as: range_middle }
    lift: { Lifecycle Stage: we copy it once and never change it }
    ignore: Notes
  sales:
    kind: deals
    columns:
      closed_at: { from: Closed, day: end, times: [MM/dd/yyyy], zone: America/New_York }
    outcome: { from: Phase, won: [Won], lost: [Lost, Dropped] }
`

/** The error of the map in which one piece of text is another. */
function errorOf(piece: string, instead: string): WonlostError {
  expect(YAML).toContain(piece)
  return failureOf(YAML.replace(piece, instead))
}

function failureOf(yaml: string): WonlostError {
  try {
    parseImportMap(yaml, 'maven.yaml')
  } catch (error) {
    if (error instanceof WonlostError) return error
    throw error
  }
  throw new Error('It was accepted.')
}

test('a map is read with its defaults', () => {
  const map = parseImportMap(YAML, 'maven.yaml')
  expect(map).toMatchObject({ name: 'maven', about: '', zone: 'Europe/Berlin', decimal: ',', lists: ';' })
  expect(map.times.map(({ name }) => name)).toEqual(['iso', 'dd/MM/yyyy HH:mm'])
  expect(map.missing).toEqual(new Set(['n/a', '--', '0']))
  const [people, sales] = map.objects
  expect(people).toMatchObject({
    name: 'people',
    kind: 'leads',
    others: 'traits',
    ignore: ['Notes'],
    required: [],
  })
  expect(people!.lift).toEqual(new Map([['lifecycle_stage', 'we copy it once and never change it']]))
  expect(people!.columns.map(({ target, from }) => [target, from])).toEqual([
    ['lead_id', ['Person No', 'Id']],
    ['created_at', ['Seen first']],
    ['source', ['Channel']],
    ['size', ['Staff']],
  ])
  expect(people!.columns[2]).toMatchObject({
    values: new Map([
      ['fair', 'event'],
      ['1', 'web'],
      ['old', ''],
    ]),
    otherwise: 'reject',
    day: 'start',
  })
  expect(sales).toMatchObject({
    others: 'ignore',
    outcome: { by: 'stages', lost: new Set(['lost', 'dropped']) },
  })
  expect(sales!.columns[0]).toMatchObject({ day: 'end', zone: 'America/New_York' })
  expect([map, people, people!.columns[0]].every(Object.isFrozen)).toBe(true)
})

test.each<[string, string, number, string, RegExp]>([
  [
    'zone: Europe/Berlin',
    'zone: Berlin',
    3,
    'zone',
    /IANA database, such as Europe\/Berlin or UTC\. Given: "Berlin"/,
  ],
  [
    'zone:',
    'zones:',
    3,
    'zones',
    /unknown field "zones" \(did you mean "zone"\?\); allowed: map, about, times/,
  ],
  ["','", "'.,'", 4, 'decimal', /must be one of \., ,/],
  ['dd/MM/yyyy HH:mm', 'DD/MM/YYYY', 2, 'times[1]', /for DD write dd/],
  [
    '[iso, dd/MM/yyyy HH:mm]',
    '[dd/MM/yyyy, M/d/yyyy, iso]',
    2,
    'times[1]',
    /cannot stand beside "dd\/MM\/yyyy": "/,
  ],
  ['[iso, dd/MM/yyyy HH:mm]', 'iso', 2, 'times', /must be a list/],
  ['kind: leads', 'kind: contacts', 8, 'objects.people.kind', /one of accounts, leads, deals/],
  ['kind: leads', 'kinds: leads', 8, 'objects.people.kinds', /did you mean "kind"/],
  [
    'created_at: Seen',
    'Created At: Seen',
    11,
    'objects.people.columns.Created At',
    /"created_at".*lower-case/,
  ],
  [
    'size:',
    'acount_id:',
    16,
    'objects.people.columns.acount_id',
    /is no column of leads; did you mean account_id\? A trait needs another name\./,
  ],
  [
    'created_at: Seen first',
    'created_at: 5',
    11,
    'objects.people.columns.created_at',
    /name of a column, or a list of names, or a group of fields\. Given: 5/,
  ],
  [
    '[Person No, Id]',
    '[Person No, 7]',
    10,
    'objects.people.columns.lead_id',
    /list of names|must not be empty/,
  ],
  ['[Person No, Id]', '[]', 10, 'objects.people.columns.lead_id', /list of names|must not be empty/],
  ['from: Channel', 'form: Channel', 13, 'objects.people.columns.source.form', /did you mean "from"/],
  ['from: Channel', 'take: first', 12, 'objects.people.columns.source.from', /is required/],
  [
    'from: Channel',
    'from: Channel\n        constant: web',
    14,
    'objects.people.columns.source.constant',
    /beside from/,
  ],
  [
    'otherwise: reject',
    'otherwise: drop',
    15,
    'objects.people.columns.source.otherwise',
    /keep, missing, reject/,
  ],
  ['Old: null', 'Old: [a]', 14, 'objects.people.columns.source.values.Old', /null for not known/],
  [
    'as: range_middle',
    'as: salesforceid',
    16,
    'objects.people.columns.size.as',
    /did you mean "salesforce_id"/,
  ],
  [
    'created_at: Seen first',
    'created_at: { from: a, as: number }',
    11,
    'objects.people.columns.created_at.as',
    /is not for this column/,
  ],
  [
    'lift: { Lifecycle Stage: we copy it once and never change it }',
    'lift: { Industry: honest }',
    17,
    'objects.people.lift.Industry',
    /nothing to lift/,
  ],
  [
    'we copy it once and never change it',
    '""',
    17,
    'objects.people.lift.Lifecycle Stage',
    /must not be empty|must say why/,
  ],
  [
    'closed_at: {',
    'close_at: {',
    22,
    'objects.sales.columns.close_at',
    /unknown column of deals \(did you mean "closed_at"\?\)/,
  ],
  ['day: end', 'day: noon', 22, 'objects.sales.columns.closed_at.day', /one of start, end/],
  ['[MM/dd/yyyy]', '[mm/dd/yyyy]', 22, 'objects.sales.columns.closed_at.times[0]', /no month/],
  ['from: Phase, won', 'form: Phase, won', 23, 'objects.sales.outcome.form', /Either \{ closed: COLUMN/],
  ['lost: [Lost, Dropped]', 'lost: [won]', 23, 'objects.sales.outcome.lost', /both won and lost/],
  ['kind: deals', 'kind: deals\n    others: traits', 21, 'objects.sales.others', /deals have no traits/],
  ['kind: deals', 'kind: accounts', 23, 'objects.sales.outcome', /for deals only/],
])('%j as %j is refused in line %d', (piece, instead, line, field, message) => {
  const error = errorOf(piece, instead)
  expect(error.code).toBe('map_invalid')
  expect(error.place).toEqual({ file: 'maven.yaml', line, field })
  expect(error.message).toMatch(message)
  expect(error.message).toMatch(new RegExp(`^maven.yaml:${line}: `))
})

describe('hostile YAML is refused with a code, and soon', () => {
  const head = 'map: x\nobjects:\n  a:\n    kind: leads\n'
  const many = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join('')
  test.each<[string, string, RegExp]>([
    ['an alias', `${head}    ignore: &a [x]\n    required: *a\n`, /aliases/],
    [
      'a tree of aliases',
      `a0: &a0 [x]\n${many(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}`,
      /aliases/,
    ],
    ['a cycle', '&a [*a]', /aliases/],
    ['depth', `map: ${'['.repeat(50_000)}`, /:1: nested too deep; at most 100/],
    ['size', `${head}#${'x'.repeat(1_000_000)}`, /1000000/],
    ['a key twice', `${head}    kind: leads\n`, /:5: .*the key "kind" is there twice/],
    ['a key of all objects', `${head}    columns: { __proto__: x }\n`, /:5: .*"__proto__" is not allowed/],
    ['many wrong columns', `${head}    columns:\n${many(20_000, (i) => `      C${i}: 1\n`)}`, /:6: /],
    ['a tag', 'map: !!js/function x', /not valid YAML/],
    ['nothing', '', /group of fields/],
    ['a list', '[]', /group of fields/],
    ['objects that are a list', 'map: x\nobjects: [a]', /:2: objects: must be a group of fields/],
  ])('%s', (_, yaml, message) => {
    const error = failureOf(yaml)
    expect(error.code).toBe('map_invalid')
    expect(error.message).toMatch(message)
    expect(error.details.length).toBeLessThanOrEqual(50)
  })

  test('whatever is put into a map, it is read or refused with a line', () => {
    const lines = YAML.split('\n')
    const piece = fc.oneof(
      fc.constantFrom(...YAML.split(/[\s:,[\]{}]+/)),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ': ',
        '- ',
        '&a ',
        '*a',
        '!!x ',
        '|',
        '>',
        '"',
        "'",
        '#',
        '\t',
        '%',
        '? ',
      ),
    )
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.array(piece, { maxLength: 6 }), (at, pieces) => {
        const yaml = lines.with(at, `${/^ */.exec(lines[at]!)![0]}${pieces.join('')}`).join('\n')
        let read: ImportMap | WonlostError
        try {
          read = parseImportMap(yaml, 'maven.yaml')
        } catch (error) {
          if (!(error instanceof WonlostError)) throw error
          read = error
        }
        if (read instanceof WonlostError)
          expect([read.code, read.place.file]).toEqual(['map_invalid', 'maven.yaml'])
        else expect(read.objects.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the maps of the package', () => {
  test('are found by name, and a file by its path', async () => {
    expect(await importMapNames()).toEqual(['hubspot', 'salesforce'])
    expect((await loadImportMap('salesforce')).name).toBe('salesforce')
    await expect(loadImportMap('hubspt')).rejects.toMatchObject({
      code: 'file_not_readable',
      message: expect.stringMatching(
        /no map "hubspt" \(did you mean "hubspot"\?\).*one of hubspot, salesforce/,
      ),
    })
    await expect(loadImportMap('./hubspot')).rejects.toMatchObject({ code: 'file_not_readable' })
    await expect(loadImportMap('.')).rejects.toMatchObject({ code: 'file_not_readable' })
  })

  test('a file that is no text, or has no end, is no map', async () => {
    await expect(loadImportMap(process.execPath)).rejects.toMatchObject({ code: 'map_invalid' })
    if (process.platform !== 'win32')
      await expect(loadImportMap('/dev/zero')).rejects.toMatchObject({ code: 'map_invalid' })
  })

  test('take no trait that gives the outcome away', async () => {
    for (const name of await importMapNames())
      for (const { kind, columns, lift } of (await loadImportMap(name)).objects) {
        expect(lift.size).toBe(0)
        const ids = IMPORT_KINDS.find((other) => other.name === kind)!.columns.filter(({ trait }) => !trait)
        const traits = columns.filter(({ target }) => !ids.some((column) => column.name === target))
        const blocked = traits
          .flatMap(({ from }) => from)
          .filter((field) => outcomeFieldReason(field) !== null)
        expect([name, kind, blocked]).toEqual([name, kind, []])
      }
  })
})
