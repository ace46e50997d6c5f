/**
 * The queue: leads with their stored score for one model, page by page. Keyset pages: a page costs the same wherever it is.
 * What was merged away is not in it.
 */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { type LeadPosition, type OrderQuery, stretchesOf } from './lead-order.ts'
import { searchSieves } from './lead-search.ts'
import { takeFrom } from './lead-sieve.ts'
import { type ListedScore, listedScore, SCORE_FIELDS, type ScoreRow } from './listed-score.ts'
import { personAccount, personCreatedAt, rootAccount } from './people.ts'

export interface ListedLead {
  readonly leadId: string
  readonly accountId: string | null
  readonly createdAt: Milliseconds
  /** Scores by the models of the grid; null: it has none. */
  readonly fit: number | null
  readonly intent: number | null
  /** null: not scored yet. */
  readonly score: ListedScore | null
}

export interface LeadQuery extends OrderQuery {
  /** What a name begins with, or several. */
  readonly search?: string | undefined
  readonly limit: number
}

/** For tests: how few leads are put in order at once, and how many are looked at in order before all are. */
interface Bounds {
  readonly few?: number
  readonly steps?: readonly number[]
}

interface Row extends ScoreRow {
  lead_id: string
  account_id: string | null
  created_at: Date
  fit_score: number | null
  intent_score: number | null
}

/** Up to `limit` leads after a position, and the position that the next page begins after (null: there is no more). */
export async function listLeads(
  pool: pg.Pool,
  query: LeadQuery,
  bounds: Bounds = {},
): Promise<{ leads: readonly ListedLead[]; next: LeadPosition | null }> {
  const { limit, after, model, search } = query
  const sieves = search === undefined ? [] : await searchSieves(pool, search, bounds.few)
  // Nothing was looked for but blanks.
  if (search !== undefined && sieves.length === 0) return { leads: [], next: null }
  // One more than asked tells whether there is a next page.
  const places: LeadPosition[] = []
  for (const stretch of stretchesOf(query)) {
    const wanted = limit + 1 - places.length
    if (wanted > 0) places.push(...(await takeFrom(pool, stretch, sieves, after, wanted, bounds.steps)))
  }
  const shown = places.slice(0, limit)
  const leads = await readLeads(pool, shown, model)
  return { leads, next: places.length > limit ? (shown.at(-1) ?? null) : null }
}

async function readLeads(
  pool: pg.Pool,
  places: readonly LeadPosition[],
  model: string,
): Promise<readonly ListedLead[]> {
  const { rows } = await pool.query<Row>(
    `SELECT l.lead_id, ${rootAccount(personAccount('l'))} AS account_id, ${personCreatedAt('l')} AS created_at, s.fit_score, s.intent_score,
       ${SCORE_FIELDS}
     FROM unnest($1::text[]) WITH ORDINALITY AS found (id, place) JOIN wonlost.leads l ON l.lead_id = found.id
       LEFT JOIN wonlost.scores s ON s.subject_kind = 'lead' AND s.subject_id = l.lead_id AND s.model = $2
     ORDER BY place`,
    [places.map(({ leadId }) => leadId), model],
  )
  return rows.map((row) => ({
    leadId: row.lead_id,
    accountId: row.account_id,
    createdAt: row.created_at.getTime(),
    fit: row.fit_score,
    intent: row.intent_score,
    score: listedScore(row, model),
  }))
}
