import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { openSource } from '../../src/ingest/open-source.ts'
import type { RowSource, SourceRecord } from '../../src/ingest/row-source.ts'
import { ENCODING_NAMES, ENCODINGS, type EncodingName } from '../../src/ingest/sources/encodings.ts'
import { readJsonLines } from '../../src/ingest/sources/json-line-records.ts'
import { readJsonMembers } from '../../src/ingest/sources/json-object.ts'
import { openTextFile, readRange } from '../../src/ingest/sources/text-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'wonlost-sources-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, body: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, body)
  return path
}

async function readAll(source: RowSource): Promise<SourceRecord[]> {
  const records: SourceRecord[] = []
  for await (const block of source.records()) records.push(...block.records)
  return records
}

async function read(
  name: string,
  body: string | Buffer,
  encoding?: EncodingName,
): Promise<{ header: readonly string[]; records: SourceRecord[]; rejected: Buffer }> {
  const source = await openSource({ file: write(name, body), encoding })
  try {
    const records = await readAll(source)
    const file = source.createRejected()
    const faults = records.flatMap((record) =>
      record.fault ? [{ record, column: 'c', reason: 'é "r"' }] : [],
    )
    await file.write(faults)
    await file.finish()
    return {
      header: source.header,
      records,
      rejected: faults.length > 0 ? readFileSync(file.path) : Buffer.alloc(0),
    }
  } finally {
    await source.close()
  }
}

const cellsOf = (records: readonly SourceRecord[]): (readonly string[])[] => records.map(({ cells }) => cells)
const faultsOf = (records: readonly SourceRecord[]): string[] =>
  records.flatMap(({ line, fault }) => (fault ? [`${line} ${fault.column} ${fault.reason}`] : []))

const encode = (text: string, encoding: EncodingName): Buffer =>
  ENCODINGS[encoding]?.fromUtf8(Buffer.from(text)) ?? Buffer.from(text)

