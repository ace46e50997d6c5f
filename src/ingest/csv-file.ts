/** Opens a CSV file: what it is, its delimiter, its header. The records are read by csv-records.ts. */
import { isUtf8 } from 'node:buffer'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { WonlostError } from '../errors.ts'
import { LF, parseRecord } from './csv-record.ts'

/** Longest record that is read into memory. */
export const MAX_RECORD_BYTES = 1024 * 1024

const DELIMITERS = [',', ';', '\t', '|']

export interface CsvFile {
  readonly path: string
  readonly handle: FileHandle
  /** Bytes of the whole file. */
  readonly size: number
  readonly delimiter: string
  /** Names of the columns as the file writes them, trimmed. */
  readonly header: readonly string[]
  /** Where the first record after the header begins, in bytes and in physical lines. */
  readonly start: number
  readonly startLine: number
}

/**
 * Opens `path`; the caller closes `handle`. Throws `file_not_readable` (missing, a folder, no permission) and `table_invalid`
 * (empty, UTF-16, not text, a header that cannot be parsed).
 */
export async function openCsv(path: string): Promise<CsvFile> {
  const unreadable = (cause: unknown): never => {
    throw notReadable(path, cause)
  }
  // Looked at first: to open a pipe that nobody writes to would wait for ever.
  const status = await stat(path).catch(unreadable)
  if (!status.isFile())
    throw new WonlostError(
      'file_not_readable',
      `${status.isDirectory() ? 'This is a folder' : 'This is not a regular file'}; give the path of a CSV file.`,
      { file: path },
    )
  const handle = await open(path, 'r').catch(unreadable)
  try {
    return { path, handle, size: status.size, ...(await readHeader(path, handle, status.size)) }
  } catch (error) {
    await handle.close()
    throw error instanceof WonlostError ? error : notReadable(path, error)
  }
}

function notReadable(path: string, cause: unknown): WonlostError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'There is no such file.',
    EACCES: 'This file may not be read: permission denied.',
    ENOTDIR: 'There is no such file: a part of the path is not a folder.',
  }
  const reason = reasons[code] ?? `The file cannot be read${code ? ` (${code})` : ''}.`
  return new WonlostError('file_not_readable', reason, { file: path, cause })
}

async function readHeader(
  path: string,
  handle: FileHandle,
  size: number,
): Promise<Pick<CsvFile, 'delimiter' | 'header' | 'start' | 'startLine'>> {
  const invalid = (message: string, line = 1): WonlostError =>
    new WonlostError('table_invalid', message, { file: path, line })
  const bytes = Buffer.alloc(Math.min(size, MAX_RECORD_BYTES))
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
  const head = bytes.subarray(0, bytesRead)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    throw invalid('The file is UTF-16. Save it as UTF-8 ("CSV UTF-8" in spreadsheet programs).')
  let start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  let startLine = 1
  while (head[start] === LF || head[start] === 0x0d) {
    if (head[start] === LF) startLine += 1
    start += 1
  }
  if (start >= head.length) throw invalid('The file is empty. It needs a line with the names of its columns.')

  const delimiter = detectDelimiter(head, start)
  const parsed = parseRecord(head, start, delimiter.charCodeAt(0), bytesRead >= size)
  if (parsed.kind === 'incomplete')
    throw invalid(`The header does not end within ${MAX_RECORD_BYTES} bytes.`, startLine)
  if (parsed.kind === 'broken') throw invalid(`The header cannot be parsed: ${parsed.reason}.`, startLine)
  const text = head.subarray(start, parsed.end)
  if (text.includes(0)) throw invalid('The header holds a NUL byte: this is not a text file.', startLine)
  if (!isUtf8(text)) throw invalid('The header is not valid UTF-8. Save the file as UTF-8.', startLine)
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
