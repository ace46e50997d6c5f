/**
 * Changes of scores in the order of the history, for those who follow them. The ids of entries are given before their transactions commit: a
 * later id may be seen before an earlier one. Whoever has passed an id must never miss one below it, so `readHorizon` tells
 * up to which id all that there will ever be is there.
 */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'

/** Notified in transactions that write to the history. A notice is lost while reconnecting: look as well. */
export const SCORES_CHANNEL = 'wonlost_scores'

type Client = pg.Pool | pg.ClientBase

/** What a history entry says of a score. */
export interface ScoreState {
  readonly score: number
  readonly band: string
  readonly verdict: string
  /** Band of the decision. */
  readonly decisionBand: string
}

export interface HistoryStep {
  readonly historyId: number
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly model: string
  readonly segment: string
  readonly version: number
  readonly asOf: Milliseconds
  readonly cause: string
  /** The entry before; null: this is the first. */
  readonly from: ScoreState | null
  readonly to: ScoreState
}

export interface Horizon {
  /** Of the latest entry; 0: there is none. */
  readonly latest: number
  /** Transactions that may yet bring entries with smaller ids: those that write to the history now. Others, however long they take, do not count. */
  readonly writers: ReadonlySet<string>
}

/**
 * Of one moment. Who writes an entry locks the table first, then gets the id, and lets go of the lock only once the entry can be seen:
 * the latest entry is that of the snapshot, and the locks are read after it.
 */
export async function readHorizon(client: Client): Promise<Horizon> {
  const { rows } = await client.query<{ latest: number; writers: string[] }>(
    `SELECT (SELECT coalesce(max(history_id), 0) FROM wonlost.score_history) AS latest,
            ARRAY(SELECT virtualtransaction FROM pg_locks
                   WHERE locktype = 'relation' AND relation = 'wonlost.score_history'::regclass AND mode = 'RowExclusiveLock' AND granted
                     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS writers`,
  )
  const { latest, writers } = rows[0]!
  return { latest, writers: new Set(writers) }
}

interface StepRow {
  history_id: number
  subject_kind: SubjectKind
  subject_id: string
  model: string
  segment: string
  version: number
  as_of: Date
  cause: string
  score: number
  band: string
  verdict: string
  decision_band: string
  from_score: number | null
  from_band: string
  from_verdict: string
  from_decision_band: string
}

/**
 * Entries after `after` up to `upTo` (null: to the last), at most `limit` of them, in order. The entry before each is found among those of
 * its subject: by `+ 0` and `|| ''` nobody looks for it through all of the history, backwards, or through that of a whole model, which
 * PostgreSQL takes for short as long as the table was not analysed.
 */
export async function readSteps(
  client: Client,
  after: number,
  upTo: number | null,
  limit: number,
): Promise<readonly HistoryStep[]> {
  const { rows } = await client.query<StepRow>(
    `SELECT h.history_id, h.subject_kind, h.subject_id, h.model, h.segment, h.version, h.as_of, h.cause, h.score, h.band, h.verdict,
            h.decision_band, p.score AS from_score, p.band AS from_band, p.verdict AS from_verdict, p.decision_band AS from_decision_band
     FROM (SELECT * FROM wonlost.score_history
            WHERE history_id > $1 AND ($2::bigint IS NULL OR history_id <= $2) ORDER BY history_id LIMIT $3) h
     LEFT JOIN LATERAL (
       SELECT score, band, verdict, decision_band FROM wonlost.score_history before
        WHERE before.subject_kind = h.subject_kind AND before.subject_id = h.subject_id AND before.model || '' = h.model
          AND before.history_id < h.history_id
        ORDER BY before.history_id + 0 DESC LIMIT 1) p ON true
     ORDER BY h.history_id`,
    [after, upTo, limit],
  )
  return rows.map((row) => ({
    historyId: row.history_id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    model: row.model,
    segment: row.segment,
    version: row.version,
    asOf: row.as_of.getTime(),
    cause: row.cause,
    from:
      row.from_score === null
        ? null
        : {
            score: row.from_score,
            band: row.from_band,
            verdict: row.from_verdict,
            decisionBand: row.from_decision_band,
          },
    to: { score: row.score, band: row.band, verdict: row.verdict, decisionBand: row.decision_band },
  }))
}
