/**
 * The records of a CSV file, block by block, in flat memory. A record that cannot be parsed costs only itself: after broken
 * quotes reading goes on at the next physical line, after a record of any length at the one that follows it.
 */
import { isUtf8 } from 'node:buffer'
import { WonlostError } from '../errors.ts'
import { type CsvFile, MAX_RECORD_BYTES } from './csv-file.ts'
import { passLongRecord } from './csv-long-record.ts'
import { nextLine, parseRecord } from './csv-record.ts'

export interface CsvRecord {
  /** Physical line on which it begins, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** null when its quotes do not work out. */
  readonly cellCount: number | null
  /** Its bytes as they stand in the file, without the line end; a range of the file when they are too many to hold. */
  readonly raw: Buffer | { readonly start: number; readonly end: number }
  /** Why it cannot be used; then `cells` is empty. `column` counts from 0. */
  readonly fault: { readonly column: number | null; readonly reason: string } | null
}

const LIMITS = {
  blockBytes: 256 * 1024,
  /** Longest record that is read into memory. */
  recordBytes: MAX_RECORD_BYTES,
  /** Quoted cells without an end that are looked for: each may cost a look through the rest of the file. */
  unclosed: 100,
}

/** Yields the records of each block, and how many bytes of the file have been read by then. Blank lines are passed over. */
export async function* readRecords(
  file: CsvFile,
  limits: Readonly<typeof LIMITS> = LIMITS,
): AsyncGenerator<{ readonly records: readonly CsvRecord[]; readonly bytesRead: number }> {
  const delimiter = file.delimiter.charCodeAt(0)
  let rest: Buffer = Buffer.alloc(0)
  let offset = file.start
  let line = file.startLine
  let unclosed = 0
  for (;;) {
    const block = Buffer.allocUnsafe(limits.blockBytes)
    const { bytesRead } = await file.handle.read(block, 0, limits.blockBytes, offset)
    offset += bytesRead
    const last = bytesRead === 0 || offset >= file.size
    const bytes = Buffer.concat([rest, block.subarray(0, bytesRead)])
    // A block may end within a character: then its records are looked at one by one.
    const valid = isUtf8(bytes)
    const records: CsvRecord[] = []
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
          fault: encodingFault(parsed.cells),
        })
      line += parsed.lines
      position = parsed.next
    }
    rest = bytes.subarray(position)
    yield { records, bytesRead: offset }
    if (last) return
    if (rest.length <= limits.recordBytes) continue

    const start = offset - rest.length
    const long = await passLongRecord(file.handle, start, delimiter)
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
      bytesRead: long.next,
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

function encodingFault(cells: readonly string[]): CsvRecord['fault'] {
  const column = cells.findIndex((cell) => cell.includes('\uFFFD'))
  return { column: column < 0 ? null : column, reason: 'is not valid UTF-8; save the file as UTF-8' }
}

function withoutLineEnd(raw: Buffer): Buffer {
  let end = raw.length
  while (end > 0 && (raw[end - 1] === 0x0a || raw[end - 1] === 0x0d)) end -= 1
  return raw.subarray(0, end)
}
