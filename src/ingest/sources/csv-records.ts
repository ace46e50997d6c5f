/**
 * The records of a CSV file, block by block, in flat memory. A record that cannot be parsed costs only itself: after broken
 * quotes reading goes on at the next physical line, after a record of any length at the one that follows it.
 */
import { isUtf8 } from 'node:buffer'
import { WonlostError } from '../../errors.ts'
import type { SourceRecord } from '../row-source.ts'
import { type CsvFile, MAX_RECORD_BYTES } from './csv-file.ts'
import { passLongRecord } from './csv-long-record.ts'
import { nextLine, parseRecord } from './csv-record.ts'
import { type EncodingName, encodingFault } from './encodings.ts'

const LIMITS = {
  blockBytes: 256 * 1024,
  /** Longest record that is read into memory. */
  recordBytes: MAX_RECORD_BYTES,
  /** Quoted cells without an end that are looked for: each may cost a look through the rest of the file. */
  unclosed: 100,
}

/** Yields the records of each block, and up to which position they reach. Blank lines are passed over. */
export async function* readRecords(
  file: CsvFile,
  limits: Readonly<typeof LIMITS> = LIMITS,
): AsyncGenerator<{ readonly records: readonly SourceRecord[]; readonly end: number }> {
  const delimiter = file.delimiter.charCodeAt(0)
  let rest: Buffer = Buffer.alloc(0)
  let offset = file.start
  let line = file.startLine
  let unclosed = 0
  for (;;) {
    const block = Buffer.allocUnsafe(limits.blockBytes)
    const bytesRead = await file.text.read(block, offset)
    offset += bytesRead
    const last = bytesRead < block.length
    const bytes = Buffer.concat([rest, block.subarray(0, bytesRead)])
    // A block may end within a character: then its records are looked at one by one.
    const valid = isUtf8(bytes)
    const records: SourceRecord[] = []
    let position = 0
    while (position < bytes.length) {
      const parsed = parseRecord(bytes, position, delimiter, last)
      if (parsed.kind === 'incomplete') break
      if (parsed.kind === 'broken') {
        const next = nextLine(bytes, position, last)
        if (next < 0) break
        const raw = withoutLineEnd(bytes.subarray(position, next))
        records.push({
          line,
          cells: [],
          cellCount: null,
          raw,
          fault: { column: null, reason: parsed.reason },
        })
        line += 1
        position = next
        continue
      }
      const raw = bytes.subarray(position, parsed.end)
      if (valid || isUtf8(raw)) {
        if (!isBlank(parsed.cells))
          records.push({ line, cells: parsed.cells, cellCount: parsed.cells.length, raw, fault: null })
      } else
        records.push({
          line,
          cells: [],
          cellCount: parsed.cells.length,
          raw,
          fault: wrongBytes(parsed.cells, raw, file.text.encoding),
        })
      line += parsed.lines
      position = parsed.next
    }
    rest = bytes.subarray(position)
    yield { records, end: offset }
    if (last) return
    if (rest.length <= limits.recordBytes) continue

    const start = offset - rest.length
    const long = await passLongRecord(file.text, start, delimiter)
    if (!long.closed) unclosed += 1
    if (unclosed > limits.unclosed)
      throw new WonlostError(
        'table_invalid',
        `More than ${limits.unclosed} quoted cells never end. Cells may be quoted with " only, and quotes inside are doubled.`,
        { file: file.path, line },
      )
    const cellCount = long.closed ? long.cells : null
    const fault = long.closed
      ? { column: long.longestCell, reason: `the row is longer than ${limits.recordBytes} bytes` }
      : { column: null, reason: 'a quoted cell begins here and its closing quote never comes' }
    yield {
      records: [{ line, cells: [], cellCount, raw: { start, end: long.end }, fault }],
      end: long.next,
    }
    rest = Buffer.alloc(0)
    offset = long.next
    line += long.lines
  }
}

/** Spreadsheets end with rows of empty cells. */
function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '') return false
  return true
}

function wrongBytes(cells: readonly string[], raw: Buffer, encoding: EncodingName): SourceRecord['fault'] {
  const column = cells.findIndex((cell) => cell.includes('\uFFFD'))
  return {
    column: column < 0 ? null : column,
    reason: encodingFault(encoding, raw),
  }
}

function withoutLineEnd(raw: Buffer): Buffer {
  let end = raw.length
  while (end > 0 && (raw[end - 1] === 0x0a || raw[end - 1] === 0x0d)) end -= 1
  return raw.subarray(0, end)
}
