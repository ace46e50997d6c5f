/**
 * An override ends by itself. A stored answer under one holds what would be said without it; whoever reads stored answers makes those
 * of the past so first, so that an expiry needs nobody, and history has it at its moment. The bounds of the rules, which the override had
 * lifted, are part of what policies look at again. What it changed is marked in the same statement, to be compared with what was told
 * before (jobs/tell-by-time.ts). What is said of an account depends on all its people: its answer holds only when the first of their
 * overrides ends, and it is scored again then (jobs/end-overrides.ts).
 */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'
import { addHistory } from './save-scores.ts'

const dueOf = (kind: SubjectKind): string => `subject_kind = '${kind}' AND override_expires_at <= $1`
const DUE = dueOf('lead')

const END = `
  WITH due AS (
    SELECT subject_kind, subject_id, model, override_expires_at, verdict, decision ->> 'band' AS band FROM wonlost.scores WHERE ${DUE}
    ORDER BY subject_kind, subject_id, model FOR UPDATE),
  ended AS (
    UPDATE wonlost.scores s
    SET verdict = s.override #>> '{without_it,status}', decision = s.override #> '{without_it,decision}',
        policy_input = s.policy_input || jsonb_build_object('cap', s.verdict_bounds -> 'cap', 'raise', s.verdict_bounds -> 'raise'),
        override = NULL, override_expires_at = NULL
    FROM due WHERE (s.subject_kind, s.subject_id, s.model) = (due.subject_kind, due.subject_id, due.model)
    RETURNING s.subject_kind, s.subject_id, s.model, s.segment, s.version, due.override_expires_at AS as_of, s.policy_version,
      s.guardrails_version, s.probability, s.raw_points, s.score, s.band, s.verdict, s.decision, $1::timestamptz(3) AS scored_at),
  pending AS (
    INSERT INTO wonlost.announced (subject_kind, subject_id, band, verdict, by_score, revision, is_pending)
    SELECT DISTINCT ON (subject_kind, subject_id) subject_kind, subject_id, band, verdict, false, 0, true FROM due
    ON CONFLICT (subject_kind, subject_id) DO UPDATE SET is_pending = true)
  ${addHistory('ended.subject_kind', "'override'", 'ended')}`

/** Of leads. Call it before stored answers are read. Writes only where an override has expired since. */
export async function endExpiredOverrides(pool: pg.Pool, now: Milliseconds): Promise<void> {
  const { rowCount } = await pool.query(`SELECT FROM wonlost.scores WHERE ${DUE} LIMIT 1`, [new Date(now)])
  if (rowCount !== 0) await pool.query(END, [new Date(now)])
}

/** Accounts that were judged while somebody of them was overridden, which has ended since; and when. In order of id; of `accountId`, only that. */
export async function accountsToEnd(
  client: pg.Pool | pg.ClientBase,
  now: Milliseconds,
  accountId: string | null = null,
): Promise<{ readonly accountId: string; readonly endsAt: Milliseconds }[]> {
  const { rows } = await client.query<{ subject_id: string; ends_at: Date }>(
    `SELECT subject_id, min(override_expires_at) AS ends_at FROM wonlost.scores
     WHERE ${dueOf('account')} AND ($2::text IS NULL OR subject_id = $2) GROUP BY subject_id ORDER BY subject_id`,
    [new Date(now), accountId],
  )
  return rows.map(({ subject_id, ends_at }) => ({ accountId: subject_id, endsAt: ends_at.getTime() }))
}
