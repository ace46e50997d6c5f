/**
 * The rows of a CSV file that were turned down: `FILE.rejected.csv`, in the encoding of the file: line, column and reason, then the
 * row as it stood, byte for byte. Corrected, it can be imported itself: the three columns in front are passed over.
 */
import { REJECTION_COLUMNS, type RejectedRows } from '../row-source.ts'
import type { CsvFile } from './csv-file.ts'
import { createRejectedFile } from './rejected-file.ts'
import { readRange } from './text-file.ts'

/** `leads.csv` gives `leads.rejected.csv`. */
function rejectedPath(path: string): string {
  return `${path.replace(/\.(csv|tsv|txt)$/i, '')}.rejected.csv`
}

export function createCsvRejected(file: CsvFile): RejectedRows {
  const { text, delimiter, header } = file
  // Of a rejected file, the old reasons make room for the new ones.
  const rejectedBefore = REJECTION_COLUMNS.every((name, i) => header[i] === name)
  const columns = rejectedBefore ? header.slice(REJECTION_COLUMNS.length) : header
  const emptyCells = Buffer.from(delimiter.repeat(Math.max(columns.length - 1, 0)))
  const headLine = (): Buffer => {
    const names = [...REJECTION_COLUMNS, ...columns].map((name) => csvCell(name, delimiter))
    return Buffer.concat([text.mark, text.encode(Buffer.from(`${names.join(delimiter)}\n`))])
  }
  const { path, append, finish, discard } = createRejectedFile(rejectedPath(file.path), headLine)
  return {
    path,
    finish,
    discard,
    async write(rejections) {
      if (rejections.length === 0) return
      let pieces: Buffer[] = []
      for (const { record, column, reason } of rejections) {
        const front = [String(record.line), column, reason]
        pieces.push(Buffer.from(front.map((cell) => csvCell(cell, delimiter) + delimiter).join('')))
        // The row as it is where its cells fit under the header; otherwise as one quoted cell, so that the file stays a table.
        const fits = record.cellCount === header.length
        if (!fits) pieces.push(QUOTE)
        const { raw } = record
        if (Buffer.isBuffer(raw) && fits) pieces.push(rejectedBefore ? withoutReasons(raw, delimiter) : raw)
        else if (Buffer.isBuffer(raw)) pieces.push(doubleQuotes(raw))
        else if (raw)
          for await (const bytes of readRange(text, raw)) {
            pieces.push(fits ? bytes : doubleQuotes(bytes))
            await append(text.encode(Buffer.concat(pieces)))
            pieces = []
          }
        if (!fits) pieces.push(QUOTE, emptyCells)
        pieces.push(LINE_END)
      }
      await append(text.encode(Buffer.concat(pieces)))
    },
  }
}

const QUOTE = Buffer.from('"')
const LINE_END = Buffer.from('\n')

/** The row behind the cells that an earlier import put in front. */
function withoutReasons(raw: Buffer, delimiter: string): Buffer {
  let position = 0
  let delimiters = 0
  for (let quoted = false; delimiters < REJECTION_COLUMNS.length && position < raw.length; position++) {
    if (raw[position] === QUOTE[0]) quoted = !quoted
    else if (!quoted && raw[position] === delimiter.charCodeAt(0)) delimiters += 1
  }
  return raw.subarray(position)
}

/** Latin-1 gives every byte a character and back: bytes that are not UTF-8 survive. */
function doubleQuotes(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('"', '""'), 'latin1')
}

function csvCell(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
