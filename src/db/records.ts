/**
 * Raw facts, read whole: nothing is filtered by time or interpreted here. The same SQL serves one lead and a million, so a record
 * is the same, byte for byte, whichever way it was reached.
 */
import type pg from 'pg'
import type { AccountRecord, LeadRecord } from '../glossary.ts'
import { personAccount, rootAccount, rootOf } from './people.ts'
import { prepared } from './prepared.ts'
import { type OwnerKind, RECORD_QUERIES } from './record-queries.ts'
import { type DealRow, type LeadRow, type TraitRow, toDeal, toLead, toTrait } from './record-rows.ts'
import { inSnapshot } from './snapshot.ts'

/** Facts (events and traits) in hand at a time; what is in memory is about two pages. */
const FACTS_A_PAGE = 20_000
const FIRST_PAGE = 16
const LARGEST_PAGE = 1_000

/**
 * Streams records in order of account, then the leads without an account in order of lead (ids compare by their UTF-8 bytes).
 * A lead or account that was merged into another has no place of its own: what is known of it stands with the other.
 * With `leadIds`: the records that hold these leads, each once, with all their colleagues; unknown ids are passed over.
 * All of a stream is one snapshot of the database. Throws `database_unavailable`.
 */
export function streamRecords(
  pool: pg.Pool,
  options: { readonly leadIds?: readonly string[] } = {},
): AsyncGenerator<AccountRecord, void, undefined> {
  return inSnapshot(pool, (client) => recordsOf(readPages(client, options)))
}

/** Part of the stream: accounts, or leads without an account, in order of id. */
export interface OwnerRange {
  readonly kind: OwnerKind
  /** Exclusive; '' from the first on. */
  readonly after: string
  /** Inclusive; null: to the last. */
  readonly upto: string | null
}

/**
 * Returns a function that streams the records of a range, for reading range after range: pages keep the size that they have grown
 * to. `client` is in a snapshot (`inSnapshot`); it may be asked for more while the stream is open.
 */
export function rangeReader(): (
  client: pg.PoolClient,
  range: OwnerRange,
) => AsyncGenerator<AccountRecord, void, undefined> {
  const size = { owners: FIRST_PAGE }
  return (client, range) => recordsOf(readPages(client, { range }, size))
}

/** Cuts the stream into ranges of about so many leads, in order. An account is never cut, however many leads it has. */
export async function cutRecords(
  client: pg.Pool | pg.ClientBase,
  leadsARange: number,
): Promise<OwnerRange[]> {
  const ranges: OwnerRange[] = []
  for (const kind of ['account', 'lead'] as const) {
    const { rows } = await client.query<{ id: string }>(
      `WITH owners AS (${OWNERS[kind]}),
       size AS (SELECT greatest(1, ${kind === 'lead' ? '$1' : LEADS_AS_ACCOUNTS})::bigint AS owners)
       SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS count FROM owners) placed, size
       WHERE place % size.owners = 0 AND place < count ORDER BY id`,
      [leadsARange],
    )
    const ends = [...rows.map(({ id }) => id), null]
    ranges.push(...ends.map((upto, i) => ({ kind, after: ends[i - 1] ?? '', upto })))
  }
  return ranges
}

async function* recordsOf(
  nextPage: () => Promise<AccountRecord[] | null>,
): AsyncGenerator<AccountRecord, void, undefined> {
  let ahead = nextPage()
  try {
    for (let page = await ahead; page !== null; page = await ahead) {
      // The database reads the next page while the caller works on this one.
      ahead = nextPage()
      ahead.catch(() => {})
      yield* page
    }
  } finally {
    await ahead.catch(() => {})
  }
}

/**
 * The records that hold these leads, each once, with all their colleagues, at once and in the transaction of `client`: for a few hundred
 * at most. Unknown ids are passed over.
 */
export async function readRecords(
  client: pg.ClientBase,
  leadIds: readonly string[],
  options: { readonly objecting?: boolean } = {},
): Promise<AccountRecord[]> {
  const { account, lead } = await ownersOf(client, leadIds)
  return [
    ...(account.length > 0 ? await readPage(client, 'account', account, options) : []),
    ...(lead.length > 0 ? await readPage(client, 'lead', lead, options) : []),
  ]
}

