/** Opens a CSV file: what it is, its delimiter, its header. The records are read by csv-records.ts. */
import { isUtf8 } from 'node:buffer'
import { WonlostError } from '../../errors.ts'
import { LF, parseRecord } from './csv-record.ts'
import { encodingFault } from './encodings.ts'
import { type EncodingChoice, openTextFile, type TextFile } from './text-file.ts'

/** Longest record that is read into memory. */
export const MAX_RECORD_BYTES = 1024 * 1024

const DELIMITERS = [',', ';', '\t', '|']

export interface CsvFile {
  readonly path: string
  readonly text: TextFile
  readonly delimiter: string
  /** Names of the columns as the file writes them, trimmed. */
  readonly header: readonly string[]
  /** Where the first record after the header begins, in bytes of UTF-8 and in physical lines. */
  readonly start: number
  readonly startLine: number
}

/**
 * Opens `path`; the caller closes `text`. Throws `file_not_readable` (missing, a folder, no permission) and `table_invalid`
 * (empty, in another encoding, not text, a header that cannot be parsed).
 */
export async function openCsv(path: string, encoding?: EncodingChoice): Promise<CsvFile> {
  const text = await openTextFile(path, encoding)
  try {
    return { path, text, ...(await readHeader(text)) }
  } catch (error) {
    await text.close()
    throw error
  }
}

async function readHeader(
  text: TextFile,
): Promise<Pick<CsvFile, 'delimiter' | 'header' | 'start' | 'startLine'>> {
  const invalid = (message: string, line = 1): WonlostError =>
    new WonlostError('table_invalid', message, { file: text.path, line })
  const bytes = Buffer.alloc(MAX_RECORD_BYTES)
  const length = await text.read(bytes, 0)
  const head = bytes.subarray(0, length)
  let start = 0
  let startLine = 1
  while (head[start] === LF || head[start] === 0x0d) {
    if (head[start] === LF) startLine += 1
    start += 1
  }
  if (start >= head.length) throw invalid('The file is empty. It needs a line with the names of its columns.')

  const delimiter = detectDelimiter(head, start)
  const parsed = parseRecord(head, start, delimiter.charCodeAt(0), length < bytes.length)
  if (parsed.kind === 'incomplete')
    throw invalid(`The header does not end within ${MAX_RECORD_BYTES} bytes.`, startLine)
  if (parsed.kind === 'broken') throw invalid(`The header cannot be parsed: ${parsed.reason}.`, startLine)
  const line = head.subarray(start, parsed.end)
  if (line.includes(0)) throw invalid('The header holds a NUL byte: this is not a text file.', startLine)
  if (!isUtf8(line)) throw invalid(`The header ${encodingFault(text.encoding, line)}.`, startLine)
  return {
    delimiter,
    header: parsed.cells.map((name) => name.trim()),
    start: parsed.next,
    startLine: startLine + parsed.lines,
  }
}

/** The one that stands most often in the first line outside quotes; a comma when there is none. */
function detectDelimiter(head: Buffer, start: number): string {
  const counts = new Map(DELIMITERS.map((delimiter) => [delimiter.charCodeAt(0), 0]))
  let quoted = false
  for (let i = start; i < head.length; i++) {
    const byte = head[i]!
    if (byte === 0x22) quoted = !quoted
    if (quoted) continue
    if (byte === LF || byte === 0x0d) break
    const count = counts.get(byte)
    if (count !== undefined) counts.set(byte, count + 1)
  }
  let best = DELIMITERS[0]!
  for (const delimiter of DELIMITERS)
    if (counts.get(delimiter.charCodeAt(0))! > counts.get(best.charCodeAt(0))!) best = delimiter
  return best
}
