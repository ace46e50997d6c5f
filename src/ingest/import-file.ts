/**
 * Imports what a source gives: reads it in flat memory, turns bad rows down, writes the good ones. The source is one transaction:
 * interrupted at any moment it leaves nothing behind, and running it again gives what one run would have given.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { markTouched, noteTouched } from '../db/touched.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import type { ImportKind, KnownTimes } from './define-import.ts'
import type { ImportSummary } from './import-summary.ts'
import { createEventLinker } from './link-events.ts'
import { openSource } from './open-source.ts'
import { type PlanOptions, planRows } from './plan-rows.ts'
import { createRowCheck } from './row-check.ts'
import type { RowPlan } from './row-plan.ts'
import type { RejectedRows, Rejection, RowSource, SourceRecord } from './row-source.ts'
import { holdSuppressions } from './suppressions.ts'
import { type BatchRow, createBatchWriter } from './write-batch.ts'

export interface ImportOptions extends PlanOptions {
  /** The time of the import: nothing in the source may be later. */
  readonly now: Milliseconds
  /** The times of the source are when the facts were known. */
  readonly trustedTimes?: boolean
  /** Do everything, then undo it, and write no file: the summary says what would happen. */
  readonly dryRun?: boolean
  /** In the unit of the source; `total` is null when nobody knows. */
  readonly onProgress?: (done: number, total: number | null) => void
  /** Told when another import has to be waited for. */
  readonly say?: (text: string) => void
  readonly signal?: AbortSignal
}

const BATCH_ROWS = 10_000
const BATCH_CHARACTERS = 4 * 1024 * 1024
const SHOWN_REJECTIONS = 5

/** `importSource` for a file whose name says what it is. */
export async function importFile(
  pool: pg.Pool,
  kind: ImportKind,
  file: string,
  options: ImportOptions,
): Promise<ImportSummary> {
  const source = await openSource({ file }, options.signal)
  try {
    return await importSource(pool, kind, source, options)
  } finally {
    await source.close()
  }
}

/**
 * Throws `file_not_writable`, `table_invalid`, `usage`, `interrupted` and the errors of the source and of the database; then nothing
 * was imported. Rows that cannot be used are no error: they are in the summary and in the file beside the source.
 */
export async function importSource(
  pool: pg.Pool,
  kind: ImportKind,
  source: RowSource,
  options: ImportOptions,
): Promise<ImportSummary> {
  const started = performance.now()
  const plan = planRows(kind, source.header, source.path, options)
  const { dryRun = false } = options
  const rejected = dryRun ? null : source.createRejected()
  const undone = new UndoneImport()
  try {
    const tally = await withTransaction(pool, async (client) => {
      await waitForTurn(client, options)
      const counts = await importRecords(client, source, plan, rejected, options)
      if (rejected === null) {
        undone.tally = counts
        throw undone
      }
      // Before the commit: if the process dies in between, the rows are rejected again, not lost.
      await rejected.finish()
      return counts
    }).catch((error: unknown) => {
      if (error === undone && undone.tally) return undone.tally
      throw error
    })
    return {
      ...tally,
      kind: kind.name,
      file: source.path,
      place: source.place,
      map: options.map?.name ?? null,
      object: plan.object,
      notes: plan.notes,
      dryRun,
      rejectedFile: tally.rejected > 0 ? (rejected?.path ?? null) : null,
      now: options.now,
      milliseconds: Math.round(performance.now() - started),
    }
  } catch (error) {
    await rejected?.discard()
    throw error
  }
}

/** Ends the transaction of a dry run: what is thrown is rolled back. */
class UndoneImport extends Error {
  tally: Tally | null = null
}

const IMPORT_LOCK = `hashtext('wonlost import')`

/** One import at a time: two of overlapping sources would block each other row by row. */
export async function waitForTurn(
  client: pg.ClientBase,
  { say, signal }: Pick<ImportOptions, 'say' | 'signal'>,
): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { rows } = await client.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_xact_lock(${IMPORT_LOCK}) AS locked`,
    )
    if (rows[0]?.locked) return
    if (tries === 0) say?.('Another import or merge is running; waiting for it to end.')
    signal?.throwIfAborted()
    await wait(200)
  }
}

type Tally = Pick<
  ImportSummary,
  | 'read'
  | 'changed'
  | 'unchanged'
  | 'repeated'
  | 'suppressed'
  | 'rejected'
  | 'rejections'
  | 'written'
  | 'accountsCreated'
  | 'eventsLinked'
  | 'ofUnknownLeads'
  | 'knownFromNow'
>

async function importRecords(
  client: pg.ClientBase,
  source: RowSource,
  plan: RowPlan,
  rejected: RejectedRows | null,
  options: ImportOptions,
): Promise<Tally> {
  const times: KnownTimes = { now: options.now, trusted: options.trustedTimes ?? false }
  const isSuppressed = await holdSuppressions(client)
  const touches = await noteTouched(client)
  const linker = await createEventLinker(client, touches)
  const writeBatch = createBatchWriter(client, plan, touches)
  const check = createRowCheck(source, plan, times, isSuppressed)
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
    const result = await writeBatch(rows)
    await linker.collect(new Set(rows.flatMap(({ row }) => row.person?.anonymousId ?? [])))
    const rejections = [...faults, ...result.rejections].sort((a, b) => a.record.line - b.record.line)
    await rejected?.write(rejections)
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
  let characters = 0
  const startWriting = async (): Promise<void> => {
    await writing
    writing = write(rows, faults)
    // A failure is thrown at the next await; until then it must not count as unhandled.
    writing.catch(() => {})
    rows = []
    faults = []
    characters = 0
  }
  try {
    for await (const { records, done, total } of source.records()) {
      options.signal?.throwIfAborted()
      for (const record of records) {
        tally.read += 1
        characters += charactersOf(record)
        const outcome = check(record)
        if (outcome === 'repeated' || outcome === 'suppressed') tally[outcome] += 1
        else if ('reason' in outcome) faults.push(outcome)
        else {
          rows.push({ row: outcome, record })
          if (outcome.knownFromNow) tally.knownFromNow += 1
        }
        if (rows.length + faults.length >= BATCH_ROWS || characters >= BATCH_CHARACTERS) await startWriting()
      }
      options.onProgress?.(done, total)
    }
    await startWriting()
  } finally {
    await writing
  }
  if (tally.read === 0) {
    const message =
      source.format === 'sql' ? 'The SELECT gives no rows.' : 'The file has a header and no rows.'
    throw new WonlostError('table_invalid', message, { file: source.path })
  }
  tally.eventsLinked = await linker.link()
  if (touches) await markTouched(client, 'import')
  return tally
}

function charactersOf({ raw, cells }: SourceRecord): number {
  if (Buffer.isBuffer(raw)) return raw.length
  let characters = 0
  for (const cell of cells) characters += cell.length
  return characters
}