/** One lead with its account; of one that was merged away, the lead that it was merged into. null when it is unknown. */
export async function loadLead(
  pool: pg.Pool,
  leadId: string,
): Promise<{ account: AccountRecord; lead: LeadRecord } | null> {
  const found = inSnapshot(pool, async function* (client) {
    const one = await readLead(client, leadId)
    if (one) yield one
  })
  for await (const one of found) return one
  return null
}

/** As `loadLead`, in the transaction of `client`. Of a lead that objected to being scored, to be shown only: its colleagues who did are there too. */
export async function readLead(
  client: pg.PoolClient,
  leadId: string,
): Promise<{ account: AccountRecord; lead: LeadRecord } | null> {
  const rootId = await rootOf(client, 'lead', leadId)
  if (rootId === null) return null
  for (const objecting of [false, true]) {
    const [account] = await readRecords(client, [rootId], { objecting })
    const lead = account?.leads.find((candidate) => candidate.leadId === rootId)
    if (account && lead) return { account, lead }
  }
  return null
}

/** One account with everybody in it; of one that was merged away, the account that it was merged into. null when it is unknown. */
export async function loadAccount(pool: pg.Pool, accountId: string): Promise<AccountRecord | null> {
  const found = inSnapshot(pool, async function* (client) {
    const account = await readAccount(client, accountId)
    if (account) yield account
  })
  for await (const account of found) return account
  return null
}

/** As `loadAccount`, in the transaction of `client`. */
export async function readAccount(client: pg.PoolClient, accountId: string): Promise<AccountRecord | null> {
  const rootId = await rootOf(client, 'account', accountId)
  if (rootId === null) return null
  const [account] = await readPage(client, 'account', [rootId])
  return account ?? null
}

interface Selection {
  readonly leadIds?: readonly string[]
  readonly range?: OwnerRange
}

/** Returns a function that reads page after page, then null. Pages grow and shrink with the facts they turn out to hold. */
function readPages(
  client: pg.PoolClient,
  { leadIds, range }: Selection,
  size = { owners: FIRST_PAGE },
): () => Promise<AccountRecord[] | null> {
  const kinds: OwnerKind[] = range ? [range.kind] : ['account', 'lead']
  const upto = range?.upto ?? null
  let given: Promise<Record<OwnerKind, string[]>> | undefined
  let last = range?.after ?? ''
  return async () => {
    if (leadIds) given ??= ownersOf(client, leadIds)
    for (let kind = kinds[0]; kind !== undefined; kind = kinds[0]) {
      const owners = given
        ? (await given)[kind].splice(0, size.owners)
        : await ownersBetween(client, { kind, after: last, upto }, size.owners)
      last = owners.at(-1) ?? ''
      if (owners.length > 0) {
        const page = await readPage(client, kind, owners)
        const wanted = Math.round((size.owners * FACTS_A_PAGE) / (1 + countFacts(page)))
        size.owners = Math.max(1, Math.min(wanted, 4 * size.owners, LARGEST_PAGE))
        return page
      }
      kinds.shift()
    }
    return null
  }
}

/** Whoever a record belongs to: what was merged away has none of its own. */
const OWNERS: Readonly<Record<OwnerKind, string>> = {
  account: 'SELECT account_id AS id FROM wonlost.accounts WHERE merged_into IS NULL',
  lead: `SELECT lead_id AS id FROM wonlost.leads lead
          WHERE account_id IS NULL AND merged_into IS NULL AND ${personAccount('lead')} IS NULL`,
}

/** How many accounts have $1 leads, on average. */
const LEADS_AS_ACCOUNTS = `round($1 * (SELECT count(*) FROM owners)::float8 /
  greatest(1, (SELECT count(*) FROM wonlost.leads WHERE account_id IS NOT NULL AND merged_into IS NULL)))`

