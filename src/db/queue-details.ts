/** What a queue shows of each lead beside its score: who it is, when a response is due, and how its points went lately. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { dueResponses } from './response-due.ts'

export interface QueueDetails {
  /** As known now; null where it is not. */
  readonly name: string | null
  readonly email: string | null
  readonly title: string | null
  readonly company: string | null
  /** null: no response is promised, or it was given. */
  readonly respondBy: Milliseconds | null
  /** What the history keeps since `since`, the oldest first; before it, what held then. */
  readonly points: readonly { readonly at: Milliseconds; readonly rawPoints: number }[]
}

export interface DetailsQuery {
  readonly leads: readonly { readonly leadId: string; readonly accountId: string | null }[]
  readonly model: string
  readonly responseEvents: readonly string[]
  readonly since: Milliseconds
}

/** Of each lead asked for. */
export async function loadQueueDetails(
  pool: pg.Pool,
  { leads, model, responseEvents, since }: DetailsQuery,
): Promise<ReadonlyMap<string, QueueDetails>> {
  const ids = leads.map(({ leadId }) => leadId)
  const accounts = [...new Set(leads.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])))]
  const [traits, companies, promises, points] = await Promise.all([
    personTraits(pool, ids),
    companyNames(pool, accounts),
    dueResponses(pool, ids, responseEvents),
    pointsSince(pool, ids, model, since),
  ])
  return new Map(
    leads.map(({ leadId, accountId }) => {
      const own = traits.get(leadId)
      const name = [own?.get('first_name'), own?.get('last_name')].filter(Boolean).join(' ')
      const details: QueueDetails = {
        name: name === '' ? null : name,
        email: own?.get('email') ?? null,
        title: own?.get('title') ?? null,
        company: (accountId === null ? undefined : companies.get(accountId)) ?? null,
        respondBy: promises.get(leadId) ?? null,
        points: points.get(leadId) ?? [],
      }
      return [leadId, details] as const
    }),
  )
}

interface TraitRow {
  root: string
  name: string
  value: string
}

/** The latest of each, of all that were merged into one. */
const LATEST = (kind: 'lead' | 'account', names: string): string => `
  SELECT DISTINCT ON (root, t.name) root, t.name, t.value #>> '{}' AS value
  FROM (SELECT ${kind}_id AS id, coalesce(merged_into, ${kind}_id) AS root FROM wonlost.${kind}s
         WHERE ${kind}_id = ANY($1) OR merged_into = ANY($1)) own
  JOIN wonlost.traits t ON t.subject_kind = '${kind}' AND t.subject_id = own.id AND t.name IN (${names})
  WHERE jsonb_typeof(t.value) = 'string'
  ORDER BY root, t.name, t.occurred_at DESC, t.known_at DESC`

const PERSON = LATEST('lead', "'first_name', 'last_name', 'email', 'title'")
const COMPANY = LATEST('account', "'name', 'domain'")

type Texts = ReadonlyMap<string, ReadonlyMap<string, string>>

async function personTraits(pool: pg.Pool, ids: readonly string[]): Promise<Texts> {
  const { rows } = await pool.query<TraitRow>(PERSON, [ids])
  return textsOf(rows)
}

/** By account id: its name, or else its domain. */
export async function companyNames(
  pool: pg.Pool,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const traits = await companyTraits(pool, ids)
  return new Map(
    [...traits].flatMap(([id, own]) => {
      const name = own.get('name') ?? own.get('domain')
      return name === undefined ? [] : [[id, name] as const]
    }),
  )
}

async function companyTraits(pool: pg.Pool, ids: readonly string[]): Promise<Texts> {
  const { rows } = await pool.query<TraitRow>(COMPANY, [ids])
  return textsOf(rows)
}

function textsOf(rows: readonly TraitRow[]): Texts {
  const texts = new Map<string, Map<string, string>>()
  for (const { root, name, value } of rows) texts.set(root, (texts.get(root) ?? new Map()).set(name, value))
  return texts
}

async function pointsSince(
  pool: pg.Pool,
  ids: readonly string[],
  model: string,
  since: Milliseconds,
): Promise<ReadonlyMap<string, QueueDetails['points']>> {
  const { rows } = await pool.query<{ id: string; at: Date; raw_points: number }>(
    `SELECT id, entry.as_of AS at, entry.raw_points
     FROM unnest($1::text[]) AS id CROSS JOIN LATERAL (
       (SELECT as_of, raw_points FROM wonlost.score_history
         WHERE subject_kind = 'lead' AND subject_id = id AND model = $2 AND as_of > $3)
       UNION ALL
       (SELECT as_of, raw_points FROM wonlost.score_history
         WHERE subject_kind = 'lead' AND subject_id = id AND model = $2 AND as_of <= $3 ORDER BY as_of DESC LIMIT 1)) entry
     ORDER BY id, entry.as_of`,
    [ids, model, new Date(since)],
  )
  const points = new Map<string, { at: Milliseconds; rawPoints: number }[]>()
  for (const { id, at, raw_points } of rows) {
    const own = points.get(id) ?? []
    own.push({ at: at.getTime(), rawPoints: raw_points })
    points.set(id, own)
  }
  return points
}
