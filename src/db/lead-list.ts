/**
 * The queue: leads with their stored score for one model, page by page. Keyset pages: a page costs the same wherever it is.
 * What was merged away is not in it.
 */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { type ListedScore, listedScore, SCORE_FIELDS, type ScoreRow, SHOWN_BAND } from './listed-score.ts'
import { personAccount, personCreatedAt, rootAccount } from './people.ts'

export const LEAD_SORTS = ['-score', 'score', '-expected_value', 'expected_value', 'lead_id'] as const

/**
 * `-score`: highest first. Leads without a score come last, in both orders. `-expected_value` is an order of whom to call: who has no
 * value, or is not eligible, comes last.
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
  readonly limit: number
  readonly after: LeadPosition | null
}

interface Row extends ScoreRow {
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
  const column = columnOf(query.sort)
  const rows = column === null ? await byId(pool, query, wanted) : await byValue(pool, query, column, wanted)
  const leads = rows.slice(0, query.limit).map((row) => listed(row, query.model))
  const last = leads.at(-1)
  const next =
    rows.length > query.limit && last
      ? { leadId: last.leadId, value: column && placeOf(rows[leads.length - 1]!, column) }
      : null
  return { leads, next }
}

type SortedColumn = (typeof COLUMNS)[keyof typeof COLUMNS]

function columnOf(sort: LeadSort): SortedColumn | null {
  if (sort === 'lead_id') return null
  return COLUMNS[sort.replace('-', '') as keyof typeof COLUMNS]
}

/** null: among those without a place. */
function placeOf(row: Row, column: SortedColumn): number | null {
  return column === 'expected_value' && row.verdict !== 'eligible' ? null : row[column]
}

async function byValue(
  pool: pg.Pool,
  query: LeadQuery,
  column: SortedColumn,
  wanted: number,
): Promise<Row[]> {
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
       ORDER BY ${order} LIMIT $6`,
      [model, band, verdict, after?.value ?? null, after?.leadId ?? null, wanted],
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
     ORDER BY l.lead_id LIMIT $5`,
    [model, band, verdict, after?.value === null ? after.leadId : null, wanted - valued.length],
  )
  return [...valued, ...others]
}

async function byId(pool: pg.Pool, query: LeadQuery, wanted: number): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `SELECT ${LEAD_FIELDS}, ${SCORE_FIELDS}
     FROM wonlost.leads l
     LEFT JOIN wonlost.scores s ON s.subject_kind = 'lead' AND s.subject_id = l.lead_id AND s.model = $1
     WHERE l.merged_into IS NULL
       AND ($2::text IS NULL OR ${SHOWN_BAND} = $2) AND ($3::text IS NULL OR s.verdict = $3)
       AND ($4::text IS NULL OR l.lead_id > $4)
     ORDER BY l.lead_id LIMIT $5`,
    [query.model, query.band ?? null, query.verdict ?? null, query.after?.leadId ?? null, wanted],
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
