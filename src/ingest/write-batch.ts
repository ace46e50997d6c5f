/** Writes a batch of imported rows, in the transaction of the whole file. */
import type pg from 'pg'
import { bulkLoad, type LoadableValue } from '../db/bulk-load.ts'
import { DEAL_CONTACTS, type LoadableTable } from '../db/loadable-tables.ts'
import type { CsvRecord } from './csv-records.ts'
import { IMPORT_SOURCE, type ImportKind, type ImportRow } from './define-import.ts'
import type { Rejection } from './rejected-rows.ts'

export interface BatchRow {
  readonly row: ImportRow
  readonly record: CsvRecord
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

export async function writeBatch(
  client: pg.ClientBase,
  kind: ImportKind,
  rows: readonly BatchRow[],
): Promise<BatchResult> {
  const rejections: Rejection[] = []
  const known = await knownLeads(client, kind, rows)
  const accepted = rows.filter(({ row, record }) => {
    const unknown = row.contacts?.find(({ leadId }) => !known.has(leadId))
    if (!unknown) return true
    const reason = `there is no lead ${JSON.stringify(unknown.leadId)}; import leads before deals`
    rejections.push({ record, column: 'contacts', reason })
    return false
  })
  const accountsCreated = await createAccounts(client, accepted)
  const changed = new Set<string>()
  const written = new Map<string, number>()
  for (const [table, values] of byTable(kind, accepted)) {
    if (table === DEAL_CONTACTS) await removeContacts(client, accepted, changed)
    // Events are one row each; their ids need not be carried back.
    const collect = kind.name === 'events' ? undefined : changed
    const result = await bulkLoad(client, table, values, undefined, collect)
    written.set(table.name, result.written)
  }
  return {
    accepted: accepted.length,
    changed: kind.name === 'events' ? (written.get('events') ?? 0) : changed.size,
    written,
    accountsCreated,
    ofUnknownLeads:
      kind.name === 'events'
        ? accepted.filter(({ row }) => row.leadId !== null && !known.has(row.leadId)).length
        : 0,
    rejections,
  }
}

/** Which of the people that events and deals name are there. */
async function knownLeads(
  client: pg.ClientBase,
  kind: ImportKind,
  rows: readonly BatchRow[],
): Promise<ReadonlySet<string>> {
  const named = new Set<string>()
  for (const { row } of rows) {
    if (kind.name === 'events' && row.leadId !== null) named.add(row.leadId)
    for (const { leadId } of row.contacts ?? []) named.add(leadId)
  }
  if (named.size === 0) return named
  const { rows: found } = await client.query<{ lead_id: string }>(
    'SELECT lead_id FROM wonlost.leads WHERE lead_id = ANY($1)',
    [[...named]],
  )
  return new Set(found.map((lead) => lead.lead_id))
}

/** The row of the file that names an account first says when it came into being; importing accounts says better. */
async function createAccounts(client: pg.ClientBase, rows: readonly BatchRow[]): Promise<number> {
  const accounts = new Map<string, NonNullable<ImportRow['account']>>()
  for (const { row } of rows)
    if (row.account && !accounts.has(row.account.accountId)) accounts.set(row.account.accountId, row.account)
  if (accounts.size === 0) return 0
  const list = [...accounts.values()]
  const { rowCount } = await client.query(
    `INSERT INTO wonlost.accounts (account_id, created_at, known_at, source)
     SELECT account_id, created_at, known_at, $4
       FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS named (account_id, created_at, known_at)
     ON CONFLICT DO NOTHING`,
    [
      list.map((account) => account.accountId),
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
  rows: readonly BatchRow[],
): Map<LoadableTable, (readonly LoadableValue[])[]> {
  const tables = new Map<LoadableTable, (readonly LoadableValue[])[]>(kind.tables.map((table) => [table, []]))
  for (const { row } of rows) {
    for (const [table, values] of row.records) tables.get(table)!.push(values)
    for (const { leadId, isPrimary } of row.contacts ?? [])
      tables.get(DEAL_CONTACTS)!.push([row.id, leadId, isPrimary])
  }
  return tables
}

/** A deal has the contacts that its row lists, and no others; a row that lists none says nothing. */
async function removeContacts(
  client: pg.ClientBase,
  rows: readonly BatchRow[],
  changed: Set<string>,
): Promise<void> {
  const deals: string[] = []
  const leads: string[] = []
  for (const { row } of rows)
    for (const { leadId } of row.contacts ?? []) {
      deals.push(row.id)
      leads.push(leadId)
    }
  if (deals.length === 0) return
  const { rows: removed } = await client.query<{ deal_id: string }>(
    `DELETE FROM wonlost.deal_contacts contact
      WHERE deal_id = ANY($1) AND NOT EXISTS (
        SELECT FROM unnest($1::text[], $2::text[]) AS listed (deal_id, lead_id)
         WHERE listed.deal_id = contact.deal_id AND listed.lead_id = contact.lead_id)
     RETURNING deal_id`,
    [deals, leads],
  )
  for (const { deal_id } of removed) changed.add(deal_id)
}
