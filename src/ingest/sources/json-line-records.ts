/** The lines of a JSON lines file, block by block, in flat memory. A line that cannot be parsed costs only itself. */
import { isUtf8 } from 'node:buffer'
import type { SourceRecord } from '../row-source.ts'
import { MAX_RECORD_BYTES } from './csv-file.ts'
import { LF } from './csv-record.ts'
import { encodingFault } from './encodings.ts'
import type { JsonFault } from './json-object.ts'
import type { TextFile } from './text-file.ts'

export interface JsonLine<Row> {
  readonly line: number
  /** Its bytes in UTF-8, without blanks around them; a range when they are too many to hold. */
  readonly raw: NonNullable<SourceRecord['raw']>
  readonly row: Row | JsonFault
}

const LIMITS = {
  blockBytes: 256 * 1024,
  /** Longest line that is read into memory. */
  lineBytes: MAX_RECORD_BYTES,
}

/** Yields the lines of each block, as `read` reads them, and up to which position they reach. Blank lines are passed over. */
export async function* readJsonLines<Row>(
  text: TextFile,
  read: (line: string) => Row | JsonFault,
  limits: Readonly<typeof LIMITS> = LIMITS,
): AsyncGenerator<{ readonly lines: readonly JsonLine<Row>[]; readonly end: number }> {
  const readLine = (raw: Buffer): Row | JsonFault => {
    if (raw.length > limits.lineBytes) return { key: null, reason: tooLong(limits.lineBytes) }
    if (!isUtf8(raw)) return { key: null, reason: encodingFault(text.encoding, raw) }
    return read(raw.toString())
  }
  let rest: Buffer = Buffer.alloc(0)
  let offset = 0
  let line = 1
  for (;;) {
    const block = Buffer.allocUnsafe(limits.blockBytes)
    const bytesRead = await text.read(block, offset)
    offset += bytesRead
    const last = bytesRead < block.length
    const bytes = Buffer.concat([rest, block.subarray(0, bytesRead)])
    const lines: JsonLine<Row>[] = []
    let position = 0
    while (position < bytes.length) {
      const lineEnd = bytes.indexOf(LF, position)
      if (lineEnd < 0 && !last) break
      const end = lineEnd < 0 ? bytes.length : lineEnd
      const raw = withoutBlanks(bytes.subarray(position, end))
      if (raw.length > 0) lines.push({ line, raw, row: readLine(raw) })
      line += 1
      position = end + 1
    }
    rest = bytes.subarray(position)
    yield { lines, end: offset }
    if (last) return
    if (rest.length <= limits.lineBytes) continue

    const start = offset - rest.length
    const end = await findLineEnd(text, offset)
    const row = { key: null, reason: tooLong(limits.lineBytes) }
    yield { lines: [{ line, raw: { start, end }, row }], end }
    rest = Buffer.alloc(0)
    offset = end + 1
    line += 1
  }
}

function tooLong(lineBytes: number): string {
  return `the line is longer than ${lineBytes} bytes`
}

function withoutBlanks(bytes: Buffer): Buffer {
  let start = 0
  let end = bytes.length
  while (start < end && isBlank(bytes[start]!)) start += 1
  while (end > start && isBlank(bytes[end - 1]!)) end -= 1
  return bytes.subarray(start, end)
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d
}

/** Position of the line feed that comes next, or of the end of the file. */
async function findLineEnd(text: TextFile, from: number): Promise<number> {
  const block = Buffer.allocUnsafe(LIMITS.blockBytes)
  for (let offset = from; ; offset += block.length) {
    const bytesRead = await text.read(block, offset)
    const at = block.subarray(0, bytesRead).indexOf(LF)
    if (at >= 0 || bytesRead < block.length) return offset + (at < 0 ? bytesRead : at)
  }
}
