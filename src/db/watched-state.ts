/** What those who watch a running system count: of the present, without anything about a person. */
import type pg from 'pg'
import type { SubjectKind } from '../glossary.ts'

type Client = pg.Pool | pg.ClientBase

export interface WebhookBacklog {
  /** Messages that are still to be delivered. */
  readonly pending: number
  /** How long the one that is due longest has been due; 0: none is. */
  readonly dueSeconds: number
  /** Crossings whose messages are still to be written. */
  readonly unrelayed: number
  readonly disabledEndpoints: number
}

export async function webhookBacklog(client: Client): Promise<WebhookBacklog> {
  const { rows } = await client.query<WebhookBacklog>(
    `SELECT (SELECT count(*) FROM wonlost.webhook_messages WHERE state = 'pending') AS pending,
            (SELECT greatest(0, coalesce(extract(epoch FROM clock_timestamp() - min(next_attempt_at)), 0))::float8
               FROM wonlost.webhook_messages WHERE state = 'pending') AS "dueSeconds",
            (SELECT count(*) FROM wonlost.outbox WHERE relayed_at IS NULL) AS unrelayed,
            (SELECT count(*) FROM wonlost.webhook_endpoints WHERE disabled_at IS NOT NULL) AS "disabledEndpoints"`,
  )
  return rows[0]!
}

/** Ever, by the numbers that were given: also of those that were deleted since. */
export async function rejectedMessagesEver(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('wonlost.rejected_messages', 'rejection')::regclass), 0) AS count`,
  )
  return rows[0]!.count
}

/** Names that the mapping file does not have, and how often they came. */
export async function unknownNameCounts(
  client: Client,
): Promise<readonly { readonly kind: string; readonly names: number; readonly times: number }[]> {
  const { rows } = await client.query<{ kind: string; names: number; times: number }>(
    'SELECT kind, count(*) AS names, sum(times)::float8 AS times FROM wonlost.unknown_names GROUP BY kind ORDER BY kind',
  )
  return rows
}

export interface ScoreCount {
  readonly model: string
  readonly subjectKind: SubjectKind
  readonly band: string
  readonly verdict: string
  readonly count: number
}

/** Reads all scores. */
export async function scoreCounts(client: Client): Promise<readonly ScoreCount[]> {
  const { rows } = await client.query<ScoreCount>(
    `SELECT model, subject_kind AS "subjectKind", band, verdict, count(*) AS count FROM wonlost.scores
     GROUP BY model, subject_kind, band, verdict ORDER BY model, subject_kind, band, verdict`,
  )
  return rows
}

export interface RuleCount {
  readonly rule: string
  readonly action: string
  readonly subjectKind: SubjectKind
  readonly count: number
}

/** For how many subjects each rule holds. All scores of a subject have the same rules: those of one model are read for each. */
export async function ruleCounts(client: Client): Promise<readonly RuleCount[]> {
  const { rows } = await client.query<RuleCount>(
    `SELECT rule ->> 'id' AS rule, rule ->> 'action' AS action, subject_kind AS "subjectKind", count(DISTINCT subject_id) AS count
     FROM wonlost.scores CROSS JOIN LATERAL jsonb_array_elements(verdict_rules) rule
     WHERE verdict_rules <> '[]' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  )
  return rows
}

export interface MonitorFigure {
  readonly name: string
  /** '' is the model for everyone. */
  readonly segment: string
  readonly verdict: string
  readonly ranAtSeconds: number
  /** Limits that were crossed. */
  readonly crossed: readonly string[]
  /** By age at which leads were compared. */
  readonly drift: readonly {
    readonly set: string
    readonly psi: number
    readonly psi_above_chance: number
    /** Of the column that drifted most. */
    readonly most: number | null
  }[]
}

/** Of the last run about each model. */
export async function lastMonitorFigures(client: Client): Promise<readonly MonitorFigure[]> {
  const { rows } = await client.query<MonitorFigure>(
    `SELECT name, segment, verdict, extract(epoch FROM created_at)::float8 AS "ranAtSeconds",
       jsonb_path_query_array(report, '$.crossed[*].limit') AS crossed,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('set', d ->> 'set', 'psi', d #> '{score,psi}',
                 'psi_above_chance', d #> '{score,psi_above_chance}',
                 'most', (SELECT max((c ->> 'psi_above_chance')::float8) FROM jsonb_array_elements(d -> 'columns') c))), '[]')
          FROM jsonb_path_query(report, '$.drift[*]') d) AS drift
     FROM (SELECT DISTINCT ON (name, segment) * FROM wonlost.monitor_runs ORDER BY name, segment, run_id DESC) last
     ORDER BY name, segment`,
  )
  return rows
}

/** Leads whose scores changed last, the latest first. */
export async function latestScoredLeads(client: Client, limit: number): Promise<readonly string[]> {
  const { rows } = await client.query<{ lead_id: string }>(
    `SELECT subject_id AS lead_id FROM (
       SELECT subject_kind, subject_id, history_id FROM wonlost.score_history ORDER BY history_id DESC LIMIT $1) latest
     WHERE subject_kind = 'lead' GROUP BY subject_id ORDER BY max(history_id) DESC LIMIT $2`,
    [8 * limit, limit],
  )
  return rows.map(({ lead_id }) => lead_id)
}
