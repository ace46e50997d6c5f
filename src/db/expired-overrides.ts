/**
 * An override ends by itself. A stored answer under one holds what would be said without it; whoever reads stored answers makes those
 * of the past so first, so that an expiry needs nobody, and history has it at its moment. What it changed is marked in the same statement,
 * to be compared with what was told before (jobs/announce-pending.ts).
 */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { addHistory } from './save-scores.ts'

const DUE = 'override_expires_at <= $1'

const END = `
  WITH due AS (
    SELECT subject_kind, subject_id, model, override_expires_at, verdict, decision ->> 'band' AS band FROM wonlost.scores WHERE ${DUE}
    ORDER BY subject_kind, subject_id, model FOR UPDATE),
  ended AS (
    UPDATE wonlost.scores s
    SET verdict = s.override #>> '{without_it,status}', decision = s.override #> '{without_it,decision}',
        override = NULL, override_expires_at = NULL
    FROM due WHERE (s.subject_kind, s.subject_id, s.model) = (due.subject_kind, due.subject_id, due.model)
    RETURNING s.subject_kind, s.subject_id, s.model, s.segment, s.version, due.override_expires_at AS as_of, s.policy_version,
      s.guardrails_version, s.probability, s.raw_points, s.score, s.band, s.verdict, s.decision, $1::timestamptz(3) AS scored_at),
  pending AS (
    INSERT INTO wonlost.announced (subject_kind, subject_id, band, verdict, by_score, revision, is_pending)
    SELECT DISTINCT ON (subject_kind, subject_id) subject_kind, subject_id, band, verdict, false, 0, true FROM due
    ON CONFLICT (subject_kind, subject_id) DO UPDATE SET is_pending = true)
  ${addHistory('ended.subject_kind', "'override'", 'ended')}`

/** Call it before stored answers are read. Writes only where an override has expired since. */
export async function endExpiredOverrides(pool: pg.Pool, now: Milliseconds): Promise<void> {
  const { rowCount } = await pool.query(`SELECT FROM wonlost.scores WHERE ${DUE} LIMIT 1`, [new Date(now)])
  if (rowCount !== 0) await pool.query(END, [new Date(now)])
}
