/**
 * Rows that were turned down as JSON lines: `FILE.rejected.jsonl`, each `{"line":…,"column":…,"reason":…,"row":…}`. `row` is the line
 * as it stood; as a text where it was no object. Corrected inside `row`, the file can be imported itself.
 */
import type { RejectedRows, Rejection } from '../row-source.ts'
import { createRejectedFile } from './rejected-file.ts'
import { readRange, type TextFile } from './text-file.ts'

/** `text` is the JSON lines file that the rows come from; null when they come from elsewhere and have no text of their own. */
export function createJsonRejected(
  path: string,
  header: readonly string[],
  text: TextFile | null,
): RejectedRows {
  const encode = (bytes: Buffer): Buffer => text?.encode(bytes) ?? bytes
  const file = createRejectedFile(
    `${path.replace(/\.(jsonl|ndjson|parquet|sql)$/i, '')}.rejected.jsonl`,
    () => (text ? text.mark : Buffer.alloc(0)),
  )
  return {
    path: file.path,
    finish: file.finish,
    discard: file.discard,
    async write(rejections) {
      if (rejections.length === 0) return
      let pieces: Buffer[] = []
      for (const rejection of rejections) {
        const { record, column, reason } = rejection
        const front = JSON.stringify({ line: record.line, column, reason }).slice(0, -1)
        pieces.push(Buffer.from(`${front},"row":`))
        if (text && record.raw && !Buffer.isBuffer(record.raw)) {
          pieces.push(QUOTE)
          for await (const bytes of readRange(text, record.raw)) {
            pieces.push(escaped(bytes))
            await file.append(encode(Buffer.concat(pieces)))
            pieces = []
          }
          pieces.push(QUOTE)
        } else pieces.push(rowBytes(rejection, header))
        pieces.push(END)
      }
      await file.append(encode(Buffer.concat(pieces)))
    },
  }
}

const QUOTE = Buffer.from('"')
const END = Buffer.from('}\n')

function rowBytes({ record }: Rejection, header: readonly string[]): Buffer {
  const { raw, cells } = record
  if (!Buffer.isBuffer(raw))
    return Buffer.from(
      `{${header.map((name, i) => `${JSON.stringify(name)}:${JSON.stringify(cells[i] ?? '')}`).join(',')}}`,
    )
  return isObject(raw) ? raw : Buffer.concat([QUOTE, escaped(raw), QUOTE])
}

/** As far as JSON goes: its characters may still be wrong. */
function isObject(raw: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(raw.toString('latin1'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** Latin-1 gives every byte a character and back: bytes that are not UTF-8 survive. */
function escaped(bytes: Buffer): Buffer {
  return Buffer.from(JSON.stringify(bytes.toString('latin1')).slice(1, -1), 'latin1')
}
