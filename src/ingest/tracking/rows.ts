/** What messages add to the tables, each in one statement: rows that are there already stay as they are. */
import type pg from 'pg'
import { prepared } from '../../db/prepared.ts'
import type { UnknownName } from '../../db/unknown-names.ts'
import type { NewEvent, NewLink, NewSubject, NewTrait } from './learned.ts'

/** false: somebody else linked one of the names first. */
export async function insertLinks(client: pg.ClientBase, links: readonly NewLink[]): Promise<boolean> {
  if (links.length === 0) return true
  const { rows } = await client.query<{ kind: string }>(
    `INSERT INTO wonlost.identities (kind, value, subject_kind, subject_id, linked_at, source)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
              AS link (kind, value, subject_kind, subject_id, linked_at, source)
      ORDER BY kind, value COLLATE "C", subject_kind
     ON CONFLICT DO NOTHING RETURNING kind`,
    [
      links.map(({ kind }) => kind),
      links.map(({ value }) => value),
      links.map(({ subjectKind }) => subjectKind),
      links.map(({ subjectId }) => subjectId),
      links.map(({ at }) => new Date(at)),
      links.map(({ source }) => source),
    ],
  )
  // Domains are not looked up by who has them: an account may state one that another has.
  const isName = ({ kind }: { readonly kind: string }): boolean => kind !== 'domain'
  return rows.filter(isName).length === links.filter(isName).length
}

export async function insertAccounts(
  client: pg.ClientBase,
  accounts: ReadonlyMap<string, NewSubject>,
): Promise<void> {
  if (accounts.size === 0) return
  const list = [...accounts.values()]
  await client.query(
    `INSERT INTO wonlost.accounts (account_id, created_at, known_at, source)
     SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::text[])
              AS account (account_id, created_at, known_at, source) ORDER BY account_id COLLATE "C"
     ON CONFLICT DO NOTHING`,
    [[...accounts.keys()], ...subjectColumns(list)],
  )
}

/** Returns those that are new. */
export async function insertLeads(
  client: pg.ClientBase,
  leads: ReadonlyMap<string, NewSubject>,
): Promise<string[]> {
  if (leads.size === 0) return []
  const { rows } = await client.query<{ lead_id: string }>(
    `INSERT INTO wonlost.leads (lead_id, created_at, known_at, source)
     SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::text[])
              AS lead (lead_id, created_at, known_at, source) ORDER BY lead_id COLLATE "C"
     ON CONFLICT DO NOTHING RETURNING lead_id`,
    [[...leads.keys()], ...subjectColumns([...leads.values()])],
  )
  return rows.map((row) => row.lead_id)
}

/**
 * A lead begins with its first event, also one from before anybody knew who it was, or one that comes late. That holds for leads
 * which live data made: of others, whoever told of them says when they began.
 */
export async function backdateLeads(
  client: pg.ClientBase,
  leadIds: ReadonlySet<string>,
  sources: readonly string[],
): Promise<void> {
  if (leadIds.size === 0) return
  await client.query(
    `UPDATE wonlost.leads lead SET created_at = first.touch
       FROM (SELECT lead_id, (SELECT min(occurred_at) FROM wonlost.events WHERE events.lead_id = leads.lead_id) AS touch
               FROM wonlost.leads WHERE lead_id = ANY($1) AND source = ANY($2) ORDER BY lead_id FOR NO KEY UPDATE) first
      WHERE lead.lead_id = first.lead_id AND first.touch < lead.created_at`,
    [[...leadIds], sources],
  )
}

function subjectColumns(subjects: readonly NewSubject[]): [Date[], Date[], string[]] {
  return [
    subjects.map(({ createdAt }) => new Date(createdAt)),
    subjects.map(({ knownAt }) => new Date(knownAt)),
    subjects.map(({ source }) => source),
  ]
}

export interface AddedEvents {
  readonly leads: ReadonlySet<string>
  /** Of those that are new. */
  readonly unknown: readonly UnknownName[]
}

const INSERT_EVENTS = `
  WITH added AS (
    INSERT INTO wonlost.events (event_id, lead_id, anonymous_id, type, occurred_at, known_at, source, properties)
    SELECT event ->> 0, event ->> 1, event ->> 2, event ->> 3, to_timestamp((event ->> 4)::float8 / 1000),
           to_timestamp((event ->> 5)::float8 / 1000), event ->> 6, event -> 7
      FROM jsonb_array_elements($1::jsonb) AS event ORDER BY (event ->> 0) COLLATE "C"
    ON CONFLICT DO NOTHING RETURNING event_id)
  SELECT CASE WHEN count(*) < $2::int THEN coalesce(array_agg(event_id), '{}') END AS new_ids FROM added`

