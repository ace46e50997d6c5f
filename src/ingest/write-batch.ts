/** Writes a batch of imported rows, in the transaction of the whole file. */
import type pg from 'pg'
import { bulkLoad, type LoadableValue } from '../db/bulk-load.ts'
import { DEAL_CONTACTS, type LoadableTable } from '../db/loadable-tables.ts'
import { TOUCHED } from '../db/touched.ts'
import { CellFault } from './cell-fault.ts'
import {
  type AccountReference,
  IMPORT_SOURCE,
  type ImportKind,
  type ImportRow,
  type ResolvedRow,
} from './define-import.ts'
import { resolveRows } from './resolve-rows.ts'
import { faultInFile, type RowPlan } from './row-plan.ts'
import type { Rejection, SourceRecord } from './row-source.ts'

export interface BatchRow {
  readonly row: ImportRow
  readonly record: SourceRecord
}

export interface BatchResult {
  readonly accepted: number
  /** Accepted rows of the file that changed something. */
  readonly changed: number
  /** Rows of each table that changed. */
  readonly written: ReadonlyMap<string, number>
  /** Accounts that a row named and that were not there. */
  readonly accountsCreated: number
  /** Accepted events of leads that are not there. */
  readonly ofUnknownLeads: number
  readonly rejections: readonly Rejection[]
}

/** Writes the batches of one source, in their order. With `touches` it notes whom they concern (`noteTouched`). */
export function createBatchWriter(
  client: pg.ClientBase,
  plan: RowPlan,
  touches = false,
): (rows: readonly BatchRow[]) => Promise<BatchResult> {
  const leads = createKnownIds(client, 'lead')
  const deals = createKnownIds(client, 'deal')
  return (rows) => writeBatch(client, plan, leads, deals, rows, touches)
}

async function writeBatch(
  client: pg.ClientBase,
  plan: RowPlan,
  leads: KnownIds,
  deals: KnownIds,
  rows: readonly BatchRow[],
  touches: boolean,
): Promise<BatchResult> {
  const { kind } = plan
  const people = await resolveRows(
    client,
    kind,
    rows.map(({ row }) => row),
  )
  const resolved = rows.map(({ row, record }, i) => ({ row, record, who: people[i]! }))
  await leads.look(leadsToKnow(kind, resolved))
  await deals.look(dealsToKnow(resolved))
  const accepted: ResolvedBatchRow[] = []
  const rejections: Rejection[] = []
  let ofUnknownLeads = 0
  for (const batchRow of resolved) {
    const missing = missingOf(batchRow, leads, deals)
    if (missing === null) {
      accepted.push(batchRow)
      const { leadId } = batchRow.who
      if (kind.name === 'events' && leadId !== null && !leads.has(leadId)) ofUnknownLeads += 1
      continue
    }
    const { what, column, given } = missing
    const reason = `there is no ${what} ${JSON.stringify(given)}; import ${what}s before ${kind.name}`
    const inFile = faultInFile(plan, { column, fault: new CellFault(reason) })
    rejections.push({ record: batchRow.record, column: inFile.column, reason: inFile.fault.reason })
  }
  const accountsCreated = await createAccounts(client, kind, accepted)
  const changed = new Set<string>()
  const written = new Map<string, number>()
  for (const [table, values] of byTable(kind, accepted)) {
    if (table === DEAL_CONTACTS) await removeContacts(client, accepted, changed, touches)
    if (values.length === 0) {
      written.set(table.name, 0)
      continue
    }
    // Where each row of the file writes one, ids need not be carried back.
    const collect = kind.countBy === 'records' ? undefined : changed
    const result = await bulkLoad(client, table, values, undefined, collect, touches)
    written.set(table.name, result.written)
  }
  return {
    accepted: accepted.length,
    changed: kind.countBy === 'records' ? (written.get(kind.tables[0]!.name) ?? 0) : changed.size,
    written,
    accountsCreated,
    ofUnknownLeads,
    rejections,
  }
}

type ResolvedBatchRow = BatchRow & { readonly who: ResolvedRow }

/** What the row needs and is not there; null when all is. */
function missingOf(
  { row, who }: ResolvedBatchRow,
  leads: KnownIds,
  deals: KnownIds,
): ImportRow['needs'][number] | null {
  for (const need of row.needs) {
    const isThere =
      need.what === 'deal' ? deals.has(need.given) : who.leadId !== null && leads.has(who.leadId)
    if (!isThere) return need
  }
  for (const { leadId } of who.contacts ?? [])
    if (!leads.has(leadId)) return { what: 'lead', column: 'contacts', given: leadId }
  return null
}

