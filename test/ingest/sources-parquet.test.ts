import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { type ColumnSource, parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer'
import { afterAll, describe, expect, test } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { openSource } from '../../src/ingest/open-source.ts'
import type { SourceRecord } from '../../src/ingest/row-source.ts'
import { cellText } from '../../src/ingest/sources/parquet-values.ts'

const folder = mkdtempSync(join(tmpdir(), 'wonlost-parquet-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function read(bytes: Uint8Array): Promise<{ header: readonly string[]; records: SourceRecord[] }> {
  const file = join(folder, 'table.parquet')
  writeFileSync(file, bytes)
  const source = await openSource({ file })
  try {
    const records: SourceRecord[] = []
    for await (const block of source.records()) {
      records.push(...block.records)
      expect(block.done).toBe(records.length)
    }
    return { header: source.header, records }
  } finally {
    await source.close()
  }
}

type Options = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>

const parquet = (columnData: ColumnSource[], options: Options = {}): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData, ...options }))

/** The cells of a column of one type, written with its schema. */
async function cells(element: Omit<SchemaElement, 'name'>, data: ColumnSource['data']): Promise<string[]> {
  const schema = [
    { name: 'root', num_children: 1 },
    { name: 'x', repetition_type: 'OPTIONAL' as const, ...element },
  ]
  const { records } = await read(parquet([{ name: 'x', data }], { schema }))
  return records.map((record) => record.cells[0]!)
}

test('any table of texts reads back as the same texts, in row groups of any size', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 6 })
  const tables = fc.array(fc.tuple(cell, fc.option(cell)), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(tables, fc.integer({ min: 1, max: 5 }), async (rows, rowGroupSize) => {
      const columns: ColumnSource[] = [
        { name: 'a', data: rows.map(([a]) => a), type: 'STRING' },
        { name: 'b', data: rows.map(([, b]) => b), type: 'STRING' },
      ]
      const { header, records } = await read(parquet(columns, { rowGroupSize, pageSize: 8 }))
      expect(header).toEqual(['a', 'b'])
      expect(records.map(({ line, cells: [a, b] }) => [line, a, b])).toEqual(
        rows.map(([a, b], i) => [i + 1, a, b ?? '']),
      )
    }),
    { numRuns: 60 },
  )
})

test('more rows than are read at once, in one row group', async () => {
  const rows = 45_000
  const data = Array.from({ length: rows }, (_, i) => `row ${i}`)
  const lists = data.map((text, i) => (i % 3 === 0 ? [] : [text, 'x']))
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 2 },
    { name: 'a', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
    { name: 'l', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  ]
  for (const offsetIndex of [true, false]) {
    const columns = [
      { name: 'a', data, offsetIndex },
      { name: 'l', data: lists, offsetIndex },
    ]
    const { records } = await read(parquet(columns, { schema, rowGroupSize: rows, pageSize: 10_000 }))
    expect(records.map(({ cells: [a, l] }) => `${a} ${l}`)).toEqual(
      data.map((text, i) => `${text} ${JSON.stringify(lists[i])}`),
    )
  }
})

