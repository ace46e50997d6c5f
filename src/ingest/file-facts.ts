/**
 * Facts straight from files, for scoring without a database: rows are read and understood as imports would, and become the records
 * that the database would give. Leads are streamed, in the order of their file; accounts and events are held in memory. Nobody is
 * looked for under other names: each row is a lead, and its account the one whose id or domain it gives.
 */
import { WonlostError } from '../errors.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../glossary.ts'
import type { ImportKind } from './define-import.ts'
import { type FactRowsOptions, type FileSummary, openFactRows } from './fact-rows.ts'
import { HeldFacts } from './held-facts.ts'
import { ACCOUNT_IMPORT } from './kinds/accounts.ts'
import { EVENT_IMPORT } from './kinds/events.ts'
import { LEAD_IMPORT } from './kinds/leads.ts'
import { type PlanOptions, planRows } from './plan-rows.ts'
import type { RowSource } from './row-source.ts'

export interface FactFiles {
  readonly leads: RowSource
  /** null: columns of the leads whose names begin with `account_` speak of their accounts. */
  readonly accounts: RowSource | null
  readonly events: RowSource | null
}

export interface FileFacts {
  /** Once. Each lead as `streamRecords` would give it; of other leads of its account, what they did, and who the first of them is. */
  leads(): AsyncGenerator<{ readonly account: AccountRecord; readonly lead: LeadRecord }, void, undefined>
  /** When all leads came: puts the files of rejected rows in place, and says what was read. */
  finish(): Promise<readonly FileSummary[]>
  /** Leaves no trace. Does nothing after `finish`. */
  discard(): Promise<void>
}

/**
 * Reads the headers, so that what is no table is told at once: throws `table_invalid`, `map_invalid` and `usage`. `leads` throws
 * `table_invalid`, also for more accounts and events than memory holds, `file_not_writable` and `interrupted`.
 */
export function openFileFacts(
  files: FactFiles,
  options: FactRowsOptions & { readonly asOf: Milliseconds },
): FileFacts {
  const { lists: _, texts: __, ...others } = options
  const open = (kind: ImportKind, source: RowSource) => ({
    file: source.path,
    ...openFactRows(kind, source, { ...others, map: mapOf(kind, source, options) }),
  })
  const leads = openFactRows(LEAD_IMPORT, files.leads, {
    ...options,
    accountColumns: files.accounts === null,
  })
  const accounts = files.accounts && open(ACCOUNT_IMPORT, files.accounts)
  const events = files.events && open(EVENT_IMPORT, files.events)
  const all = [leads, accounts, events].filter((rows) => rows !== null)
  let isOver = false
  return {
    async *leads() {
      const held = new HeldFacts(options.asOf)
      if (accounts) for await (const row of accounts.rows()) held.addAccount(row, accounts.file)
      // Who is whose colleague, who came first, and who a visitor is must be known before the first lead is scored.
      for await (const row of leads.rows({ ahead: true })) held.addPerson(row, files.leads.path)
      if (events) {
        for await (const row of events.rows()) held.addEvent(row, events.file)
        held.endEvents()
      }
      for await (const row of leads.rows()) yield held.recordOf(row)
    },
    async finish() {
      isOver = true
      const summaries: FileSummary[] = []
      for (const rows of all) summaries.push(await rows.finish())
      return summaries
    },
    async discard() {
      if (!isOver) for (const rows of all) await rows.discard()
    },
  }
}

/**
 * A map speaks of the files that it knows. Others are written in our own names: what a CRM does not export, such as events, comes
 * from elsewhere.
 */
function mapOf(kind: ImportKind, source: RowSource, { map, zone }: FactRowsOptions): FactRowsOptions['map'] {
  if (!map?.objects.some((object) => object.kind === kind.name)) return undefined
  return isPlanned(kind, source, { map, zone }) || !isPlanned(kind, source, { zone }) ? map : undefined
}

function isPlanned(kind: ImportKind, source: RowSource, options: PlanOptions): boolean {
  try {
    planRows(kind, source.header, source.path, options)
    return true
  } catch (error) {
    if (error instanceof WonlostError && error.code === 'table_invalid') return false
    throw error
  }
}