async function ownersBetween(
  client: pg.PoolClient,
  { kind, after, upto }: OwnerRange,
  limit: number,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM (${OWNERS[kind]}) owners WHERE id > $1 AND ($2::text IS NULL OR id <= $2) ORDER BY id LIMIT $3`,
    [after, upto, limit],
  )
  return rows.map((row) => row.id)
}

async function ownersOf(
  client: pg.ClientBase,
  leadIds: readonly string[],
): Promise<Record<OwnerKind, string[]>> {
  const { rows } = await client.query<{ account_id: string | null; lead_id: string | null }>(
    prepared(
      `SELECT DISTINCT account_id, CASE WHEN account_id IS NULL THEN lead_id END AS lead_id
     FROM (SELECT lead.lead_id, ${rootAccount(personAccount('lead'))} AS account_id
           FROM wonlost.leads named JOIN wonlost.leads lead ON lead.lead_id = coalesce(named.merged_into, named.lead_id)
           WHERE named.lead_id = ANY($1)) person
     ORDER BY account_id, lead_id`,
      [leadIds],
    ),
  )
  return {
    account: rows.flatMap((row) => row.account_id ?? []),
    lead: rows.flatMap((row) => row.lead_id ?? []),
  }
}

async function readPage(
  client: pg.ClientBase,
  kind: OwnerKind,
  owners: string[],
  options: { readonly objecting?: boolean } = {},
): Promise<AccountRecord[]> {
  const sql = RECORD_QUERIES
  const isAccount = kind === 'account'
  const { accountIds, ownerOfLead } = isAccount
    ? await findPeople(client, owners)
    : { accountIds: [], ownerOfLead: new Map(owners.map((id) => [id, id])) }
  const traits = isAccount
    ? await client.query<{ owner: string; traits: TraitRow[] }>(prepared(sql.accountTraits, [owners]))
    : { rows: [] }
  const leads = await client.query<LeadRow>(
    prepared(sql.leads, [[...ownerOfLead.keys()], options.objecting === true]),
  )
  const deals = await client.query<DealRow>(
    prepared(sql.deals, [accountIds, leads.rows.flatMap((row) => row.ids)]),
  )
  const traitsByOwner = new Map(traits.rows.map((row) => [row.owner, row.traits]))
  const leadsByOwner = groupBy(leads.rows, (row) => [ownerOfLead.get(row.lead_id)!])
  const dealsByOwner = groupBy(deals.rows, (row) => [
    ...(isAccount && row.account_id !== null ? [row.account_id] : []),
    ...row.contacts.flatMap(([leadId]) => ownerOfLead.get(leadId) ?? []),
  ])
  const shown = isAccount ? owners : owners.filter((owner) => leadsByOwner.has(owner))
  return shown.map((owner) => {
    const accountId = isAccount ? owner : null
    return {
      accountId,
      traits: (traitsByOwner.get(owner) ?? []).map(toTrait),
      leads: (leadsByOwner.get(owner) ?? []).map((row) => toLead(row, accountId)),
      deals: (dealsByOwner.get(owner) ?? []).map(toDeal),
    }
  })
}

/** The leads of accounts, each with the account that it belongs to; and the ids of these accounts and of those merged into them. */
async function findPeople(
  client: pg.ClientBase,
  accounts: readonly string[],
): Promise<{ accountIds: string[]; ownerOfLead: Map<string, string> }> {
  const { rows: merged } = await client.query<{ account_id: string; merged_into: string }>(
    prepared('SELECT account_id, merged_into FROM wonlost.accounts WHERE merged_into = ANY($1)', [accounts]),
  )
  const rootOfAccount = new Map([
    ...accounts.map((id) => [id, id] as const),
    ...merged.map((row) => [row.account_id, row.merged_into] as const),
  ])
  const accountIds = [...rootOfAccount.keys()]
  const { rows: people } = await client.query<{ lead_id: string; account_id: string }>(
    prepared(RECORD_QUERIES.people, [accountIds]),
  )
  return {
    accountIds,
    ownerOfLead: new Map(people.map((row) => [row.lead_id, rootOfAccount.get(row.account_id)!])),
  }
}

function countFacts(page: readonly AccountRecord[]): number {
  let count = 0
  for (const account of page) {
    count += account.traits.length
    for (const lead of account.leads) count += lead.events.length + lead.traits.length
  }
  return count
}

/** A row stands in the group of each of its keys, once. Groups keep the order of the rows. */
function groupBy<Row>(rows: readonly Row[], keysOf: (row: Row) => readonly string[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    for (const key of new Set(keysOf(row))) {
      const group = groups.get(key)
      if (group) group.push(row)
      else groups.set(key, [row])
    }
  }
  return groups
}
