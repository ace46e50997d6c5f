/**
 * What became of scored leads, for the report of feedback: stages reached, deals opened and won. Nobody is counted twice: what was
 * merged counts as one. Times are half-open: [from, until).
 */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { COUNTED_PEOPLE } from './people.ts'

type Client = pg.Pool | pg.ClientBase

/** In this order: whoever reached one has reached those before it. */
export const STAGES = [
  'marketing_qualified',
  'accepted',
  'sales_qualified',
  'opportunity',
  'customer',
] as const
export type Stage = (typeof STAGES)[number]

export type Side = 'above' | 'below' | 'outside'

/** Leads of one account on one side of the line. By stage: who could still reach it, and who did within the horizon. */
export interface StageCounts {
  readonly account: string
  readonly side: Side
  readonly leads: number
  readonly atRisk: readonly number[]
  readonly reached: readonly number[]
}

export interface StageQuery {
  readonly model: string
  readonly pipeline: string
  /** Leads that had a score at `from`, and those that got their first one after it, before `until`. */
  readonly from: Milliseconds
  readonly until: Milliseconds
  readonly horizon: Milliseconds
  /** Names of all bands, the lowest first, and those above the line. */
  readonly bands: readonly string[]
  readonly above: readonly string[]
}

/** Where a stage is written down: as a stage of a deal or as an event. Deals themselves say of the last two. */
const WRITTEN: readonly (readonly [Stage, readonly string[]])[] = [
  ['marketing_qualified', ['marketing_qualified', 'mql']],
  ['accepted', ['accepted', 'sales_accepted', 'sal']],
  ['sales_qualified', ['sales_qualified', 'sql']],
]

