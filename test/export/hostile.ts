/** What people type into forms, and worse. */
import fc from 'fast-check'
import type { ExportColumn, ExportRow, TableBytes } from '../../src/export/table.ts'

export const HOSTILE = [
  '',
  ' ',
  '=1+1',
  '+49 30 123',
  '-5',
  '@SUM(A1:A9)',
  '\t=1',
  '\r\n=cmd',
  '\n',
  '\0',
  '＝1+1',
  "'quoted",
  '"',
  '""",",\r\n"',
  'a,b;c|d\te',
  'line\none\r\ntwo\rthree',
  '  padded  ',
  '\uFEFFmark',
  'é ü 漢字 👩‍💻 🇩🇪',
  'x'.repeat(1024 * 1024),
  '-- ; DROP TABLE leads; --',
  '__proto__',
]

export const COLUMNS: readonly ExportColumn[] = [
  { name: 'id', type: 'text' },
  { name: '2', type: 'integer' },
  { name: '=probability', type: 'number' },
  { name: '__proto__', type: 'flag' },
  { name: 'when, "where"', type: 'time' },
]

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",\'; \0a'), maxLength: 8 }),
  fc.constantFrom(...HOSTILE.slice(0, 19)),
)
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

export const rows: fc.Arbitrary<ExportRow[]> = fc.array(
  fc.tuple(
    orNull(text),
    orNull(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    orNull(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
    orNull(fc.boolean()),
    orNull(fc.integer({ min: 0, max: 4e12 })),
  ),
  { maxLength: 12 },
)

export async function bytesOf(bytes: TableBytes): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}