describe('values lose nothing', () => {
  test('numbers: 64 bits, no sign, decimals, missing ones', async () => {
    expect(await cells({ type: 'INT64' }, [9_007_199_254_740_993n, -1n, null])).toEqual([
      '9007199254740993',
      '-1',
      '',
    ])
    expect(await cells({ type: 'INT64', converted_type: 'UINT_64' }, [2n ** 63n + 1n])).toEqual([
      '9223372036854775809',
    ])
    expect(await cells({ type: 'DOUBLE' }, [1.1, -0.5, 1e21, Number.NaN, 42])).toEqual([
      '1.1',
      '-0.5',
      '1e+21',
      '',
      '42',
    ])
    expect(await cells({ type: 'BOOLEAN' }, [true, false, null])).toEqual(['true', 'false', ''])
    const digits = { type: 'INT32', converted_type: 'DECIMAL', scale: 2, precision: 9 } as const
    expect(await cells(digits, [1.1, -0.05, 12_345.67, 0])).toEqual(['1.10', '-0.05', '12345.67', '0.00'])
  })

  test('decimals in bytes, digit by digit', () => {
    const element = { name: 'x', converted_type: 'DECIMAL', type: 'FIXED_LEN_BYTE_ARRAY' } as const
    const text = (bytes: number[], scale: number): string | null =>
      cellText({ element: { ...element, scale }, children: [], count: 1, path: ['x'] })(new Uint8Array(bytes))
    expect(text([1, 0, 0, 0, 0, 0, 0, 0, 1], 3)).toBe('18446744073709551.617')
    expect(text([0xff, 0xff], 3)).toBe('-0.001')
    expect(text([0x80, 0], 0)).toBe('-32768')
  })

  test('times: all digits, Z only where the file says UTC, dates as dates', async () => {
    const instant = Date.UTC(2026, 0, 31, 9, 30, 15, 123)
    const at = (
      unit: 'MILLIS' | 'MICROS' | 'NANOS',
      isAdjustedToUTC: boolean,
    ): Omit<SchemaElement, 'name'> => ({
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', unit, isAdjustedToUTC },
    })
    expect(await cells(at('MILLIS', true), [BigInt(instant), 0n, -1n])).toEqual([
      '2026-01-31T09:30:15.123Z',
      '1970-01-01T00:00:00Z',
      '1969-12-31T23:59:59.999Z',
    ])
    expect(await cells(at('MICROS', false), [BigInt(instant) * 1_000n + 456n])).toEqual([
      '2026-01-31T09:30:15.123456',
    ])
    expect(await cells(at('NANOS', true), [BigInt(instant) * 1_000_000n + 456_789n])).toEqual([
      '2026-01-31T09:30:15.123456789Z',
    ])
    expect(
      await cells({ type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, [new Date(instant), null]),
    ).toEqual(['2026-01-31T09:30:15.123Z', ''])
    expect(
      await cells({ type: 'INT32', converted_type: 'DATE' }, [new Date(Date.UTC(1969, 11, 31)), null]),
    ).toEqual(['1969-12-31', ''])
    expect((await cells(at('MILLIS', true), [2n ** 62n]))[0]).toMatch(/s since 1970/)
  })

  test('bytes: text where they are UTF-8, otherwise as PostgreSQL writes them; UUIDs; JSON as it is', async () => {
    expect(await cells({ type: 'BYTE_ARRAY' }, [Buffer.from('é'), Buffer.from([0xff, 0])])).toEqual([
      'é',
      '\\xff00',
    ])
    const uuid = '0d1c0e8a-0c8f-4a57-9a43-4b1e5b3f2c55'
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 1 },
      {
        name: 'x',
        type: 'FIXED_LEN_BYTE_ARRAY',
        type_length: 16,
        logical_type: { type: 'UUID' },
        repetition_type: 'REQUIRED',
      },
    ]
    expect((await read(parquet([{ name: 'x', data: [uuid] }], { schema }))).records[0]?.cells).toEqual([uuid])
    expect(await cells({ type: 'BYTE_ARRAY', converted_type: 'JSON' }, [{ a: [1, 'x'] }])).toEqual([
      '{"a":[1,"x"]}',
    ])
  })

  test('text that is no UTF-8 is a fault of its cell', async () => {
    const bytes = parquet([{ name: 'x', data: ['abc', 'ok'], type: 'STRING' }], {
      statistics: false,
      codec: 'UNCOMPRESSED',
    })
    const at = Buffer.from(bytes).indexOf('abc')
    bytes[at + 1] = 0xff
    const { records } = await read(bytes)
    expect(records.map(({ cells: [x], fault }) => [x, fault])).toEqual([
      ['\\x61ff63', { column: 0, reason: 'is not valid UTF-8' }],
      ['ok', null],
    ])
  })

  test('what is nested becomes JSON: lists, structs and maps of any scalars', async () => {
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 3 },
      { name: 'l', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'INT64', repetition_type: 'OPTIONAL' },
      { name: 's', repetition_type: 'OPTIONAL', num_children: 2 },
      { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
      {
        name: 'price',
        type: 'INT32',
        converted_type: 'DECIMAL',
        scale: 2,
        precision: 9,
        repetition_type: 'OPTIONAL',
      },
      { name: 'm', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'MAP' },
      { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
      { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'value', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
    ]
    const columns = [
      { name: 'l', data: [[9_007_199_254_740_993n, null], [], null] },
      { name: 's', data: [{ at: new Date(0), price: 1.1 }, { at: null, price: 2 }, null] },
      { name: 'm', data: [{ a: 1.5, 'b"': null }, {}, null] },
    ]
    const { records } = await read(parquet(columns, { schema }))
    expect(records.map((record) => record.cells)).toEqual([
      ['[9007199254740993,null]', '{"at":"1970-01-01T00:00:00Z","price":1.10}', '{"a":1.5,"b\\"":null}'],
      ['[]', '{"at":null,"price":2.00}', '{}'],
      ['', '', ''],
    ])
  })
})

