/**
 * The queue: leads with their stored score for one model, page by page. Keyset pages: a page costs the same wherever it is.
 * What was merged away is not in it.
 */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { findLeads } from './lead-search.ts'
import { type ListedScore, listedScore, SCORE_FIELDS, type ScoreRow, SHOWN_BAND } from './listed-score.ts'
import { personAccount, personCreatedAt, rootAccount } from './people.ts'
import { isUnanswered } from './response-due.ts'

export const LEAD_SORTS = [
  '-score',
  'score',
  '-expected_value',
  'expected_value',
  'respond_by',
  'lead_id',
] as const

/**
 * `-score`: highest first. Leads without a score come last, in both orders. `-expected_value` is an order of whom to call: who has no
 * value, or is not eligible, comes last. `respond_by`: only those to whom a response is due, the soonest first.
 */
type LeadSort = (typeof LEAD_SORTS)[number]

export interface ListedLead {
  readonly leadId: string
  readonly accountId: string | null
  readonly createdAt: Milliseconds
  /** null: not scored yet. */
  readonly score: ListedScore | null
}

/** The last lead of a page; the next page begins after it. `value`: what it is sorted by; null: it has none. */
export interface LeadPosition {
  readonly leadId: string
  readonly value: number | null
}

export interface LeadQuery {
  readonly model: string
  readonly sort: LeadSort
  /** Of the decision: a band of the policy, or disqualified or review. */
  readonly band?: string | undefined
  readonly verdict?: string | undefined
  /** What a name begins with, or several. */
  readonly search?: string | undefined
  /** Types of events that are a response: for `respond_by`. */
  readonly responseEvents?: readonly string[]
  readonly limit: number
  readonly after: LeadPosition | null
}

interface Row extends ScoreRow {
  /** Only of `respond_by`. */
  due_at?: Date
  lead_id: string
  account_id: string | null
  created_at: Date
}

const LEAD_FIELDS = `l.lead_id, ${rootAccount(personAccount('l'))} AS account_id, ${personCreatedAt('l')} AS created_at`

/** Sorted by what. Each has an index, which both directions walk. */
const COLUMNS = { score: 'raw_points', expected_value: 'expected_value' } as const

/** Who has a place in the order; the others come last, by id. */
const PLACED = {
  raw_points: 's.raw_points IS NOT NULL',
  expected_value: "s.expected_value IS NOT NULL AND s.verdict = 'eligible'",
} as const

/** Up to `limit` leads after a position, and the position that the next page begins after (null: there is no more). */
export async function listLeads(
  pool: pg.Pool,
  query: LeadQuery,
): Promise<{ leads: readonly ListedLead[]; next: LeadPosition | null }> {
  // One more than asked tells whether there is a next page.
  const wanted = query.limit + 1
  const found = query.search === undefined ? null : await findLeads(pool, query.search)
  const rows = await rowsOf(pool, { ...query, found }, wanted)
  const leads = rows.slice(0, query.limit).map((row) => listed(row, query.model))
  const last = leads.at(-1)
  const next =
    rows.length > query.limit && last
      ? { leadId: last.leadId, value: placeOf(rows[leads.length - 1]!, query.sort) }
      : null
  return { leads, next }
}

type SortedColumn = (typeof COLUMNS)[keyof typeof COLUMNS]

/** `found`: only these; null: all. */
type RowQuery = LeadQuery & { readonly found: readonly string[] | null }

function rowsOf(pool: pg.Pool, query: RowQuery, wanted: number): Promise<Row[]> {
  if (query.sort === 'lead_id') return byId(pool, query, wanted)
  if (query.sort === 'respond_by') return byDueResponse(pool, query, wanted)
  return byValue(pool, query, columnOf(query.sort), wanted)
}

function columnOf(sort: Exclude<LeadSort, 'lead_id' | 'respond_by'>): SortedColumn {
  return COLUMNS[sort.replace('-', '') as keyof typeof COLUMNS]
}

/** A condition on leads, of which the parameter names those found; nothing where all are wanted, so that no query is slower for it. */
function onlyFound({ found }: RowQuery, parameter: string): string {
  return found === null ? `AND ${parameter}::text[] IS NULL` : `AND l.lead_id = ANY(${parameter}::text[])`
}

/** null: among those without a place. */
function placeOf(row: Row, sort: LeadSort): number | null {
  if (sort === 'lead_id') return null
  if (sort === 'respond_by') return row.due_at?.getTime() ?? null
  const column = columnOf(sort)
  return column === 'expected_value' && row.verdict !== 'eligible' ? null : row[column]
}

