/** Leads by fit and intent: how many there are where. */
import type pg from 'pg'
import { SHOWN_BAND } from './listed-score.ts'
import { IS_ROOT, scoreSample } from './score-sample.ts'

export interface GridQuery {
  /** That decides: with its score stands where the lead is. */
  readonly model: string
  /** Width and height of a bin, in points. */
  readonly size: number
  /** Of the decision; undefined: any. */
  readonly band?: string | undefined
}

interface GridBin {
  /** Where the bin begins. 100 is in the one before. */
  readonly fit: number
  readonly intent: number
  readonly leads: number
}

export interface GridCounts {
  readonly bins: readonly GridBin[]
  /** Of the stored scores that were looked at, from above 0 to 1; below it, counts are estimates. */
  readonly share: number
}

/** Leads that are counted one by one. All of them are read from an index alone; of a band, from the table. */
const MOST = { all: 2_000_000, band: 100_000 } as const

/** Of leads that have both scores. `most`: for tests. */
export async function countGrid(
  pool: pg.Pool,
  query: GridQuery,
  most: number = query.band === undefined ? MOST.all : MOST.band,
): Promise<GridCounts> {
  const counted = await count(pool, query, '', most + 1)
  const leads = counted.reduce((sum, bin) => sum + bin.leads, 0)
  if (leads <= most) return { bins: counted, share: 1 }
  const { clause, share } = await scoreSample(pool)
  const bins = await count(pool, query, clause, null)
  return { bins: bins.map((bin) => ({ ...bin, leads: Math.round(bin.leads / share) })), share }
}

/** `sample`: follows the table; `limit` null: none. */
async function count(
  pool: pg.Pool,
  { model, size, band }: GridQuery,
  sample: string,
  limit: number | null,
): Promise<readonly GridBin[]> {
  // A bin of one point holds that score; wider ones share out 0 to 100, so the last holds 100 as well.
  const last = size === 1 ? 100 : 99
  const binOf = (score: string): string => `$2 * (least(${score}, ${last}) / $2::integer)`
  const values = band === undefined ? [model, size, limit] : [model, size, limit, band]
  const { rows } = await pool.query<GridBin>(
    `SELECT ${binOf('fit_score')} AS fit, ${binOf('intent_score')} AS intent, count(*) AS leads
     FROM (SELECT s.fit_score, s.intent_score FROM wonlost.scores s ${sample}
       WHERE s.model = $1 AND s.subject_kind = 'lead' AND s.fit_score IS NOT NULL AND s.intent_score IS NOT NULL
         ${band === undefined ? '' : `AND ${SHOWN_BAND} = $4`} AND ${IS_ROOT} LIMIT $3) placed
     GROUP BY 1, 2 ORDER BY 1, 2`,
    values,
  )
  return rows
}
