/**
 * What people said of scores and did about them, for the report of feedback. Nobody is counted twice: what was merged counts as one.
 * Times are half-open: [from, until).
 */
import type pg from 'pg'
import type { Milliseconds, SubjectKind } from '../glossary.ts'
import { COUNTED_PEOPLE } from './people.ts'

type Client = pg.Pool | pg.ClientBase

export interface Judgements {
  /** The band that was seen, after the verdict; null: the lead had no score. */
  readonly band: string | null
  readonly account: string
  readonly accepted: number
  /** By reason. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Of each person the last acceptance or rejection that happened in the time and was told before `until`: by band and account. */
export async function readJudgements(
  client: Client,
  { from, until }: { readonly from: Milliseconds; readonly until: Milliseconds },
): Promise<Judgements[]> {
  const { rows } = await client.query<{
    band: string | null
    account: string
    accepted: number
    rejected: Record<string, number> | null
  }>(
    `WITH ${COUNTED_PEOPLE},
     last AS (
       SELECT DISTINCT ON (root) root, kind, reason, seen_decision_band AS band
       FROM wonlost.feedback JOIN named ON named.lead_id = subject_id
       WHERE subject_kind = 'lead' AND kind IN ('accepted', 'rejected') AND occurred_at >= $1 AND occurred_at < $2 AND given_at < $2
       ORDER BY root, occurred_at DESC, feedback_id DESC),
     counted AS (
       SELECT band, account, kind, reason, count(*) AS n FROM last JOIN people USING (root) GROUP BY 1, 2, 3, 4)
     SELECT band, account, coalesce(sum(n) FILTER (WHERE kind = 'accepted'), 0) AS accepted,
       json_object_agg(reason, n) FILTER (WHERE kind = 'rejected') AS rejected
     FROM counted GROUP BY 1, 2 ORDER BY 1, 2`,
    [new Date(from), new Date(until)],
  )
  return rows.map((row) => ({ ...row, rejected: row.rejected ?? {} }))
}

/** Corrections told in the time, by trait; the most frequent first. */
export async function readCorrections(
  client: Client,
  { from, until }: { readonly from: Milliseconds; readonly until: Milliseconds },
): Promise<{ readonly of: SubjectKind; readonly trait: string; readonly count: number }[]> {
  const { rows } = await client.query<{ of: SubjectKind; trait: string; count: number }>(
    `SELECT trait_of AS of, trait, count(*) FROM wonlost.feedback
     WHERE subject_kind = 'lead' AND kind = 'corrected' AND given_at >= $1 AND given_at < $2
     GROUP BY 1, 2 ORDER BY 3 DESC, 2, 1`,
    [new Date(from), new Date(until)],
  )
  return rows
}

/** A lead came into a band that promises a response: from a lower one, from outside the bands, or by its first score. */
export interface BandEntry {
  readonly band: string
  readonly account: string
  readonly enteredAt: Milliseconds
  /** It fell to a lower band or out of the bands, or was rejected; null: not until then. */
  readonly leftAt: Milliseconds | null
  /** The first contact that was told, or the first event that is one; null: none until then. */
  readonly respondedAt: Milliseconds | null
}

export interface EntryQuery {
  readonly model: string
  readonly from: Milliseconds
  readonly until: Milliseconds
  /** Names of all bands, the lowest first. */
  readonly bands: readonly string[]
  /** Bands, or outcomes of verdicts, that promise a response. */
  readonly promising: readonly string[]
  /** Types of events that are a response. */
  readonly responseEvents: readonly string[]
  /** Causes of scorings by which other versions than before promise nothing. */
  readonly quietCauses: readonly string[]
}

/** Of each lead its first entry into each band in the time. The clock is that of the scoring: nobody could see a band before. */
export async function readEntries(client: Client, query: EntryQuery): Promise<BandEntry[]> {
  const { rows } = await client.query<{
    band: string
    account: string
    entered_at: Date
    left_at: Date | null
    responded_at: Date | null
  }>(
    `WITH ${COUNTED_PEOPLE},
     said AS (
       SELECT h.subject_id AS root, h.decision_band AS band, h.scored_at, h.history_id,
         lag(h.decision_band) OVER past AS band_before,
         -- A scoring by other versions always has an entry: the one before it says by which it was.
         h.cause = ANY($7) AND lag(h.version) OVER past IS NOT NULL
           AND (h.version, h.policy_version, h.guardrails_version) IS DISTINCT FROM
             (lag(h.version) OVER past, lag(h.policy_version) OVER past, lag(h.guardrails_version) OVER past) AS is_quiet
       FROM wonlost.score_history h
       WHERE h.subject_kind = 'lead' AND h.model = $1 AND h.scored_at < $3
         AND h.subject_id IN (SELECT subject_id FROM wonlost.score_history
                              WHERE subject_kind = 'lead' AND model = $1 AND scored_at >= $2 AND scored_at < $3)
       WINDOW past AS (PARTITION BY h.subject_id ORDER BY h.history_id)),
     moved AS (
       SELECT said.*, lead(band) OVER w AS band_after, lead(scored_at) OVER w AS moved_at
       FROM said WHERE band_before IS DISTINCT FROM band
       WINDOW w AS (PARTITION BY root ORDER BY history_id)),
     entered AS (
       SELECT DISTINCT ON (root, band) root, band, scored_at AS entered_at,
         -- Upwards the promise of the higher band comes on top; this one stays.
         CASE WHEN array_position($4, band) <= coalesce(array_position($4, band_after), 0) THEN NULL ELSE moved_at END AS left_at
       FROM moved
       WHERE scored_at >= $2 AND band = ANY($5) AND NOT is_quiet
         AND (array_position($4, band) IS NULL OR coalesce(array_position($4, band_before), 0) < array_position($4, band))
       ORDER BY root, band, history_id),
     told AS (
       SELECT root, kind, occurred_at FROM wonlost.feedback JOIN named ON named.lead_id = subject_id
       WHERE subject_kind = 'lead' AND kind IN ('contacted', 'rejected') AND occurred_at < $3 AND given_at < $3),
     answered AS (
       SELECT entered.root, band, min(occurred_at) FILTER (WHERE kind = 'contacted') AS told_at,
         min(occurred_at) FILTER (WHERE kind = 'rejected') AS rejected_at
       FROM entered JOIN told ON told.root = entered.root AND occurred_at >= entered_at GROUP BY 1, 2),
     happened AS (
       SELECT entered.root, band, min(occurred_at) AS happened_at
       FROM entered JOIN named ON named.root = entered.root JOIN wonlost.events event ON event.lead_id = named.lead_id
         AND event.type = ANY($6) AND occurred_at >= entered_at AND occurred_at < $3 AND known_at < $3 GROUP BY 1, 2)
     SELECT band, account, entered_at, least(left_at, rejected_at) AS left_at, least(told_at, happened_at) AS responded_at
     FROM entered JOIN people USING (root) LEFT JOIN answered USING (root, band) LEFT JOIN happened USING (root, band)
     ORDER BY root, band`,
    [
      query.model,
      new Date(query.from),
      new Date(query.until),
      query.bands,
      query.promising,
      query.responseEvents,
      query.quietCauses,
    ],
  )
  return rows.map((row) => ({
    band: row.band,
    account: row.account,
    enteredAt: row.entered_at.getTime(),
    leftAt: row.left_at?.getTime() ?? null,
    respondedAt: row.responded_at?.getTime() ?? null,
  }))
}