async function byValue(pool: pg.Pool, query: RowQuery, column: SortedColumn, wanted: number): Promise<Row[]> {
  const { model, band = null, verdict = null, after } = query
  const valued: Row[] = []
  if (after === null || after.value !== null) {
    const [order, beyond, idBeyond] = query.sort.startsWith('-')
      ? [`s.${column} DESC, s.subject_id ASC`, '<', '>']
      : [`s.${column} ASC, s.subject_id DESC`, '>', '<']
    const { rows } = await pool.query<Row>(
      `SELECT ${LEAD_FIELDS}, ${SCORE_FIELDS}
       FROM wonlost.scores s JOIN wonlost.leads l ON l.lead_id = s.subject_id
       WHERE s.model = $1 AND s.subject_kind = 'lead' AND l.merged_into IS NULL AND ${PLACED[column]}
         AND ($2::text IS NULL OR ${SHOWN_BAND} = $2) AND ($3::text IS NULL OR s.verdict = $3)
         AND ($4::float8 IS NULL OR (s.${column} ${beyond}= $4 AND (s.${column} ${beyond} $4 OR s.subject_id ${idBeyond} $5)))
         ${onlyFound(query, '$7')}
       ORDER BY ${order} LIMIT $6`,
      [model, band, verdict, after?.value ?? null, after?.leadId ?? null, wanted, query.found],
    )
    valued.push(...rows)
  }
  const isFiltered = band !== null || verdict !== null
  // Whoever has a score has points: under a filter nobody is left.
  if (valued.length >= wanted || (isFiltered && column === 'raw_points')) return valued
  const { rows: others } = await pool.query<Row>(
    `SELECT ${LEAD_FIELDS}, ${SCORE_FIELDS}
     FROM wonlost.leads l
     LEFT JOIN wonlost.scores s ON s.subject_kind = 'lead' AND s.subject_id = l.lead_id AND s.model = $1
     WHERE l.merged_into IS NULL AND (${PLACED[column]}) IS NOT TRUE
       AND ($2::text IS NULL OR ${SHOWN_BAND} = $2) AND ($3::text IS NULL OR s.verdict = $3)
       AND ($4::text IS NULL OR l.lead_id > $4)
       ${onlyFound(query, '$6')}
     ORDER BY l.lead_id LIMIT $5`,
    [model, band, verdict, after?.value === null ? after.leadId : null, wanted - valued.length, query.found],
  )
  return [...valued, ...others]
}

async function byId(pool: pg.Pool, query: RowQuery, wanted: number): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `SELECT ${LEAD_FIELDS}, ${SCORE_FIELDS}
     FROM wonlost.leads l
     LEFT JOIN wonlost.scores s ON s.subject_kind = 'lead' AND s.subject_id = l.lead_id AND s.model = $1
     WHERE l.merged_into IS NULL
       AND ($2::text IS NULL OR ${SHOWN_BAND} = $2) AND ($3::text IS NULL OR s.verdict = $3)
       AND ($4::text IS NULL OR l.lead_id > $4)
       ${onlyFound(query, '$6')}
     ORDER BY l.lead_id LIMIT $5`,
    [
      query.model,
      query.band ?? null,
      query.verdict ?? null,
      query.after?.leadId ?? null,
      wanted,
      query.found,
    ],
  )
  return rows
}

async function byDueResponse(pool: pg.Pool, query: RowQuery, wanted: number): Promise<Row[]> {
  const { model, band = null, verdict = null, after, responseEvents = [] } = query
  const { rows } = await pool.query<Row>(
    `SELECT ${LEAD_FIELDS}, ${SCORE_FIELDS}, due.due_at
     FROM (SELECT promise.subject_id, min(promise.due_at) AS due_at FROM wonlost.response_promises promise
            WHERE promise.subject_kind = 'lead' AND ${isUnanswered('promise', '$8')} GROUP BY promise.subject_id) due
     JOIN wonlost.leads l ON l.lead_id = due.subject_id AND l.merged_into IS NULL
     JOIN wonlost.scores s ON s.subject_kind = 'lead' AND s.subject_id = l.lead_id AND s.model = $1
     WHERE ($2::text IS NULL OR ${SHOWN_BAND} = $2) AND ($3::text IS NULL OR s.verdict = $3)
       AND ($4::timestamptz IS NULL OR (due.due_at, l.lead_id) > ($4, $5)) ${onlyFound(query, '$7')}
     ORDER BY due.due_at, l.lead_id LIMIT $6`,
    [
      model,
      band,
      verdict,
      after?.value == null ? null : new Date(after.value),
      after?.leadId ?? null,
      wanted,
      query.found,
      responseEvents,
    ],
  )
  return rows
}

function listed(row: Row, model: string): ListedLead {
  return {
    leadId: row.lead_id,
    accountId: row.account_id,
    createdAt: row.created_at.getTime(),
    score: listedScore(row, model),
  }
}
