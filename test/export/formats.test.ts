import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { csvBytes, harmless } from '../../src/export/csv.ts'
import { jsonLinesBytes } from '../../src/export/json-lines.ts'
import { parquetBytes } from '../../src/export/parquet.ts'
import type { ExportCell, ExportColumn, ExportRow } from '../../src/export/table.ts'
import { formatTime } from '../../src/glossary.ts'
import { bytesOf, COLUMNS, HOSTILE, rows } from './hostile.ts'

const ID: readonly ExportColumn[] = [{ name: 'id', type: 'text' }]
const texts = (values: readonly string[]): ExportRow[] => values.map((value) => [value])

/** Rows whose pages end with their group: what is in memory shows as what was yielded. */
async function* many(count: number, cell: (i: number) => ExportCell): AsyncGenerator<ExportRow> {
  for (let i = 0; i < count; i++) yield [cell(i)]
}

function arrayBuffer(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

describe('csv', () => {
  const csv = async (given: readonly ExportRow[], columns = COLUMNS, bom = false) =>
    (await bytesOf(csvBytes({ columns, rows: given }, { bom }))).toString()
  const plain = (cell: ExportCell, i: number): string => {
    if (cell === null) return ''
    if (typeof cell === 'string') return harmless(cell)
    return COLUMNS[i]!.type === 'time' ? formatTime(Number(cell)) : String(cell)
  }

  it('is this, byte for byte', async () => {
    const time = Date.UTC(2026, 0, 31, 9, 30)
    expect(
      await csv([
        ['=1+1', -3, -0.5, true, time],
        ['a "b", c', null, null, null, null],
        ['', 0, 1e-7, false, 1],
      ]),
    ).toBe(
      'id,2,\'=probability,__proto__,"when, ""where"""\r\n' +
        "'=1+1,-3,-0.5,true,2026-01-31T09:30:00Z\r\n" +
        '"a ""b"", c",,,,\r\n' +
        '"",0,1e-7,false,1970-01-01T00:00:00.001Z\r\n',
    )
    expect(await csv([], ID, true)).toBe('\uFEFFid\r\n')
    expect(await csv([[null]], ID)).toBe('id\r\n""\r\n')
  })

  it('comes back from csv-parse, but for the apostrophe', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const back = parse(await csv(given), { record_delimiter: '\r\n' })
        expect(back.slice(1)).toEqual(given.map((row) => row.map(plain)))
      }),
    )
    // Whatever text there is: no cell of the file begins like a formula, and numbers have no apostrophe.
    const back: string[][] = parse(await csv(texts(HOSTILE), ID), { record_delimiter: '\r\n' })
    expect(back.slice(1).map(([cell]) => cell)).toEqual(HOSTILE.map(harmless))
    for (const [cell] of back) expect(cell).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/)
  })

  it('begins no formula where the semicolon divides cells, nor after what is not seen', async () => {
    expect(harmless('Acme;=cmd|calc; @SUM(A1);b')).toBe("Acme;'=cmd|calc; '@SUM(A1);b")
    expect(harmless('one\n=1\r\n\t+2')).toBe("one\n'=1\r\n\t'+2")
    expect(harmless(' \u200B=1')).toBe("' \u200B=1")
    for (const text of ['a-b; c=d', 'country US (country, +3.3); e@f.test', "'=1"])
      expect(harmless(text)).toBe(text)
    // Excel in much of Europe: quotes count at the beginning of a cell only, and cells end at semicolons.
    const text = await csv(texts(['x, y;=1', 'a "b"\n-1']), ID)
    for (const cell of text.split(/[;\r\n]/)) expect(cell).not.toMatch(/^\s*[=+\-@]/)
    const long = harmless(';\n '.repeat(200_000))
    expect(long).toHaveLength(600_000)
  })
})

