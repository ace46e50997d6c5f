/**
 * Imports a CSV file: reads it in flat memory, turns bad rows down, writes the good ones. The file is one transaction:
 * interrupted at any moment it leaves nothing behind, and running it again gives what one run would have given.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { type CsvFile, openCsv } from './csv-file.ts'
import { type CsvRecord, readRecords } from './csv-records.ts'
import type { ImportColumn, ImportKind, ImportRow, KnownTimes } from './define-import.ts'
import type { ImportSummary } from './import-summary.ts'
import { createEventLinker } from './link-events.ts'
import { type HeaderOptions, matchHeader } from './match-header.ts'
import { createRejectedRows, type RejectedRows, type Rejection } from './rejected-rows.ts'
import { RowCells } from './row-cells.ts'
import { createSeenRows } from './seen-rows.ts'
import { holdSuppressions, type IsSuppressed } from './suppressions.ts'
import { type BatchRow, writeBatch } from './write-batch.ts'

export interface ImportOptions extends HeaderOptions {
  /** The time of the import: nothing in the file may be later. */
  readonly now: Milliseconds
  /** The times of the file are when the facts were known. */
  readonly trustedTimes?: boolean
  readonly onProgress?: (bytesRead: number, bytes: number) => void
  /** Told when another import has to be waited for. */
  readonly say?: (text: string) => void
  readonly signal?: AbortSignal
}

const BATCH_ROWS = 10_000
const BATCH_BYTES = 4 * 1024 * 1024
const SHOWN_REJECTIONS = 5

/**
 * Throws `file_not_readable`, `file_not_writable`, `table_invalid`, `usage`, `interrupted` and the errors of the database; then
 * nothing was imported. Rows that cannot be used are no error: they are in the summary and in `FILE.rejected.csv`.
 */
export async function importFile(
  pool: pg.Pool,
  kind: ImportKind,
  path: string,
  options: ImportOptions,
): Promise<ImportSummary> {
  const started = performance.now()
  const file = await openCsv(path)
  try {
    const columns = matchHeader(kind, file.header, path, options)
    const rejected = createRejectedRows(file)
    try {
      const tally = await withTransaction(pool, async (client) => {
        await waitForTurn(client, options)
        const counts = await importRecords(client, kind, file, columns, rejected, options)
        // Before the commit: if the process dies in between, the rows are rejected again, not lost.
        await rejected.finish()
        return counts
      })
      return {
        ...tally,
        kind: kind.name,
        file: path,
        rejectedFile: tally.rejected > 0 ? rejected.path : null,
        now: options.now,
        milliseconds: Math.round(performance.now() - started),
      }
    } catch (error) {
      await rejected.discard()
      throw error
    }
  } finally {
    await file.handle.close()
  }
}

const IMPORT_LOCK = `hashtext('wonlost import')`