/** Stages that anybody writes down. Of the others is only known that whoever reached a later one has reached them. */
export async function readWrittenStages(client: Client, pipeline: string): Promise<ReadonlySet<Stage>> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT type AS name FROM wonlost.events WHERE type = ANY($1) GROUP BY 1
     UNION SELECT stage FROM wonlost.deal_stages JOIN wonlost.deals USING (deal_id) WHERE pipeline = $2 AND stage = ANY($1) GROUP BY 1
     UNION SELECT 'accepted' FROM wonlost.feedback WHERE subject_kind = 'lead' AND kind = 'accepted'`,
    [WRITTEN.flatMap(([, names]) => names), pipeline],
  )
  const found = new Set(rows.map(({ name }) => name))
  const written = WRITTEN.flatMap(([stage, names]) => (names.some((name) => found.has(name)) ? [stage] : []))
  return new Set<Stage>([...written, 'opportunity', 'customer'])
}

/**
 * Each lead once, by the band that it had at that moment; what it reached before it does not count. The clock is that of the scoring, not
 * what it was as of: nobody could act on a band that was not computed yet.
 */
export async function readStages(client: Client, query: StageQuery): Promise<StageCounts[]> {
  const last = STAGES.length - 1
  const { rows } = await client.query<
    { account: string; side: Side; leads: number } & Record<string, number>
  >(
    `WITH ${COUNTED_PEOPLE},
     placed AS (
       SELECT DISTINCT ON (subject_id) subject_id AS root, decision_band AS band, greatest(scored_at, $3) AS at
       FROM wonlost.score_history WHERE subject_kind = 'lead' AND model = $1 AND scored_at < $4
       ORDER BY subject_id, greatest(scored_at, $3), scored_at DESC, history_id DESC),
     told AS (
       SELECT root, stage, min(at) AS at FROM (
         SELECT lead_id, type AS stage, occurred_at AS at FROM wonlost.events WHERE type = ANY($6) AND lead_id IS NOT NULL
         UNION ALL SELECT contact.lead_id, stage, entered_at FROM wonlost.deal_stages JOIN wonlost.deals USING (deal_id)
           JOIN wonlost.deal_contacts contact USING (deal_id) WHERE pipeline = $2 AND stage = ANY($6)
         UNION ALL SELECT subject_id, 'accepted', occurred_at FROM wonlost.feedback WHERE subject_kind = 'lead' AND kind = 'accepted'
         UNION ALL SELECT contact.lead_id, 'opportunity', opened_at FROM wonlost.deals JOIN wonlost.deal_contacts contact USING (deal_id)
           WHERE pipeline = $2
         UNION ALL SELECT contact.lead_id, 'customer', closed_at FROM wonlost.deals JOIN wonlost.deal_contacts contact USING (deal_id)
           WHERE pipeline = $2 AND outcome = 'won') reached JOIN named USING (lead_id)
       GROUP BY root, stage),
     reached AS (
       SELECT root, ${STAGES.map((stage, place) => `min(at) FILTER (WHERE stage = ANY('{${namesOf(stage)}}')) AS own_${place}`).join(', ')}
       FROM told GROUP BY root),
     stages AS (
       SELECT root, ${STAGES.map(
         (_, place) =>
           `least(${STAGES.slice(place)
             .map((_stage, i) => `own_${place + i}`)
             .join(', ')}) AS at_${place}`,
       ).join(', ')}
       FROM reached)
     SELECT account, side, count(*) AS leads,
       ${STAGES.map(
         (_, place) => `count(*) FILTER (WHERE at_${place} IS NULL OR at_${place} >= at) AS risk_${place},
       count(*) FILTER (WHERE at_${place} >= at AND at_${place} < at + $5::float8 * interval '1 millisecond') AS reached_${place}`,
       ).join(',\n       ')}
     FROM (SELECT placed.*, CASE WHEN band = ANY($8) THEN 'above' WHEN band = ANY($7) THEN 'below' ELSE 'outside' END AS side FROM placed) placed
       JOIN people USING (root) LEFT JOIN stages USING (root)
     WHERE at_${last} IS NULL OR at_${last} >= at
     GROUP BY account, side ORDER BY account, side`,
    [
      query.model,
      query.pipeline,
      new Date(query.from),
      new Date(query.until),
      query.horizon,
      WRITTEN.flatMap(([, names]) => names),
      query.bands,
      query.above,
    ],
  )
  return rows.map((row) => ({
    account: row.account,
    side: row.side,
    leads: row.leads,
    atRisk: STAGES.map((_, place) => Number(row[`risk_${place}`])),
    reached: STAGES.map((_, place) => Number(row[`reached_${place}`])),
  }))
}

function namesOf(stage: Stage): string {
  return (WRITTEN.find(([name]) => name === stage)?.[1] ?? [stage]).join(',')
}

/** When the model said something of a lead for the first time; null: never yet. */
export async function firstScoring(client: Client, model: string): Promise<Milliseconds | null> {
  const { rows } = await client.query<{ first: Date | null }>(
    `SELECT min(scored_at) AS first FROM wonlost.score_history WHERE subject_kind = 'lead' AND model = $1`,
    [model],
  )
  return rows[0]?.first?.getTime() ?? null
}

/** The first deal of an account in a time. */
export interface OpenedDeal {
  readonly openedAt: Milliseconds
  /** null: not won, or not until `until`. */
  readonly wonAt: Milliseconds | null
}

/** With `model`: only where it had scored a contact before the deal was opened. */
export async function readOpenedDeals(
  client: Client,
  query: {
    readonly pipeline: string
    readonly from: Milliseconds
    readonly until: Milliseconds
    readonly model: string | null
  },
): Promise<OpenedDeal[]> {
  const { rows } = await client.query<{ opened_at: Date; won_at: Date | null }>(
    `WITH ${COUNTED_PEOPLE}
     SELECT DISTINCT ON (account) opened_at, CASE WHEN outcome = 'won' THEN closed_at END AS won_at
     FROM wonlost.deals JOIN wonlost.deal_contacts contact USING (deal_id) JOIN named USING (lead_id) JOIN people USING (root)
     WHERE pipeline = $1 AND opened_at >= $2 AND opened_at < $3
       AND ($4::text IS NULL OR EXISTS (
         SELECT FROM wonlost.score_history h
         WHERE h.subject_kind = 'lead' AND h.model = $4 AND h.subject_id IN (contact.lead_id, root) AND h.scored_at <= opened_at))
     ORDER BY account, opened_at, deal_id`,
    [query.pipeline, new Date(query.from), new Date(query.until), query.model],
  )
  return rows.map((row) => ({ openedAt: row.opened_at.getTime(), wonAt: row.won_at?.getTime() ?? null }))
}