/** Texts that survive the reading of a cell as they are: no half characters. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', ',', '"', '\\', '\n', '\r', '\t', ';', 'é', '€', '🙂', '\u2028') }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('', 'null', 'true', '1.50', '{}', '[]', '__proto__'),
)
const tables = fc
  .array(fc.tuple(anyText, anyText, anyText), { minLength: 1, maxLength: 6 })
  .map((rows) => rows.map((row, i) => [...row, `row ${i}`]))
const HEADER = ['a', 'b', '__proto__', 'id']

const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')

describe('any table reads back as the same texts', () => {
  test.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    'CSV in %s, with and without a mark',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(tables, fc.boolean(), async (rows, marked) => {
          const body = encode((marked ? '\uFEFF' : '') + csvOf([HEADER, ...rows]), encoding)
          const { header, records } = await read('table.csv', body, marked ? undefined : encoding)
          expect(header).toEqual(HEADER)
          expect(cellsOf(records)).toEqual(rows)
        }),
        { numRuns: 60 },
      )
    },
  )

  test('JSON lines, keys in any order, empty cells left out or null', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.infiniteStream(fc.nat(5)), async (rows, choices) => {
        const next = (): number => choices.next().value
        const lines = rows.map((row) => {
          const members = row.flatMap((cell, i) =>
            cell === '' && next() < 3
              ? []
              : [`${JSON.stringify(HEADER[i])}: ${cell === '' ? 'null' : JSON.stringify(cell)}`],
          )
          if (next() > 2) members.reverse()
          return `{${members.join(', ')}}`
        })
        const { header, records } = await read('table.jsonl', lines.join('\n'))
        const order = HEADER.map((name) => header.indexOf(name))
        expect(records.map(({ cells }) => order.map((i) => cells[i] ?? ''))).toEqual(rows)
      }),
      { numRuns: 100 },
    )
  })
})

describe('encodings', () => {
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

  test('every byte of windows-1252 and Latin-1 is the character that it should be', () => {
    // Not TextDecoder: that of Node.js 20 takes windows-1252 for Latin-1. A blank: the byte is not used.
    const from0x80 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'
    const expected = Array.from({ length: 256 }, (_, byte) => {
      const character = byte >= 0x80 && byte < 0xa0 ? from0x80[byte - 0x80]! : String.fromCharCode(byte)
      return character === ' ' && byte !== 0x20 ? Buffer.from([byte]) : Buffer.from(character)
    })
    expect(ENCODINGS['windows-1252']!.toUtf8(everyByte, true).utf8).toEqual(Buffer.concat(expected))
    expect(String(ENCODINGS['latin1']!.toUtf8(everyByte, true).utf8)).toBe(everyByte.toString('latin1'))
  })

  test.each(ENCODING_NAMES)('%s: any bytes come back as they were, wherever they are cut', (name) => {
    const encoding = ENCODINGS[name]
    if (encoding === null) return
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (given, at) => {
        const bytes = Buffer.from(
          given.subarray(0, given.length - (name.startsWith('utf-16') ? given.length % 2 : 0)),
        )
        const first = encoding.toUtf8(bytes.subarray(0, at), false)
        const second = encoding.toUtf8(bytes.subarray(first.used), true)
        const whole = encoding.toUtf8(bytes, true)
        expect(Buffer.concat([first.utf8, second.utf8])).toEqual(whole.utf8)
        expect(whole.used).toBe(bytes.length)
        expect(encoding.fromUtf8(whole.utf8)).toEqual(bytes)
      }),
    )
  })

  test('UTF-16 agrees with an independent decoder on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { utf8 } = ENCODINGS['utf-16le']!.toUtf8(Buffer.from(text, 'utf16le'), true)
        expect(String(utf8)).toBe(text)
      }),
    )
  })

  test('nothing is guessed: windows-1252 read as UTF-8 is turned down, and the reason says what to do', async () => {
    const body = encode('id,name\n1,caf\u00e9 \u20ac\n2,ok\n', 'windows-1252')
    const guessed = await read('cafe.csv', body)
    expect(faultsOf(guessed.records)).toEqual([
      '2 1 is not valid UTF-8; save the file as UTF-8, or say --encoding windows-1252 if that is what it is',
    ])
    expect(guessed.rejected.includes(body.subarray(8, 16))).toBe(true)
    expect(cellsOf((await read('cafe.csv', body, 'windows-1252')).records)).toEqual([
      ['1', 'café €'],
      ['2', 'ok'],
    ])
    const odd = await read(
      'odd.csv',
      Buffer.from([...Buffer.from('id,name\n1,'), 0xe9, 0x81]),
      'windows-1252',
    )
    expect(faultsOf(odd.records)).toEqual([
      '2 1 is not valid windows-1252: is the file damaged, or in another encoding?',
    ])
  })

  test('a mark and another encoding contradict each other', async () => {
    await expect(read('mark.csv', '\uFEFFid\n1', 'windows-1252')).rejects.toMatchObject({
      code: 'table_invalid',
      message: expect.stringMatching(/mark of utf-8.*--encoding windows-1252/),
    })
  })

  test.each(['utf-16le', 'utf-16be', 'windows-1252', 'utf-8'] as const)(
    '%s: the rejected rows stand in the same encoding, byte for byte, and can be read with the same options',
    async (encoding) => {
      const bad = '2,"never \u20ac closed\n'
      const body = encode(`id,name\n1,\u00e9\n${bad}3,x\n`, encoding)
      const { rejected } = await read('bad.csv', body, encoding)
      const text = `line,column,reason,id,name\n3,c,"é ""r""","2,""never € closed",\n`
      expect(rejected).toEqual(encode(text, encoding))
      const again = await read('again.csv', rejected, encoding)
      expect(cellsOf(again.records)).toEqual([['3', 'c', 'é "r"', '2,"never € closed', '']])
    },
  )

  test('a long row of UTF-16 across many pieces of the file is kept byte for byte', async () => {
    const long = '🙂é'.repeat(250_000)
    const body = encode(`\uFEFFid,name\n1,a\n2,${long}\n3,b\n`, 'utf-16le')
    const { records, rejected } = await read('long.csv', body)
    expect(records.map(({ line, fault }) => [line, fault?.column ?? null])).toEqual([
      [2, null],
      [3, 1],
      [4, null],
    ])
    expect(rejected.includes(encode(`2,${long}\n`, 'utf-16le'))).toBe(true)
    expect(rejected.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]))
  })

  test('reading by position gives what reading in order gives', async () => {
    const text = 'aé€🙂'.repeat(100_000)
    const file = await openTextFile(write('pieces.csv', encode(text, 'utf-16be')), { stated: 'utf-16be' })
    const utf8 = Buffer.from(text)
    const block = Buffer.alloc(1_000)
    for (const position of [0, 999_000, 5, 500_000, 262_143, 999_999, 2_000_000]) {
      const length = await file.read(block, position)
      expect(block.subarray(0, length).equals(utf8.subarray(position, position + 1_000))).toBe(true)
    }
    const pieces: Buffer[] = []
    for await (const piece of readRange(file, { start: 1, end: 900_000 })) {
      expect(String(piece)).not.toContain('\uFFFD')
      pieces.push(piece)
    }
    expect(Buffer.concat(pieces).equals(utf8.subarray(1, 900_000))).toBe(true)
    expect(file.bytesBefore(utf8.length)).toBeLessThanOrEqual(file.size)
    await file.close()
  })
})

describe('JSON lines', () => {
  test('values keep their digits, what is nested stays JSON, keys come in any order', async () => {
    const { header, records } = await read(
      'values.jsonl',
      [
        '\uFEFF{"id": 12345678901234567890, "ratio": 1.50, "yes": true, "none": null}',
        '',
        ' {"list": [1, "a,b" , {"c": "}"}], "id": "x\\u00e9\\n", "nested": {"k": [true]}} \r',
      ].join('\n'),
    )
    expect(header).toEqual(['id', 'ratio', 'yes', 'none', 'list', 'nested'])
    expect(records.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, '12345678901234567890', '1.50', 'true', '', '', ''],
      [3, 'xé\n', '', '', '', '[1, "a,b" , {"c": "}"}]', '{"k": [true]}'],
    ])
  })

  test('a bad line costs itself; corrected in the rejected file, it is read', async () => {
    const lines = [
      '{"id": 1}',
      '{"id": 2',
      '[3]',
      '"4"',
      '{"id": 5, "id": 6}',
      '{"id": "\\ud83d"}',
      '{"id": "a\0b"}',
      '\0',
      '{"id": 9, "zz": 1,}',
    ]
    const body = Buffer.concat([
      Buffer.from(`${lines.join('\n')}\n{"id": "`),
      Buffer.from([0xe9]),
      Buffer.from('"}\n{"id": 11}'),
    ])
    const { header, records, rejected } = await read('bad.jsonl', body)
    expect(header).toEqual(['id'])
    expect(faultsOf(records)).toEqual([
      expect.stringMatching(/^2 null is not JSON/),
      expect.stringMatching(/^3 null is not a JSON object/),
      expect.stringMatching(/^4 null is not a JSON object/),
      '5 0 is there twice',
      '6 0 holds half a character',
      expect.stringMatching(/^7 null is not JSON from character 10 on/),
      expect.stringMatching(/^8 null is not JSON/),
      expect.stringMatching(/^9 null is not JSON/),
      expect.stringMatching(/^10 null is not valid UTF-8.*--encoding windows-1252/),
    ])
    // What is no object stands there as a text: unescaped, it is the line byte for byte.
    const written = rejected.toString('latin1').trimEnd().split('\n')
    const original = body.toString('latin1').split('\n')
    for (const [i, line] of written.entries()) {
      const row = line.slice(line.indexOf('"row":') + 6, -1)
      expect(row.startsWith('{') ? row : JSON.parse(row)).toBe(original[i + 1])
    }
    const corrected = rejected
      .toString('latin1')
      .replace('{\\"id\\": 2', '{\\"id\\": 2}')
      .replace('"id": 6', '"other": 6')
    const again = await read('again.jsonl', Buffer.from(corrected, 'latin1'), 'latin1')
    expect(again.header).toEqual(['id', 'other'])
    expect(cellsOf(again.records).filter((cells) => cells.length > 0)).toEqual([
      ['2', ''],
      ['5', '6'],
      ['é', ''],
    ])
    // Turned down again, they stand there as they did, not wrapped twice.
    expect(again.rejected.toString().match(/"row":/g)).toHaveLength(
      again.records.filter(({ fault }) => fault).length,
    )
  })

  test('a line that is too long is passed over and kept, wherever blocks end', async () => {
    const path = write('long.jsonl', `{"id":1}\n{"id":"${'x'.repeat(100)}"}\n{"id":3}`)
    const text = await openTextFile(path)
    for (const blockBytes of [5, 64, 4_096]) {
      const lines = []
      for await (const block of readJsonLines(text, readJsonMembers, { blockBytes, lineBytes: 40 }))
        lines.push(...block.lines)
      expect(lines.map(({ line, row }) => [line, 'texts' in row ? row.texts[0] : row.reason])).toEqual([
        [1, '1'],
        [2, 'the line is longer than 40 bytes'],
        [3, '3'],
      ])
    }
    await text.close()
    const { records, rejected } = await read(
      'longer.jsonl',
      `{"id":1}\n{"id":"é${'"x'.repeat(800_000)}\n{"id":2}`,
    )
    expect(faultsOf(records)).toEqual(['2 null the line is longer than 1048576 bytes'])
    expect(JSON.parse(rejected.toString()).row).toBe(`{"id":"é${'"x'.repeat(800_000)}`)
  })

  test.each([
    ['nothing', '\n \n', /empty/],
    ['an array', '[{"id": 1},\n{"id": 2}]', /one JSON array.*jq/],
    ['an object over several lines', '{\n"id": 1\n}', /No line is a JSON object/],
    [
      'too many keys',
      Array.from({ length: 2_001 }, (_, i) => `{"k${i}": 1}`).join('\n'),
      /2000 different keys/,
    ],
  ])('%s is no table', async (_, body, message) => {
    await expect(read('none.jsonl', body)).rejects.toMatchObject({
      code: 'table_invalid',
      message: expect.stringMatching(message),
      place: { file: join(folder, 'none.jsonl') },
    })
  })

  test('members are those that JSON.parse finds', () => {
    fc.assert(
      fc.property(
        // As it comes back from text: JSON has no -0.
        fc
          .dictionary(fc.string(), fc.jsonValue())
          .map((object) => JSON.parse(JSON.stringify(object)) as object),
        fc.constantFrom(0, 1, '\t'),
        (object, indent) => {
          const members = readJsonMembers(JSON.stringify(object, null, indent))
          if (!('keys' in members)) throw new Error(members.reason)
          expect(members.keys).toEqual(Object.keys(object))
          for (const [i, value] of Object.values(object).entries())
            expect(members.texts[i]).toBe(
              typeof value === 'string'
                ? value
                : value === null
                  ? ''
                  : typeof value === 'object'
                    ? members.texts[i]
                    : JSON.stringify(value),
            )
          for (const [i, value] of Object.values(object).entries())
            if (typeof value === 'object' && value !== null)
              expect(JSON.parse(members.texts[i]!)).toEqual(value)
        },
      ),
    )
  })
})

test('rows that were turned down twice have one line, column and reason', async () => {
  const first = await read('twice.csv', 'id,name\n1,"x\n2,a')
  const second = await read('twice.rejected.csv', first.rejected)
  expect(second.header).toEqual(['line', 'column', 'reason', 'id', 'name'])
  const source = await openSource({ file: write('twice.rejected.csv', first.rejected) })
  const records = await readAll(source)
  const rejected = source.createRejected()
  await rejected.write([{ record: records[0]!, column: 'id', reason: 'again, "so"' }])
  await rejected.finish()
  await source.close()
  expect(readFileSync(rejected.path, 'utf8')).toBe(
    'line,column,reason,id,name\n2,id,"again, ""so""","1,""x",\n',
  )
})

test.each([
  ['leads.csv.gz', /Compressed files are not read/],
  ['leads.xlsx', /--format csv, jsonl, parquet/],
  ['leads', /should end in \.csv/],
])('%s has no format that can be told', async (name, message) => {
  await expect(openSource({ file: join(folder, name) })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(message),
  })
})