/** One import at a time: two of overlapping files would block each other row by row. */
async function waitForTurn(client: pg.ClientBase, { say, signal }: ImportOptions): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { rows } = await client.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_xact_lock(${IMPORT_LOCK}) AS locked`,
    )
    if (rows[0]?.locked) return
    if (tries === 0) say?.('Another import is running; waiting for it to end.')
    signal?.throwIfAborted()
    await wait(200)
  }
}

type Tally = Omit<ImportSummary, 'kind' | 'file' | 'rejectedFile' | 'now' | 'milliseconds'>

async function importRecords(
  client: pg.ClientBase,
  kind: ImportKind,
  file: CsvFile,
  columns: readonly (ImportColumn | null)[],
  rejected: RejectedRows,
  options: ImportOptions,
): Promise<Tally> {
  const times: KnownTimes = { now: options.now, trusted: options.trustedTimes ?? false }
  const isSuppressed = await holdSuppressions(client)
  const linker = await createEventLinker(client)
  const check = createRowCheck(kind, file, columns, times, isSuppressed)
  const tally = {
    read: 0,
    changed: 0,
    unchanged: 0,
    repeated: 0,
    suppressed: 0,
    rejected: 0,
    rejections: [] as { line: number; column: string; reason: string }[],
    written: {} as Record<string, number>,
    accountsCreated: 0,
    eventsLinked: 0,
    ofUnknownLeads: 0,
    knownFromNow: 0,
  }

  const write = async (rows: readonly BatchRow[], faults: readonly Rejection[]): Promise<void> => {
    const result = await writeBatch(client, kind, rows)
    await linker.collect(new Set(rows.flatMap(({ row }) => row.anonymousId ?? [])))
    const rejections = [...faults, ...result.rejections].sort((a, b) => a.record.line - b.record.line)
    await rejected.write(rejections)
    tally.changed += result.changed
    tally.unchanged += result.accepted - result.changed
    tally.accountsCreated += result.accountsCreated
    tally.ofUnknownLeads += result.ofUnknownLeads
    for (const [table, written] of result.written)
      tally.written[table] = (tally.written[table] ?? 0) + written
    tally.rejected += rejections.length
    for (const { record, column, reason } of rejections.slice(0, SHOWN_REJECTIONS - tally.rejections.length))
      tally.rejections.push({ line: record.line, column, reason })
  }

  // While the database writes one batch, the next is read.
  let writing: Promise<void> = Promise.resolve()
  let rows: BatchRow[] = []
  let faults: Rejection[] = []
  let bytes = 0
  const startWriting = async (): Promise<void> => {
    await writing
    writing = write(rows, faults)
    // A failure is thrown at the next await; until then it must not count as unhandled.
    writing.catch(() => {})
    rows = []
    faults = []
    bytes = 0
  }
  try {
    for await (const { records, bytesRead } of readRecords(file)) {
      options.signal?.throwIfAborted()
      for (const record of records) {
        tally.read += 1
        if (Buffer.isBuffer(record.raw)) bytes += record.raw.length
        const outcome = check(record)
        if (outcome === 'repeated' || outcome === 'suppressed') tally[outcome] += 1
        else if ('reason' in outcome) faults.push(outcome)
        else {
          rows.push({ row: outcome, record })
          if (outcome.knownFromNow) tally.knownFromNow += 1
        }
        if (rows.length + faults.length >= BATCH_ROWS || bytes >= BATCH_BYTES) await startWriting()
      }
      options.onProgress?.(bytesRead, file.size)
    }
    await startWriting()
  } finally {
    await writing
  }
  if (tally.read === 0)
    throw new WonlostError('table_invalid', 'The file has a header and no rows.', { file: file.path })
  tally.eventsLinked = await linker.link()
  return tally
}

type RowOutcome = ImportRow | Rejection | 'repeated' | 'suppressed'

/** What becomes of a record, as far as the file and the suppressions can say. */
function createRowCheck(
  kind: ImportKind,
  file: CsvFile,
  columns: readonly (ImportColumn | null)[],
  times: KnownTimes,
  isSuppressed: IsSuppressed,
): (record: CsvRecord) => RowOutcome {
  const cells = new RowCells(columns)
  const seen = createSeenRows()
  return (record) => {
    const { fault } = record
    if (fault)
      return {
        record,
        column: fault.column === null ? '' : (file.header[fault.column] ?? ''),
        reason: fault.reason,
      }
    if (record.cells.length !== columns.length) {
      const reason = `the row has ${record.cells.length} cells, the header ${columns.length}`
      return { record, column: '', reason }
    }
    const cellFault = cells.read(record.cells, times.now)
    const row = cellFault ?? kind.readRow(cells, times)
    if ('fault' in row) return { record, column: row.column, reason: row.fault.reason }
    if (row.leadId !== null && isSuppressed('lead_id', row.leadId)) return 'suppressed'
    if (row.email !== null && isSuppressed('email', row.email)) return 'suppressed'
    const earlier = Buffer.isBuffer(record.raw) ? seen.see(row.id, record.raw, record.line) : null
    if (earlier?.same) return 'repeated'
    if (earlier) {
      const column = kind.columns[0]!.name
      const reason = `${JSON.stringify(row.id)} is on line ${earlier.line} already, with other values`
      return { record, column, reason }
    }
    if (!row.contacts) return row
    return { ...row, contacts: row.contacts.filter(({ leadId }) => !isSuppressed('lead_id', leadId)) }
  }
}
