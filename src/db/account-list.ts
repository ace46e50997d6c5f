/**
 * The queue of accounts, with the stored score of one model, page by page: as that of leads (lead-list.ts), by the same index. What
 * was merged away is not in it.
 */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import {
  isVerdict,
  type ListedScore,
  listedScore,
  SCORE_FIELDS,
  type ScoreRow,
  SHOWN_BAND,
} from './listed-score.ts'
import { companyNames } from './queue-details.ts'

export const ACCOUNT_SORTS = ['-score', 'score', 'account_id'] as const

/** `-score`: highest first. Accounts that were never scored, or have nobody in them, come last, in both orders. */
type AccountSort = (typeof ACCOUNT_SORTS)[number]

export interface ListedAccount {
  readonly accountId: string
  /** As it is known now, or else its domain. */
  readonly name: string | null
  readonly createdAt: Milliseconds
  /** null: not scored yet, or nobody is in it. */
  readonly score: ListedScore | null
}

/** The last account of a page; the next page begins after it. `rawPoints` null: among those without a score. */
export interface AccountPosition {
  readonly accountId: string
  readonly rawPoints: number | null
}

export interface AccountQuery {
  readonly model: string
  readonly sort: AccountSort
  /** Of the decision: a band of the policy, or disqualified or review. */
  readonly band?: string | undefined
  readonly verdict?: string | undefined
  readonly limit: number
  readonly after: AccountPosition | null
}

interface Row extends ScoreRow {
  account_id: string
  created_at: Date
}

const FIELDS = `a.account_id, a.created_at, ${SCORE_FIELDS}`

const SCORED = (order: string, beyond: string, idBeyond: string): string => `
  SELECT ${FIELDS} FROM wonlost.scores s JOIN wonlost.accounts a ON a.account_id = s.subject_id
   WHERE s.model = $1 AND s.subject_kind = 'account' AND a.merged_into IS NULL
     AND ($2::text IS NULL OR ${SHOWN_BAND} = $2) AND ($3::text IS NULL OR ${isVerdict('$3')})
     AND ($4::float8 IS NULL OR (s.raw_points ${beyond}= $4 AND (s.raw_points ${beyond} $4 OR s.subject_id ${idBeyond} $5)))
   ORDER BY ${order} LIMIT $6`

/** Both orders walk the index scores_queue, forwards or backwards. */
const BY_SCORE = {
  '-score': SCORED('s.raw_points DESC, s.subject_id ASC', '<', '>'),
  score: SCORED('s.raw_points ASC, s.subject_id DESC', '>', '<'),
} as const

/** $2, $3: band and verdict; $4: after this id; $5: only those without a score. */
const BY_ID = `
  SELECT ${FIELDS} FROM wonlost.accounts a
    LEFT JOIN wonlost.scores s ON s.subject_kind = 'account' AND s.subject_id = a.account_id AND s.model = $1
   WHERE a.merged_into IS NULL AND ($2::text IS NULL OR ${SHOWN_BAND} = $2) AND ($3::text IS NULL OR ${isVerdict('$3')})
     AND ($4::text IS NULL OR a.account_id > $4) AND (NOT $5 OR s.subject_id IS NULL)
   ORDER BY a.account_id LIMIT $6`

/** Up to `limit` accounts after a position, and the position that the next page begins after (null: there is no more). */
export async function listAccounts(
  pool: pg.Pool,
  query: AccountQuery,
): Promise<{ accounts: readonly ListedAccount[]; next: AccountPosition | null }> {
  // One more than asked tells whether there is a next page.
  const rows = await readRows(pool, query, query.limit + 1)
  const listed = rows.slice(0, query.limit)
  const names = await companyNames(
    pool,
    listed.map(({ account_id }) => account_id),
  )
  const accounts = listed.map((row) => toListed(row, query.model, names.get(row.account_id) ?? null))
  const last = accounts.at(-1)
  const isMore = rows.length > query.limit && last !== undefined
  return {
    accounts,
    next: isMore ? { accountId: last.accountId, rawPoints: last.score?.rawPoints ?? null } : null,
  }
}

async function readRows(pool: pg.Pool, query: AccountQuery, wanted: number): Promise<Row[]> {
  const { model, sort, band = null, verdict = null, after } = query
  const byId = async (onlyUnscored: boolean, afterId: string | null, limit: number): Promise<Row[]> => {
    const values = [model, band, verdict, afterId, onlyUnscored, limit]
    return (await pool.query<Row>(BY_ID, values)).rows
  }
  if (sort === 'account_id') return byId(false, after?.accountId ?? null, wanted)
  const isAmongUnscored = after !== null && after.rawPoints === null
  const values = [model, band, verdict, after?.rawPoints ?? null, after?.accountId ?? null, wanted]
  const scored = isAmongUnscored ? [] : (await pool.query<Row>(BY_SCORE[sort], values)).rows
  if (scored.length >= wanted || band !== null || verdict !== null) return scored
  return [...scored, ...(await byId(true, isAmongUnscored ? after.accountId : null, wanted - scored.length))]
}

function toListed(row: Row, model: string, name: string | null): ListedAccount {
  return {
    accountId: row.account_id,
    name,
    createdAt: row.created_at.getTime(),
    score: listedScore(row, model),
  }
}
