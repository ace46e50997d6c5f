import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { type ImportMap, parseImportMap } from '../../src/ingest/import-map.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { importMapNames, loadImportMap } from '../../src/ingest/load-import-map.ts'
import { openSource } from '../../src/ingest/open-source.ts'
import { planRows } from '../../src/ingest/plan-rows.ts'
import { RowCells } from '../../src/ingest/row-cells.ts'
import { mapFor, suggestMap } from '../../src/ingest/suggest-map.ts'

const NOW = Date.UTC(2026, 10, 21)
const kindOf = (name: string) => IMPORT_KINDS.find((kind) => kind.name === name)!

let maps: readonly ImportMap[]
beforeAll(async () => {
  maps = await Promise.all((await importMapNames()).map(loadImportMap))
})

/** The suggestion for a file of these rows, given by the names of its columns. */
function suggest(kind: string, rows: readonly Readonly<Record<string, string>>[]): string {
  const header = Object.keys(rows[0]!)
  const cells = rows.map((row) => header.map((name) => row[name] ?? ''))
  return mapFor(kindOf(kind), header, cells, 'my file.csv', maps)
}

describe('a suggestion', () => {
  test('recognises columns by names, and says of the others what becomes of them', () => {
    const yaml = suggest('leads', [
      {
        'Contact No': 'K1',
        'E-Mail': 'a@b.example',
        'First contact': '14/02/2025 09:30',
        'Job Title': 'n/a',
        'Team Size': '51-200',
        Wants: 'a;b',
        'Lead Status': 'new',
        Shoe: '',
      },
      { 'Contact No': 'K2', 'First contact': '03/02/2025 10:00', 'Team Size': '1,000+', Wants: 'c' },
    ])
    expect(yaml).toBe(`# A first map for my file.csv, made from its header and 2 rows. Check it, then try it:
#   wonlost import leads FILE --map MAP.yaml --dry-run

map: my_file
times: ["d/M/yyyy H:mm"]
zone: UTC  # Of times that do not say theirs. UTC is only a guess: which zone does the system write in?
# decimal: '.'  # Or ','. No number of the rows tells.
lists: ";"
missing: [n/a]  # Texts that mean: not known.

objects:
  leads:
    kind: leads
    columns:
      lead_id: Contact No
      created_at: First contact
      email: E-Mail
      title: Job Title
      team_size: { from: Team Size, as: range_middle }
      wants: { from: Wants, as: list }
    others: traits
    # Columns that become traits: Shoe.
    # Left out, because they give the outcome away. To take one all the same, say why that is not so here:
    # lift:
    #   Lead Status: it says how far sales has come, and is moved on until the deal is won or lost
`)
  })

  test('3/4 is April or March by the evidence of the rows, and a question where there is none', () => {
    const of = (...texts: string[]) =>
      suggest(
        'leads',
        texts.map((text, i) => ({ id: `${i}`, created: text })),
      )
    expect(of('03/04/2025', '13/04/2025')).toMatch(/^times: \[d\/M\/yyyy\]$/m)
    expect(of('03/04/2025', '04/13/2025')).toMatch(/^times: \[M\/d\/yyyy\]$/m)
    expect(of('03/04/2025', '04/13/2025')).not.toMatch(/could also be/)
    expect(of('03/04/2025', '04/05/2025')).toMatch(
      /^# created: "03\/04\/2025" could also be M\/d\/yyyy, and no row tells which\. Please check\.$/m,
    )
    // Another way of writing in the same column, and another column of the same file, are evidence too.
    expect(of('03/04/2025 10:00', '25/04/2025')).not.toMatch(/could also be/)
    const deals = [{ id: '1', opened: '03/04/2025', 'close date': '04/28/2025', stage: 'Won' }]
    expect(suggest('deals', deals)).toMatch(/^times: \[M\/d\/yyyy\]$/m)
    // And when they contradict each other, each has its own.
    const both = [{ id: '1', opened: '28/03/2025', 'close date': '04/28/2025', stage: 'Won' }]
    expect(suggest('deals', both)).toMatch(/opened_at: \{ from: opened, times: \[d\/M\/yyyy\] \}/)
    expect(suggest('deals', both)).toMatch(
      /closed_at: \{ from: close date, day: end, times: \[M\/d\/yyyy\] \}/,
    )
  })

  test('what must be there and is not found by name is guessed from what is in it, or asked for', () => {
    const yaml = suggest('leads', [
      { Wer: 'x', Schlüssel: 'A-1', Wann: '2025-02-14' },
      { Wer: 'x', Schlüssel: 'A-2', Wann: '2025-02-15' },
    ])
    expect(yaml).toMatch(/lead_id: Schlüssel {2}# A guess: filled in every row, with another text in each\./)
    expect(yaml).toMatch(/created_at: Wann {2}# A guess: holds times\./)
    expect(suggest('leads', [{ a: 'x' }])).toMatch(
      /^ {6}# lead_id: COLUMN {2}# It is needed \(id of the person\), and nothing in the file looks like it\.$/m,
    )
    expect(suggest('events', [{ at: '2025-02-14' }])).toMatch(
      /# One of lead_id, email, user_id, anonymous_id is needed/,
    )
    expect(suggest('deals', [{ id: '1' }])).toMatch(/# outcome is needed, and nothing tells it/)
  })

  test('numbers with commas, ids of Salesforce, dividers, outcomes', () => {
    const accounts = [{ Id: '001A0000006Vm9r', Umsatz: '1.234,5', Tools: 'a|b' }]
    expect(suggest('accounts', accounts)).toMatch(/^decimal: ','/m)
    expect(suggest('accounts', accounts)).toMatch(/account_id: \{ from: Id, as: salesforce_id \}/)
    expect(suggest('accounts', accounts)).toMatch(/^lists: "\|"$/m)
    const stages = ['Closed Won', 'closed won', 'Closed Lost', 'Offer', 'Wonderful'].map((stage, i) => ({
      id: `${i}`,
      stage,
    }))
    expect(suggest('deals', stages)).toMatch(
      /outcome: \{ from: stage, won: closed won, lost: Closed Lost \}\n {4}# These mean open: Offer, Wonderful\./,
    )
    const flags = [{ id: '1', 'Is Closed': 'true', 'Is Won': 'false', stage: 'Lost' }]
    expect(suggest('deals', flags)).toMatch(/outcome: \{ closed: Is Closed, won: Is Won \}/)
  })

  test('German labels, as a spreadsheet writes them', () => {
    const german = suggest('accounts', [
      {
        Kundennr: 'K1',
        Firma: 'A',
        Mitarbeiter: '1.234',
        'Angelegt am': '13.02.2025',
        'Letzte Aktivität': '1.3.2025',
      },
    ])
    expect(german).toMatch(/^ {6}created_at: Angelegt am$/m)
    expect(german).toMatch(/^ {6}name: Firma$/m)
    expect(german).toMatch(/^ {6}employees: Mitarbeiter$/m)
    expect(german).toMatch(/# {3}Letzte Aktivität: it is brought up to date/)
    expect(suggest('deals', [{ id: '1', 'Is Closed': 'WAHR', 'Is Won': 'FALSCH', stage: 'Lost' }])).toMatch(
      /outcome: \{ closed: Is Closed, won: Is Won \}/,
    )
  })

  test('names a map of the package that reads the file too', () => {
    expect(suggest('leads', [{ Id: '', CreatedDate: '', Company: '', LastName: '' }])).toMatch(
      /# The map salesforce of the package reads this file, too/,
    )
  })
})

test('reads most rows of the sample, without any editing', async () => {
  const samples = fileURLToPath(new URL('../../data/samples', import.meta.url))
  const files = [
    ['accounts', 'crm-accounts.csv', undefined],
    ['leads', 'crm-leads.csv', 'windows-1252'],
    ['deals', 'crm-deals.csv', undefined],
    ['deal_contacts', 'crm-people-of-deals.csv', undefined],
    ['deal_stages', 'crm-phases.csv', undefined],
    ['events', 'crm-activities.jsonl', undefined],
    ['leads', 'leads.csv', undefined],
    ['events', 'events.csv', undefined],
  ] as const
  for (const [kind, file, encoding] of files) {
    const source = await openSource({ file: `${samples}/${file}`, encoding })
    const { yaml, map: plain } = await suggestMap(kindOf(kind), source)
    expect(plain).toMatchObject({ objects: { [kind]: { kind } } })
    const map = parseImportMap(yaml, 'suggested.yaml')
    const cells = new RowCells(planRows(kindOf(kind), source.header, file, { map }))
    let read = 0
    let good = 0
    for await (const { records } of source.records())
      for (const record of records) {
        if (record.fault !== null || record.cells.length !== source.header.length) continue
        read += 1
        if (cells.read(record.cells, NOW) === null) good += 1
      }
    await source.close()
    expect([file, read > 5 && good / read >= 0.6]).toEqual([file, true])
  }
})

test('it can be read again whatever is in the file, and reads the file if nothing is missing', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      'Id',
      'Name',
      'created',
      'stage',
      'E-Mail',
      'yes',
      'null',
      '~',
      '- a',
      'a: b',
      '# x',
      '{a}',
      "it's",
      '"',
      'a\nb',
      '🙂',
      '@x',
      '%',
      ' lead ',
      '1',
      '*a',
      '&a',
      '!t',
      '|',
      '>',
      '\u2028',
      '\ufeffa',
      '\ud800',
      'x'.repeat(600),
      'constructor',
      '__proto__',
      'Wants',
    ),
  )
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '',
      'n/a',
      '-',
      '1,5',
      '1.234,5',
      '03/04/2025',
      'Apr 3, 2025',
      '1-10',
      'a;b',
      'won',
      'l\'o"st',
      'true',
      '1767225600000',
      '# a: b',
    ),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...IMPORT_KINDS.map((kind) => kind.name)),
      fc.array(name, { maxLength: 8 }),
      fc.array(fc.array(cell, { minLength: 8, maxLength: 8 }), { maxLength: 3 }),
      (kindName, header, cells) => {
        const kind = kindOf(kindName)
        const rows = cells.map((row) => row.slice(0, header.length))
        const yaml = mapFor(kind, header, rows, header[0] ?? '', maps)
        const map = parseImportMap(yaml, 'suggested.yaml')
        expect(map.objects).toMatchObject([{ name: kind.name, kind: kind.name }])
        try {
          const plan = new RowCells(planRows(kind, header, 'f.csv', { map }))
          for (const row of rows) plan.read(row, NOW)
        } catch (error) {
          if (!(error instanceof WonlostError)) throw error
          // Only what is needed may be missing, and the suggestion says so; or a name stands for two columns, which the file must mend.
          const why = expect.stringMatching(/ misses | is there twice /)
          expect([error.code, error.message]).toEqual(['table_invalid', why])
          if (error.message.includes(' misses ')) expect(yaml).toMatch(/is needed/)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('a list whose name is a letter from one of our columns stays a trait that needs no mention', () => {
  const yaml = suggest('leads', [{ lead_id: '1', created_at: '2025-01-01T00:00:00Z', 'lead ids': 'a;b' }])
  expect(yaml).toMatch(/Columns that become traits: lead ids\./)
  expect(() => parseImportMap(yaml, 'suggested.yaml')).not.toThrow()
})

test('a trait whose name means something to YAML', () => {
  const yaml = suggest('leads', [{ lead_id: '1', created_at: '2026-01-01', null: 'a;b', Yes: '1-10' }])
  expect(parseImportMap(yaml, 'x').objects[0]!.columns.map(({ target }) => target)).toEqual([
    'lead_id',
    'created_at',
    'null',
    'yes',
  ])
})

test('a suggestion without any rows', () => {
  expect(() =>
    parseImportMap(mapFor(kindOf('leads'), ['lead_id', 'created_at'], [], 'x', maps), 'x'),
  ).not.toThrow()
})