/** Written by pyarrow 26: an independent writer, with its nulls, pages of both versions, encodings and codecs. */
describe('files of another writer', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    id: ['l_1', 'é🙂', '', ''],
    int64: ['4611686018427387905', '-9223372036854775808', '', '0'],
    uint64: ['18446744073709551615', '0', '', '1'],
    decimal: ['12345678901234567890.123', '-0.001', '', '0.000'],
    double: ['0.1', '-1e+300', '', '3'],
    bool: ['true', 'false', '', 'true'],
    local: ['2026-01-31T09:30:00.123456', '', '1969-12-31T00:00:00', '2026-01-31T00:00:00'],
    utc: ['2026-01-31T09:30:00Z', '', '1969-12-31T23:59:59Z', '2026-01-31T00:00:00Z'],
    date: ['1950-01-31', '', '2026-01-31', '2000-02-29'],
    time: ['09:30:01', '', '00:00:00', '23:59:59.999999'],
    list: ['["a","b\\""]', '[]', '', '["c",null]'],
    struct: ['{"x":1,"y":[1,2]}', '', '{"x":null,"y":null}', '{"x":0,"y":[]}'],
    map: ['{"k":1.5}', '{}', '', '{"k":null}'],
    category: ['x', '', 'x', 'y'],
    half: ['1.5', '-0.25', '', '0'],
    nothing: ['', '', '', ''],
  }

  test.each(['pyarrow-zstd-v1', 'pyarrow-lz4-v2', 'pyarrow-delta'])('%s', async (name) => {
    const { header, records } = await read(readFileSync(new URL(`./files/${name}.parquet`, import.meta.url)))
    const columns = header.map((column, i) => [column, records.map((record) => record.cells[i])])
    expect(Object.fromEntries(columns)).toEqual(
      Object.fromEntries(header.map((column) => [column, expected[column]])),
    )
  })
})

describe('damaged and hostile files', () => {
  const text = ['one', 'two', null, 'two', 'three', 'two', 'two', 'two']
  const sample = (options: Options): Uint8Array =>
    parquet(
      [
        { name: 'a', data: text },
        { name: 'n', data: [1, 2, 3, 4, null, 6, 7, 8], type: 'INT32' },
        { name: 'b', data: [true, true, true, true, true, true, true, false], encoding: 'RLE' },
      ],
      options,
    )

  const outcome = async (bytes: Uint8Array): Promise<string> => {
    try {
      await read(bytes)
      return 'read'
    } catch (error) {
      if (!(error instanceof WonlostError)) throw error
      return error.code
    }
  }

  test.each([
    ['nothing', new Uint8Array(0)],
    ['four bytes', Buffer.from('PAR1')],
    ['two marks and no more', Buffer.from('PAR1PAR1')],
    ['a length beyond the file', Buffer.from('PAR1\xff\xff\xff\x7fPAR1', 'latin1')],
    ['text', Buffer.from('id,name\n1,2\n')],
    ['encrypted', Buffer.from('PAR1....PARE')],
  ])('%s', async (_, bytes) => {
    expect(await outcome(bytes)).toBe('table_invalid')
  })

  test('cut off anywhere', async () => {
    const whole = sample({})
    for (let length = 0; length < whole.length; length++)
      expect(await outcome(whole.subarray(0, length))).toBe('table_invalid')
  })

  test.each(['SNAPPY', 'UNCOMPRESSED'] as const)(
    'any bytes changed (%s): rows, or a coded error',
    async (codec) => {
      const whole = sample({ codec })
      const codes = new Set<string>()
      const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
          const bytes = Uint8Array.from(whole)
          for (const [at, byte] of changes) bytes[at] = byte
          codes.add(await outcome(bytes))
        }),
        { numRuns: 600, seed: 1 },
      )
      expect([...codes].sort()).toEqual(['read', 'table_invalid'])
    },
  )

  test('a run of 2^30 values in a page of eight is found before it fills the memory, wherever it stands', async () => {
    const whole = sample({ codec: 'UNCOMPRESSED', statistics: false })
    const codes = new Set<string>()
    for (let at = 4; at < whole.length - 5; at++) {
      const hostile = Uint8Array.from(whole)
      hostile.set([0x80, 0x80, 0x80, 0x80, 0x08], at)
      codes.add(await outcome(hostile))
    }
    expect(codes).toContain('table_invalid')
  })
})

test('rejected rows stand in a JSON lines file that can be imported', async () => {
  const file = join(folder, 'leads.parquet')
  const at: ColumnSource = { name: 'at', data: [new Date(0), null], type: 'TIMESTAMP' }
  writeFileSync(file, parquet([{ name: 'id', data: ['l_1', 'é"'], type: 'STRING' }, at]))
  const source = await openSource({ file })
  const records: SourceRecord[] = []
  for await (const block of source.records()) records.push(...block.records)
  const rejected = source.createRejected()
  await rejected.write(records.map((record) => ({ record, column: 'at', reason: 'so' })))
  await rejected.finish()
  await source.close()
  expect(readFileSync(rejected.path, 'utf8').split('\n')[1]).toBe(
    '{"line":2,"column":"at","reason":"so","row":{"id":"é\\"","at":""}}',
  )
  const again = await openSource({ file: rejected.path })
  expect(again.header).toEqual(['id', 'at'])
  for await (const block of again.records())
    expect(block.records.map((record) => record.cells)).toEqual([
      ['l_1', '1970-01-01T00:00:00Z'],
      ['é"', ''],
    ])
  await again.close()
})