describe('json lines', () => {
  it('come back from JSON.parse, every object with every column in order', async () => {
    const names = COLUMNS.map(({ name }) => JSON.stringify(name))
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const text = (await bytesOf(jsonLinesBytes({ columns: COLUMNS, rows: given }))).toString()
        const lines = text.split('\n')
        expect(lines.pop()).toBe('')
        expect(lines).toHaveLength(given.length)
        for (const [i, line] of lines.entries()) {
          const back = Object.entries(JSON.parse(line)) as [string, ExportCell][]
          const shown = given[i]!.map((cell, j) =>
            j === 4 && cell !== null ? formatTime(Number(cell)) : cell,
          )
          expect(new Map(back)).toEqual(new Map(COLUMNS.map(({ name }, j) => [name, shown[j]])))
          expect(names.map((name) => line.indexOf(`${name}:`))).not.toContain(-1)
        }
      }),
    )
  })
})

describe('parquet', () => {
  /** hyparquet takes a byte order mark at the beginning of a text for none of it. */
  const asRead = (cell: ExportCell, i: number): ExportCell | Date => {
    if (typeof cell === 'string') return cell.replace(/^\uFEFF/, '')
    return i === 4 && cell !== null ? new Date(Number(cell)) : cell
  }

  it('comes back from hyparquet, typed', async () => {
    // Its objects cannot hold a column of that name.
    const columns = COLUMNS.map((column) =>
      column.name === '__proto__' ? { ...column, name: 'flag' } : column,
    )
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const file = arrayBuffer(await bytesOf(parquetBytes({ columns, rows: given })))
        const back = await parquetReadObjects({ file })
        expect(back.map((row) => columns.map(({ name }) => row[name] ?? null))).toEqual(
          given.map((row) => row.map(asRead)),
        )
        const types = parquetMetadata(file)
          .schema.slice(1)
          .map(({ type }) => type)
        expect(types).toEqual(['BYTE_ARRAY', 'INT32', 'DOUBLE', 'BOOLEAN', 'INT64'])
      }),
    )
    const file = arrayBuffer(await bytesOf(parquetBytes({ columns: ID, rows: texts(HOSTILE) })))
    expect((await parquetReadObjects({ file })).map(({ id }) => id)).toEqual(HOSTILE.map(asRead))
  })

  it('is written group by group: by rows, or by what they weigh', async () => {
    const groups = async (table: AsyncGenerator<ExportRow>) => {
      const file = arrayBuffer(await bytesOf(parquetBytes({ columns: ID, rows: table })))
      const sizes = parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows))
      return { sizes, back: (await parquetReadObjects({ file })).map(({ id }) => id) }
    }
    const short = await groups(many(45_000, String))
    expect(short.sizes).toEqual([20_000, 20_000, 5_000])
    expect(short.back).toEqual(Array.from({ length: 45_000 }, (_, i) => String(i)))
    const long = 'x'.repeat(4 * 1024 * 1024)
    expect((await groups(many(9, (i) => long + i))).sizes).toEqual([4, 4, 1])
  })
})

it.each([
  ['a row that is too short', ID, [[]], /0 cells, the table 1/],
  ['text among numbers', [{ name: 'n', type: 'number' }], [['1']], /The column n holds number/],
  ['a fraction among integers', [{ name: 'n', type: 'integer' }], [[0.5]], /holds integer/],
  ['two columns of one name', [...ID, ...ID], [], /name of its own/],
] as const)('no format takes %s', async (_, columns, given, says) => {
  for (const bytes of [csvBytes, jsonLinesBytes, parquetBytes])
    await expect(bytesOf(bytes({ columns, rows: given }))).rejects.toThrow(says)
})

it('no format takes NaN or infinities for values', async () => {
  const table = {
    columns: [{ name: 'n', type: 'number' }] as const,
    rows: [[Number.NaN], [Number.NEGATIVE_INFINITY]],
  }
  expect((await bytesOf(csvBytes(table))).toString()).toBe('n\r\n""\r\n""\r\n')
  expect((await bytesOf(jsonLinesBytes(table))).toString()).toBe('{"n":null}\n{"n":null}\n')
  expect(await parquetReadObjects({ file: arrayBuffer(await bytesOf(parquetBytes(table))) })).toEqual([
    { n: null },
    { n: null },
  ])
})
