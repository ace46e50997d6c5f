import { describe, expect, it } from 'vitest'
import { monthOf, parseDates, weekdayOf } from '../../../training/table/dates.ts'
import { inferColumns, type TypedColumn } from '../../../training/table/infer-columns.ts'
import { readTable } from '../../../training/table/read-table.ts'

const read = (text: string | Uint8Array) =>
  readTable(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'leads.csv')

const infer = (...rows: string[][]) =>
  inferColumns(read(rows.map((row) => row.join(';')).join('\n')), new Set())

function valuesOf(column: TypedColumn | undefined): (number | string | null)[] {
  if (column?.kind === 'number')
    return [...column.values].map((value) => (Number.isNaN(value) ? null : value))
  return [...(column?.codes ?? [])].map((code) => column?.levels[code] ?? null)
}

describe('readTable', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons, with commas in the numbers', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['bars', 'a|b\n1|2\n'],
    ['a byte order mark and Windows line ends', '\ufeffa,b\r\n1,2\r\n'],
    ['quotes and blanks around', '"a", "b"\n "1" ,2\n\n'],
  ])('reads %s', (_, text) => {
    const { names, cells, rowCount } = read(text)
    expect(names).toEqual(['a', 'b'])
    expect(cells).toEqual([['1'], ['2']])
    expect(rowCount).toBe(1)
  })

  it('reads delimiters, quotes and line ends inside quotes', () => {
    const { cells } = read('name;note\n"Smith; Jones";"said ""no""\nand left"\nx;"5, 6, 7"\n')
    expect(cells).toEqual([
      ['Smith; Jones', 'x'],
      ['said "no"\nand left', '5, 6, 7'],
    ])
  })

  it('reads UTF-16 by its mark, and windows-1252 where it is not UTF-8, saying so', () => {
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...'ö,b\n1,2'].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
    ])
    expect(read(utf16).names).toEqual(['ö', 'b'])
    const latin = read(Uint8Array.of(0xf6, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x80))
    expect(latin.names).toEqual(['ö', 'b'])
    expect(latin.cells[1]).toEqual(['€'])
    expect(latin.notices).toEqual([expect.stringContaining('windows-1252')])
  })

  it('names columns that have no name, or the same', () => {
    expect(read('a,,a\n1,2,3\n').names).toEqual(['a', 'column_2', 'a_2'])
  })

  it.each([
    ['a line with a field too many', 'a,b\n1,2\n1,2,3\n', 3],
    ['a line with a field too few', 'a,b\n1\n', 2],
    ['an open quote', 'a,b\n1,"2\n', undefined],
    ['NUL bytes', 'a,b\n\0,1\n', undefined],
    ['nothing', '', undefined],
  ])('refuses %s', (_, text, line) => {
    const place = line === undefined ? { file: 'leads.csv' } : { file: 'leads.csv', line }
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'table_invalid', place: expect.objectContaining(place) }),
    )
  })
})

describe('inferColumns', () => {
  it('tells numbers, categories and missing words apart', () => {
    const { columns } = infer(
      ['size', 'source', 'half', 'amount'],
      ['10', 'Select', '1,5', '1,200'],
      ['NA', 'web', '2,25', '900'],
      ['-3.5e1', 'unknown', 'null', '12,000.5'],
      ['', 'web', '0,5', '7'],
    )
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['size', 'number'],
      ['source', 'category'],
      ['half', 'number'],
      ['amount', 'number'],
    ])
    expect(columns.map(valuesOf)).toEqual([
      [10, null, -35, null],
      [null, 'web', 'unknown', 'web'],
      [1.5, 2.25, null, 0.5],
      [1200, 900, 12000.5, 7],
    ])
  })

  it('takes the few words of a column of numbers for missing, and says so', () => {
    const { columns, notices } = infer(
      ['x', 'y'],
      ...Array.from({ length: 20 }, (_, i) => [i < 19 ? `${i % 7}` : 'many', `${i % 2}`]),
    )
    expect(valuesOf(columns[0]).at(-1)).toBeNull()
    expect(notices).toEqual(['"x": 1 cells are not numbers and count as missing.'])
  })

  it('leaves out what cannot be learned from, and says why', () => {
    const rows = Array.from({ length: 200 }, (_, i) => [
      `${1000 + i}`,
      `id-${i}`,
      'same',
      'NA',
      `${(i * 7919) % 1e6}`,
      `${i % 3}`,
    ])
    const { columns, dropped } = infer(['number', 'code', 'constant', 'nothing', 'spread', 'x'], ...rows)
    expect(dropped.map(({ column, because }) => `${column}: ${because}`)).toEqual([
      expect.stringMatching(/^number: it numbers the rows/),
      expect.stringMatching(/^code: its 200 values hardly repeat/),
      'constant: it is always "same"',
      'nothing: it has no value',
    ])
    // Whole numbers from a wide range may well be distinct: an amount, not an identifier.
    expect(columns.map(({ name }) => name)).toEqual(['spread', 'x'])
  })

  it('keeps a constant that is sometimes missing: that may say something', () => {
    expect(infer(['a', 'b'], ['x', '1'], ['', '2']).columns[0]).toMatchObject({ name: 'a', kind: 'category' })
  })

  it('takes dates apart', () => {
    const { columns } = infer(['created', 'x'], ['2025-12-01', '1'], ['', '2'], ['2026-02-28 12:00', '3'])
    expect(columns.slice(0, 3).map(({ name }) => name)).toEqual([
      'created.days',
      'created.month',
      'created.weekday',
    ])
    expect(columns.slice(0, 3).map(valuesOf)).toEqual([
      [20423, null, 20512.5],
      ['12', null, '02'],
      ['Monday', null, 'Saturday'],
    ])
  })
})

describe('dates', () => {
  it('are read day first, or month first where the days say so; all by one pattern, and only if they exist', () => {
    expect([...parseDates(['1.12.2025', '31.12.2025'])!]).toEqual([20423, 20453])
    expect([...parseDates(['12/1/2025', '12/31/2025'])!]).toEqual([20423, 20453])
    expect(parseDates(['31/12/2025', '12/31/2025'])).toBeNull()
    expect(parseDates(['2025-02-30'])).toBeNull()
    expect(parseDates(['soon'])).toBeNull()
  })

  it('agree with the calendar of the platform for four hundred years', () => {
    for (let day = -40_000; day < 110_000; day += 17) {
      const date = new Date(day * 86_400_000)
      expect(monthOf(day + 0.5)).toBe(date.getUTCMonth() + 1)
      expect(weekdayOf(day + 0.5)).toBe((date.getUTCDay() + 6) % 7)
    }
  })
})