function* dealsToKnow(rows: readonly ResolvedBatchRow[]): Generator<string> {
  for (const { row } of rows) for (const { what, given } of row.needs) if (what === 'deal') yield given
}

/** Of events of unknown leads people are told how many there are. */
function* leadsToKnow(kind: ImportKind, rows: readonly ResolvedBatchRow[]): Generator<string> {
  for (const { row, who } of rows) {
    const needed = kind.name === 'events' || row.needs.some(({ what }) => what === 'lead')
    if (needed && who.leadId !== null) yield who.leadId
    for (const { leadId } of who.contacts ?? []) yield leadId
  }
}

/** Which leads or deals are there. */
interface KnownIds {
  look(ids: Iterable<string>): Promise<void>
  /** Of an id that was looked for last. */
  has(id: string): boolean
}

/** So many are remembered from batch to batch: most files come back to the same few. */
const MAX_REMEMBERED = 100_000

function createKnownIds(client: pg.ClientBase, what: 'lead' | 'deal'): KnownIds {
  const known = new Set<string>()
  return {
    async look(ids) {
      if (known.size > MAX_REMEMBERED) known.clear()
      const unsure = new Set<string>()
      for (const id of ids) if (!known.has(id)) unsure.add(id)
      if (unsure.size === 0) return
      const { rows } = await client.query<{ id: string }>(
        `SELECT ${what}_id AS id FROM wonlost.${what}s WHERE ${what}_id = ANY($1)`,
        [[...unsure]],
      )
      for (const { id } of rows) known.add(id)
    },
    has: (id) => known.has(id),
  }
}

/** The row of the file that names an account first says when it came into being; importing accounts says better. */
async function createAccounts(
  client: pg.ClientBase,
  kind: ImportKind,
  rows: readonly ResolvedBatchRow[],
): Promise<number> {
  if (kind.name === 'accounts') return 0
  const accounts = new Map<string, AccountReference>()
  for (const { row, who } of rows)
    if (row.account && who.accountId !== null && !accounts.has(who.accountId))
      accounts.set(who.accountId, row.account)
  if (accounts.size === 0) return 0
  const ids = [...accounts.keys()]
  const list = [...accounts.values()]
  const { rowCount } = await client.query(
    `INSERT INTO wonlost.accounts (account_id, created_at, known_at, source)
     SELECT account_id, created_at, known_at, $4
       FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS named (account_id, created_at, known_at)
     ON CONFLICT DO NOTHING`,
    [
      ids,
      list.map((account) => new Date(account.createdAt)),
      list.map((account) => new Date(account.knownAt)),
      IMPORT_SOURCE,
    ],
  )
  return rowCount ?? 0
}

/** In the order in which the kind wants its tables written. */
function byTable(
  kind: ImportKind,
  rows: readonly ResolvedBatchRow[],
): Map<LoadableTable, (readonly LoadableValue[])[]> {
  const tables = new Map<LoadableTable, (readonly LoadableValue[])[]>(kind.tables.map((table) => [table, []]))
  for (const { row, who } of rows)
    for (const [table, values] of row.records(who)) tables.get(table)!.push(values)
  return tables
}

/** A deal has the contacts that its row lists, and no others; a row that lists none says nothing. */
async function removeContacts(
  client: pg.ClientBase,
  rows: readonly ResolvedBatchRow[],
  changed: Set<string>,
  touches: boolean,
): Promise<void> {
  const deals: string[] = []
  const leads: string[] = []
  for (const { row, who } of rows)
    for (const { leadId } of who.contacts ?? []) {
      deals.push(row.id!)
      leads.push(leadId)
    }
  if (deals.length === 0) return
  const { rows: removed } = await client.query<{ deal_id: string; lead_id: string }>(
    `DELETE FROM wonlost.deal_contacts contact
      WHERE deal_id = ANY($1) AND NOT EXISTS (
        SELECT FROM unnest($1::text[], $2::text[]) AS listed (deal_id, lead_id)
         WHERE listed.deal_id = contact.deal_id AND listed.lead_id = contact.lead_id)
     RETURNING deal_id, lead_id`,
    [deals, leads],
  )
  for (const { deal_id } of removed) changed.add(deal_id)
  if (!touches || removed.length === 0) return
  await client.query(
    `INSERT INTO ${TOUCHED} SELECT 'lead', unnest($1::text[]) UNION ALL SELECT 'deal', unnest($2::text[])`,
    [removed.map(({ lead_id }) => lead_id), removed.map(({ deal_id }) => deal_id)],
  )
}
