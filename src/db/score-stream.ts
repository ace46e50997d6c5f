/** The stored scores of all leads, read in flat memory and in one snapshot of the database. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { SCORE_COLUMNS, type ScoreRow, type StoredScore, toStoredScore } from './scores.ts'
import { inSnapshot } from './snapshot.ts'

export interface LeadScores {
  readonly leadId: string
  /** At least one, by name of the model. */
  readonly scores: readonly StoredScore[]
}

export interface ScorePage {
  readonly leads: readonly LeadScores[]
  /** Leads looked at so far, of how many. */
  readonly done: number
  readonly total: number
}

export interface ScoreSelection {
  readonly models: readonly string[]
  /**
   * Only leads of whom one of these models gave another score, band or verdict at this time or later. A rescoring that came to
   * the same does not count, nor does another version of a model that came to the same. Another version of the policy counts for
   * all, another one of the guardrails for whom a rule holds: what they said before of grades, actions and reasons is not kept.
   */
  readonly changedSince: Milliseconds | null
}

const PAGE = 1_000

/** Those that were merged into another are not leads of their own. Leads with an account first, by account and lead: who belongs together comes together, and facts are read once. */
const NEXT_LEADS = [
  `SELECT lead_id, account_id FROM wonlost.leads
    WHERE merged_into IS NULL AND account_id IS NOT NULL AND (account_id, lead_id) > ($1, $2) ORDER BY account_id, lead_id LIMIT ${PAGE}`,
  `SELECT lead_id, '' AS account_id FROM wonlost.leads
    WHERE merged_into IS NULL AND account_id IS NULL AND $1 = '' AND lead_id > $2 ORDER BY lead_id LIMIT ${PAGE}`,
]

/** What people see of an entry. */
const seen = (entry: string): string =>
  `${entry}.score, ${entry}.band, ${entry}.verdict, ${entry}.decision_band, ${entry}.policy_version,
           CASE WHEN ${entry}.verdict <> 'eligible' THEN ${entry}.guardrails_version END`

/** History has an entry also where only versions of a model changed: each is compared with the one before it. $1 leads, $2 models, $3 time. */
const SCORES = `SELECT ${SCORE_COLUMNS.join(', ')} FROM wonlost.scores
  WHERE subject_kind = 'lead' AND subject_id = ANY($1) AND model = ANY($2)
    AND ($3::timestamptz IS NULL OR subject_id IN (
      SELECT h.subject_id FROM wonlost.score_history h
        LEFT JOIN LATERAL (
          SELECT ${seen('p')} FROM wonlost.score_history p
           WHERE p.subject_kind = 'lead' AND p.subject_id = h.subject_id AND p.model = h.model AND p.history_id < h.history_id
           ORDER BY p.history_id DESC LIMIT 1) before ON true
       WHERE h.subject_kind = 'lead' AND h.subject_id = ANY($1) AND h.model = ANY($2) AND h.scored_at >= $3
         AND ROW(${seen('h')}) IS DISTINCT FROM before))
  ORDER BY subject_id, model`

/** Page after page, until all leads were looked at. */
export function streamScores(
  pool: pg.Pool,
  { models, changedSince }: ScoreSelection,
): AsyncGenerator<ScorePage, void, undefined> {
  const since = changedSince === null ? null : new Date(changedSince)
  return inSnapshot(pool, async function* (client) {
    const { rows: counted } = await client.query<{ count: number }>(
      'SELECT count(*) FROM wonlost.leads WHERE merged_into IS NULL',
    )
    const total = counted[0]?.count ?? 0
    let done = 0
    for (const sql of NEXT_LEADS) {
      let last = { account_id: '', lead_id: '' }
      for (;;) {
        const { rows: leads } = await client.query<typeof last>(sql, [last.account_id, last.lead_id])
        last = leads.at(-1) ?? last
        if (leads.length === 0) break
        const ids = leads.map(({ lead_id }) => lead_id)
        const { rows } = await client.query<ScoreRow>(SCORES, [ids, models, since])
        done += ids.length
        yield { leads: byLead(ids, rows), done, total }
      }
    }
  })
}

/** In the order of the ids. */
function byLead(ids: readonly string[], rows: readonly ScoreRow[]): LeadScores[] {
  const scores = new Map<string, StoredScore[]>(ids.map((leadId) => [leadId, []]))
  for (const row of rows) scores.get(row.subject_id)?.push(toStoredScore('lead', row))
  return ids.flatMap((leadId) => {
    const found = scores.get(leadId) ?? []
    return found.length === 0 ? [] : [{ leadId, scores: found }]
  })
}

/** Which models there are scores of, and the time of the latest scoring; null: nothing was scored yet. */
export async function scoredModels(
  pool: pg.Pool,
): Promise<{ readonly models: readonly string[]; readonly latest: Milliseconds | null }> {
  const { rows } = await pool.query<{ model: string; latest: Date }>(
    `SELECT model, max(scored_at) AS latest FROM wonlost.scores WHERE subject_kind = 'lead' GROUP BY model ORDER BY model`,
  )
  const latest = rows.reduce((time, row) => Math.max(time, row.latest.getTime()), Number.NEGATIVE_INFINITY)
  return { models: rows.map(({ model }) => model), latest: rows.length === 0 ? null : latest }
}
