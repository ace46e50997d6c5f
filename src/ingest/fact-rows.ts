/** The rows of one file, read and checked as an import would, for those who keep nothing of them in a database. */
import type { Milliseconds } from '../glossary.ts'
import { splitAccountColumns } from './account-columns.ts'
import type { ImportKind, ImportRecord, ImportRow, KnownTimes } from './define-import.ts'
import { traitRecords } from './kinds/traits.ts'
import { type PlanOptions, planRows } from './plan-rows.ts'
import { RowCells } from './row-cells.ts'
import { createRowCheck, type RowOutcome } from './row-check.ts'
import type { PlanNote } from './row-plan.ts'
import type { Rejection, RowSource, SourceRecord } from './row-source.ts'

export interface FactRow {
  readonly row: ImportRow
  /** For an id of its account, what the columns `account_...` of the row say of it. */
  readonly accountTraits: (accountId: string) => readonly ImportRecord[]
}

export interface FileSummary {
  readonly file: string
  readonly place: RowSource['place']
  readonly read: number
  readonly repeated: number
  readonly rejected: number
  /** null when no row was rejected. */
  readonly rejectedFile: string | null
  /** The first few. */
  readonly rejections: readonly { readonly line: number; readonly column: string; readonly reason: string }[]
  readonly notes: readonly PlanNote[]
}

export interface FactRowsOptions extends PlanOptions {
  /** Nothing in the file may be later. */
  readonly now: Milliseconds
  /** Columns `account_...` of leads speak of their accounts. */
  readonly accountColumns?: boolean
  readonly onProgress?: ((source: RowSource, done: number, total: number | null) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface FactRows {
  /** A look ahead tells nothing of rejected rows: they are told when the file is read in earnest, once. */
  rows(options?: { readonly ahead: boolean }): AsyncGenerator<FactRow, void, undefined>
  /** Puts the file of rejected rows in place. */
  finish(): Promise<FileSummary>
  /** Leaves no trace. */
  discard(): Promise<void>
}

const SHOWN_REJECTIONS = 5

/** Reads the header. Throws as `planRows`; the rows throw `file_not_writable`, `table_invalid` and `interrupted`. */
export function openFactRows(kind: ImportKind, source: RowSource, options: FactRowsOptions): FactRows {
  const planned = planRows(kind, source.header, source.path, options)
  const plan = options.accountColumns ? splitAccountColumns(planned) : { lead: planned, account: null }
  // The file is all there is: what it says of a time was known then.
  const times: KnownTimes = { now: options.now, trusted: true }
  const rejected = source.createRejected()
  const rejections: { line: number; column: string; reason: string }[] = []
  const tally = { read: 0, repeated: 0, rejected: 0 }

  /** Reads a row after the other; one for each reading of the file, as it remembers the ids. */
  const createReader = (): ((record: SourceRecord) => FactRow | Exclude<RowOutcome, ImportRow>) => {
    const check = createRowCheck(source, plan.lead, times, () => false)
    const account = plan.account && new RowCells(plan.account)
    return (record) => {
      const isRow = record.fault === null && record.cells.length === source.header.length
      const fault = isRow ? account?.read(record.cells, times.now) : null
      if (fault) return { record, column: fault.column, reason: fault.fault.reason }
      const row = check(record)
      if (row === 'repeated' || row === 'suppressed' || 'reason' in row) return row
      // As old as the lead, where the row does not say since when it is known.
      const createdAt = account?.time('created_at') ?? times.now
      return { row, accountTraits: account ? traitRecords('account', account, createdAt, times) : () => [] }
    }
  }
  const reject = async (faults: readonly Rejection[]): Promise<void> => {
    await rejected.write(faults)
    tally.rejected += faults.length
    for (const { record, column, reason } of faults.slice(0, SHOWN_REJECTIONS - rejections.length))
      rejections.push({ line: record.line, column, reason })
  }

  return {
    async *rows({ ahead } = { ahead: false }) {
      const read = createReader()
      for await (const { records, done, total } of source.records()) {
        options.signal?.throwIfAborted()
        const faults: Rejection[] = []
        for (const record of records) {
          const outcome = read(record)
          if (!ahead) tally.read += 1
          if (typeof outcome === 'string') tally.repeated += ahead ? 0 : 1
          else if ('reason' in outcome) faults.push(outcome)
          else yield outcome
        }
        if (!ahead && faults.length > 0) await reject(faults)
        options.onProgress?.(source, done, total)
      }
    },
    async finish() {
      await rejected.finish()
      const rejectedFile = tally.rejected > 0 ? rejected.path : null
      return {
        file: source.path,
        place: source.place,
        ...tally,
        rejectedFile,
        rejections,
        notes: planned.notes,
      }
    },
    discard: () => rejected.discard(),
  }
}
