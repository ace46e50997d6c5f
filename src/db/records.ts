/**
 * Raw facts, read whole: nothing is filtered by time or interpreted here. The same SQL serves one lead and a million, so a record
 * is the same, byte for byte, whichever way it was reached.
 */
import type pg from 'pg'
import type { AccountRecord, LeadRecord } from '../glossary.ts'
import { asDatabaseError } from './connection-errors.ts'
import { type OwnerKind, RECORD_QUERIES } from './record-queries.ts'
import { type DealRow, type LeadRow, type TraitRow, toDeal, toLead, toTrait } from './record-rows.ts'

/** Facts (events and traits) in hand at a time; what is in memory is about two pages. */
const FACTS_A_PAGE = 20_000
const FIRST_PAGE = 16
const LARGEST_PAGE = 1_000

/**
 * Streams records in order of account, then the leads without an account in order of lead (ids compare by their UTF-8 bytes).
 * With `leadIds`: the records that hold these leads, each once, with all their colleagues; unknown ids are passed over.
 * All of a stream is one snapshot of the database. Throws `database_unavailable`.
 */
export async function* streamRecords(
  pool: pg.Pool,
  options: { readonly leadIds?: readonly string[] } = {},
): AsyncGenerator<AccountRecord, void, undefined> {
  const client = await connect(pool)
  let broken: Error | undefined
  const onError = (error: Error): void => {
    broken = error
  }
  client.on('error', onError)
  let ahead: Promise<AccountRecord[] | null> = Promise.resolve(null)
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const nextPage = readPages(client, options.leadIds)
    ahead = nextPage()
    for (let page = await ahead; page !== null; page = await ahead) {
      // The database reads the next page while the caller works on this one.
      ahead = nextPage()
      ahead.catch(() => {})
      yield* page
    }
  } catch (error) {
    throw asDatabaseError(error)
  } finally {
    await ahead.catch(() => {})
    await client.query('COMMIT').catch((error: Error) => {
      broken = error
    })
    client.off('error', onError)
    client.release(broken)
  }
}

/** One lead with its account; null when it is unknown. */
export async function loadLead(
  pool: pg.Pool,
  leadId: string,
): Promise<{ account: AccountRecord; lead: LeadRecord } | null> {
  let found: { account: AccountRecord; lead: LeadRecord } | null = null
  for await (const account of streamRecords(pool, { leadIds: [leadId] })) {
    const lead = account.leads.find((candidate) => candidate.leadId === leadId)
    if (lead) found = { account, lead }
  }
  return found
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw asDatabaseError(error)
  }
}

/** Returns a function that reads page after page, then null. Pages grow and shrink with the facts they turn out to hold. */
function readPages(
  client: pg.PoolClient,
  leadIds: readonly string[] | undefined,
): () => Promise<AccountRecord[] | null> {
  const kinds: OwnerKind[] = ['account', 'lead']
  let given: Promise<Record<OwnerKind, string[]>> | undefined
  let last = ''
  let size = FIRST_PAGE
  return async () => {
    if (leadIds) given ??= ownersOf(client, leadIds)
    for (let kind = kinds[0]; kind !== undefined; kind = kinds[0]) {
      const owners = given ? (await given)[kind].splice(0, size) : await ownersAfter(client, kind, last, size)
      last = owners.at(-1) ?? ''
      if (owners.length > 0) {
        const page = await readPage(client, kind, owners)
        const wanted = Math.round((size * FACTS_A_PAGE) / (1 + countFacts(page)))
        size = Math.max(1, Math.min(wanted, 4 * size, LARGEST_PAGE))
        return page
      }
      kinds.shift()
    }
    return null
  }
}

async function ownersAfter(
  client: pg.PoolClient,
  kind: OwnerKind,
  last: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    kind === 'account'
      ? 'SELECT account_id AS id FROM wonlost.accounts WHERE account_id > $1 ORDER BY account_id LIMIT $2'
      : 'SELECT lead_id AS id FROM wonlost.leads WHERE account_id IS NULL AND lead_id > $1 ORDER BY lead_id LIMIT $2',
    [last, limit],
  )
  return rows.map((row) => row.id)
}

async function ownersOf(
  client: pg.PoolClient,
  leadIds: readonly string[],
): Promise<Record<OwnerKind, string[]>> {
  const { rows } = await client.query<{ account_id: string | null; lead_id: string | null }>(
    `SELECT DISTINCT account_id, CASE WHEN account_id IS NULL THEN lead_id END AS lead_id
     FROM wonlost.leads WHERE lead_id = ANY($1) ORDER BY account_id, lead_id`,
    [leadIds],
  )
  return {
    account: rows.flatMap((row) => row.account_id ?? []),
    lead: rows.flatMap((row) => row.lead_id ?? []),
  }
}

async function readPage(client: pg.PoolClient, kind: OwnerKind, owners: string[]): Promise<AccountRecord[]> {
  const sql = RECORD_QUERIES[kind]
  const traits = await client.query<{ owner: string; traits: TraitRow[] }>(sql.traits, [owners])
  const leads = await client.query<LeadRow>(sql.leads, [owners])
  const deals = await client.query<DealRow>(sql.deals, [owners])
  const traitsByOwner = new Map(traits.rows.map((row) => [row.owner, row.traits]))
  const leadsByOwner = groupBy(leads.rows, (row) => row.account_id ?? row.lead_id)
  const dealsByOwner = groupBy(deals.rows, (row) => row.owner)
  return owners.map((owner) => ({
    accountId: kind === 'account' ? owner : null,
    traits: (traitsByOwner.get(owner) ?? []).map(toTrait),
    leads: (leadsByOwner.get(owner) ?? []).map(toLead),
    deals: (dealsByOwner.get(owner) ?? []).map(toDeal),
  }))
}

function countFacts(page: readonly AccountRecord[]): number {
  let count = 0
  for (const account of page) {
    count += account.traits.length
    for (const lead of account.leads) count += lead.events.length + lead.traits.length
  }
  return count
}

/** Keeps the order of the rows. */
function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
