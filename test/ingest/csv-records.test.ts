import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { SourceRecord } from '../../src/ingest/row-source.ts'
import { openCsv } from '../../src/ingest/sources/csv-file.ts'
import { readRecords } from '../../src/ingest/sources/csv-records.ts'

const folder = mkdtempSync(join(tmpdir(), 'wonlost-csv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TINY = { blockBytes: 7, recordBytes: 64, unclosed: 100 }

async function read(
  body: string | Buffer,
  limits?: typeof TINY,
): Promise<{ header: readonly string[]; records: SourceRecord[] }> {
  const path = join(folder, 'file.csv')
  writeFileSync(path, body)
  const file = await openCsv(path)
  try {
    const records: SourceRecord[] = []
    for await (const block of readRecords(file, limits)) records.push(...block.records)
    return { header: file.header, records }
  } finally {
    await file.text.close()
  }
}

const faultOf = (record: SourceRecord | undefined): string => record?.fault?.reason ?? 'none'

describe('readRecords', () => {
  test('quoted delimiters, quotes and line breaks; every line end; lines are counted as an editor does', async () => {
    const { header, records } = await read(
      '\uFEFFid,note\r\n1,"a, ""b"""\n2,"two\r\nlines"\r\n\r\n3,5" pipe\r4,\n,,\n',
    )
    expect(header).toEqual(['id', 'note'])
    expect(records.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, '1', 'a, "b"'],
      [3, '2', 'two\r\nlines'],
      [6, '3', '5" pipe'],
      [7, '4', ''],
    ])
    expect(records.map(({ raw }) => String(raw))).toEqual([
      '1,"a, ""b"""',
      '2,"two\r\nlines"',
      '3,5" pipe',
      '4,',
    ])
  })

  test.each([
    [',', 'a,b;c'],
    [';', 'a;b;"c,d,e"'],
    ['\t', 'a\tb\tc d'],
    ['|', 'a|b'],
    [',', 'single'],
  ])('the delimiter %j is found', async (delimiter, header) => {
    const path = join(folder, 'delimiter.csv')
    writeFileSync(path, `${header}\n`)
    const file = await openCsv(path)
    await file.text.close()
    expect(file.delimiter).toBe(delimiter)
  })

  test('reads what csv-parse reads, wherever the blocks end', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', ' ', 'é', '🙂') }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    )
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 })
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
    await fc.assert(
      fc.asyncProperty(rows, lineEnd, fc.integer({ min: 1, max: 40 }), async (table, end, blockBytes) => {
        const quoted = (text: string): string =>
          /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
        const body = table.map((row) => row.map(quoted).join(',')).join(end)
        const expected = parse(body, { record_delimiter: ['\r\n', '\n', '\r'], skip_empty_lines: true })
        const file = `x,y,z${end}${body}`
        const { records } = await read(file, { ...TINY, blockBytes, recordBytes: 1e6 })
        expect(records).toEqual((await read(file)).records)
        expect(records.map(faultOf).filter((reason) => reason !== 'none')).toEqual([])
        expect(records.map((record) => record.cells)).toEqual(
          expected.filter((row) => row.some((text) => text !== '')),
        )
      }),
      { numRuns: 200 },
    )
  })

  test.each([7, 300_000])('broken quotes cost their line and no other (blocks of %i)', async (blockBytes) => {
    const { records } = await read('id,note\n1,"a" b\n2,fine\n3,"never closed\n4,fine\n5,fine\n', {
      ...TINY,
      blockBytes,
    })
    expect(records.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [2, undefined],
      [3, '2'],
      [4, undefined],
      [5, '4'],
      [6, '5'],
    ])
    expect(faultOf(records[0])).toMatch(/closing quote must be followed/)
    expect(faultOf(records[2])).toMatch(/closing quote never comes/)
    expect(String(records[2]?.raw)).toBe('3,"never closed')
  })

  test('a record that is too long is passed over, wherever its line breaks are', async () => {
    const long = 'x'.repeat(100)
    const body = `id,note\n1,"${long}\r\n2,inside"\r\n3,fine\n4,${long}\n5,"${long}\n6,fine\n7,"${long}" x\n8,fine`
    const { records } = await read(body, TINY)
    expect(records.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [2, undefined],
      [4, '3'],
      [5, undefined],
      [6, undefined],
      [7, '6'],
      [8, undefined],
      [9, '8'],
    ])
    expect(records[0]).toMatchObject({
      cellCount: 2,
      fault: { column: 1, reason: expect.stringMatching(/longer/) },
    })
    const range = records[0]?.raw as { start: number; end: number }
    expect(body.slice(range.start, range.end)).toBe(`1,"${long}\r\n2,inside"`)
    expect(faultOf(records[2])).toMatch(/longer/)
    expect(records[3]).toMatchObject({ cellCount: null })
  })

  test('bytes that are not UTF-8 are found in the cell that holds them; a true U+FFFD is not', async () => {
    const { records } = await read(
      Buffer.concat([Buffer.from('id,name\n1,\uFFFD\n2,caf'), Buffer.from([0xe9]), Buffer.from('\n3,ok\n')]),
    )
    expect(records.map(({ fault }) => fault?.column ?? null)).toEqual([null, 1, null])
    expect(records[1]?.raw).toEqual(Buffer.from([0x32, 0x2c, 0x63, 0x61, 0x66, 0xe9]))
  })

  test('so many unclosed quotes that the file is no CSV end the reading', async () => {
    const body = `id\n${'"abc\n'.repeat(3)}${'x'.repeat(200)}`
    await expect(read(body, { ...TINY, unclosed: 0 })).rejects.toMatchObject({ code: 'table_invalid' })
  })
})

describe('openCsv', () => {
  test.each([
    ['empty', '', /empty/],
    ['only a BOM', '\uFEFF', /empty/],
    ['blank lines', '\n\r\n', /empty/],
    ['half a UTF-16 file', Buffer.from('\uFEFFid\n', 'utf16le').subarray(0, 5), /odd number of bytes/],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /gunzip/],
    ['a spreadsheet', 'PK\x03\x04abc', /save the sheet as CSV/],
    ['Parquet', 'PAR1', /--format parquet/],
    ['NUL', 'i\0d\n', /NUL/],
    ['Latin-1', Buffer.from('caf\u00e9\n', 'latin1'), /UTF-8/],
    ['an unclosed quote', '"id\n1\n', /closing quote/],
  ])('refuses a file with a bad header: %s', async (_, body, message) => {
    await expect(read(body)).rejects.toMatchObject({
      code: 'table_invalid',
      message: expect.stringMatching(message),
      place: { file: join(folder, 'file.csv') },
    })
  })

  test('says whether a file is missing or a folder', async () => {
    await expect(openCsv(join(folder, 'none.csv'))).rejects.toMatchObject({
      code: 'file_not_readable',
      message: expect.stringMatching(/no such file/),
    })
    await expect(openCsv(folder)).rejects.toMatchObject({
      code: 'file_not_readable',
      message: expect.stringMatching(/folder/),
    })
  })
})