export async function insertEvents(client: pg.ClientBase, events: readonly NewEvent[]): Promise<AddedEvents> {
  if (events.length === 0) return { leads: new Set(), unknown: [] }
  const byId = new Map<string, NewEvent>()
  for (const event of events) if (!byId.has(event.message.messageId)) byId.set(event.message.messageId, event)
  const list = [...byId.values()]
  // One JSON text is written three times as fast as arrays of texts are escaped, and read as fast.
  const given = list.map(({ message, leadId, type }) => {
    const { messageId, anonymousId, occurredAt, receivedAt, source, properties } = message
    const rest = JSON.stringify([messageId, leadId, anonymousId, type, occurredAt, receivedAt, source])
    return `${rest.slice(0, -1)},${properties}]`
  })
  // Mostly all are new: their ids are only told where some are not.
  const { rows } = await client.query<{ new_ids: string[] | null }>(
    prepared(INSERT_EVENTS, [`[${given.join()}]`, list.length]),
  )
  const newIds = rows[0]!.new_ids
  const leads = new Set<string>()
  const unknown: UnknownName[] = []
  for (const event of newIds === null ? list : newIds.map((id) => byId.get(id)!)) {
    if (event.leadId !== null) leads.add(event.leadId)
    if (event.unknown) unknown.push(event.unknown)
  }
  return { leads, unknown }
}

/**
 * A trait is written where it differs from what the same source said last: clients repeat all traits with every visit. Returns whose
 * traits changed.
 */
export async function insertTraits(
  client: pg.ClientBase,
  traits: readonly NewTrait[],
): Promise<{ readonly leads: ReadonlySet<string>; readonly accounts: ReadonlySet<string> }> {
  const list = changes(traits)
  const leads = new Set<string>()
  const accounts = new Set<string>()
  if (list.length === 0) return { leads, accounts }
  const { rows } = await client.query<{ subject_kind: 'lead' | 'account'; subject_id: string }>(
    `INSERT INTO wonlost.traits (subject_kind, subject_id, name, value, occurred_at, known_at, source)
     SELECT said.* FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::timestamptz[], $7::text[])
              AS said (subject_kind, subject_id, name, value, occurred_at, known_at, source)
       LEFT JOIN LATERAL (
         SELECT before.value FROM wonlost.traits before
          WHERE before.subject_kind = said.subject_kind AND before.subject_id = said.subject_id
            AND before.name = said.name AND before.source = said.source AND before.occurred_at <= said.occurred_at
          ORDER BY before.occurred_at DESC, before.known_at DESC LIMIT 1) last ON true
      -- Not known any more, says who never said what it was: nothing new.
      WHERE said.value IS DISTINCT FROM coalesce(last.value, '""'::jsonb)
      ORDER BY subject_kind, subject_id COLLATE "C", name COLLATE "C"
     ON CONFLICT (subject_kind, subject_id, name, occurred_at, known_at, source) DO UPDATE SET value = EXCLUDED.value
     RETURNING subject_kind, subject_id`,
    [
      list.map(({ subjectKind }) => subjectKind),
      list.map(({ subjectId }) => subjectId),
      list.map(({ name }) => name),
      list.map(({ value }) => JSON.stringify(value)),
      list.map(({ occurredAt }) => new Date(occurredAt)),
      list.map(({ knownAt }) => new Date(knownAt)),
      list.map(({ source }) => source),
    ],
  )
  for (const row of rows) (row.subject_kind === 'lead' ? leads : accounts).add(row.subject_id)
  return { leads, accounts }
}

/** Of each trait what changes from one message to the next; of several at one moment the last. */
function changes(traits: readonly NewTrait[]): NewTrait[] {
  const byTrait = new Map<string, NewTrait[]>()
  for (const trait of traits) {
    const key = JSON.stringify([trait.subjectKind, trait.subjectId, trait.name, trait.source])
    const others = byTrait.get(key)
    if (others) others.push(trait)
    else byTrait.set(key, [trait])
  }
  return [...byTrait.values()].flatMap((given) => {
    const kept: NewTrait[] = []
    for (const trait of given.toSorted((a, b) => a.occurredAt - b.occurredAt)) {
      const last = kept.at(-1)
      if (last && last.occurredAt === trait.occurredAt) kept.pop()
      else if (last && JSON.stringify(last.value) === JSON.stringify(trait.value)) continue
      kept.push(trait)
    }
    return kept
  })
}
