/**
 * Writes the rows that an import turned down to `FILE.rejected.csv`, beside the file: line, column and reason, then the row as
 * it stood, byte for byte. Corrected, it can be imported itself: the three columns in front are passed over.
 */
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { WonlostError } from '../errors.ts'
import type { CsvFile } from './csv-file.ts'
import type { CsvRecord } from './csv-records.ts'

export const REJECTION_COLUMNS = ['line', 'column', 'reason'] as const

export interface Rejection {
  readonly record: CsvRecord
  /** Name of the column; empty when it is the row as a whole. */
  readonly column: string
  readonly reason: string
}

export interface RejectedRows {
  readonly path: string
  write(rejections: readonly Rejection[]): Promise<void>
  /** Puts the file in the place of the one of an earlier run; with no row written, only removes that one. */
  finish(): Promise<void>
  /** Leaves no trace; the file of an earlier run stays. */
  discard(): Promise<void>
}

/** `leads.csv` gives `leads.rejected.csv`. */
function rejectedPath(path: string): string {
  return `${path.replace(/\.(csv|tsv|txt)$/i, '')}.rejected.csv`
}

const COPY_BYTES = 256 * 1024

/** Nothing is created before the first row is turned down. */
export function createRejectedRows(file: CsvFile): RejectedRows {
  const path = rejectedPath(file.path)
  const partial = `${path}.partial`
  let output: FileHandle | null = null

  const start = async (): Promise<FileHandle> => {
    const handle = await open(partial, 'w').catch((cause) => {
      const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
      throw new WonlostError(
        'file_not_writable',
        `Rows were rejected, and the file for them cannot be written${code}. Nothing was imported.`,
        { file: path, cause },
      )
    })
    output = handle
    const names = [...REJECTION_COLUMNS, ...file.header]
    await handle.appendFile(`${names.map((name) => csvCell(name, file.delimiter)).join(file.delimiter)}\n`)
    return handle
  }

  return {
    path,
    async write(rejections) {
      if (rejections.length === 0) return
      const handle = output ?? (await start())
      let pieces: Buffer[] = []
      for (const rejection of rejections) {
        const { record } = rejection
        const front = [String(record.line), rejection.column, rejection.reason]
        pieces.push(Buffer.from(front.map((text) => csvCell(text, file.delimiter) + file.delimiter).join('')))
        if (Buffer.isBuffer(record.raw)) pieces.push(rowBytes(record.raw, record, file))
        else {
          await handle.appendFile(Buffer.concat(pieces))
          pieces = []
          await copyLong(file, handle, record.raw, record)
        }
        pieces.push(Buffer.from('\n'))
      }
      await handle.appendFile(Buffer.concat(pieces))
    },
    async finish() {
      if (output === null) return rm(path, { force: true })
      await output.close()
      output = null
      await rename(partial, path)
    },
    async discard() {
      if (output === null) return
      await output.close()
      await rm(partial, { force: true })
    },
  }
}

/** The row as it is where its cells fit under the header; otherwise as one quoted cell, so that the file stays a table. */
function rowBytes(raw: Buffer, record: Pick<CsvRecord, 'cellCount'>, file: CsvFile): Buffer {
  if (record.cellCount === file.header.length) return raw
  // Latin-1 gives every byte a character and back: bytes that are not UTF-8 survive.
  const quoted = `"${raw.toString('latin1').replaceAll('"', '""')}"`
  return Buffer.from(quoted + file.delimiter.repeat(file.header.length - 1), 'latin1')
}

async function copyLong(
  file: CsvFile,
  output: FileHandle,
  { start, end }: { readonly start: number; readonly end: number },
  record: Pick<CsvRecord, 'cellCount'>,
): Promise<void> {
  const quoted = record.cellCount !== file.header.length
  const block = Buffer.allocUnsafe(COPY_BYTES)
  if (quoted) await output.appendFile('"')
  for (let offset = start; offset < end; ) {
    const { bytesRead } = await file.handle.read(block, 0, Math.min(COPY_BYTES, end - offset), offset)
    if (bytesRead === 0) break
    offset += bytesRead
    const bytes = block.subarray(0, bytesRead)
    await output.appendFile(
      quoted ? Buffer.from(bytes.toString('latin1').replaceAll('"', '""'), 'latin1') : bytes,
    )
  }
  if (quoted) await output.appendFile(`"${file.delimiter.repeat(file.header.length - 1)}`)
}

function csvCell(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
