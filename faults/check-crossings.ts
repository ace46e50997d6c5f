/** Whether each crossing of the history has its row of the outbox, and only one. */
import type pg from 'pg'
import { withTransaction } from '../src/db/database.ts'
import type { SubjectKind } from '../src/glossary.ts'
import { accountModelsOf } from '../src/scoring/account-models.ts'
import type { Engine } from '../src/scoring/engine.ts'
import {
  type CrossingRules,
  type CrossingText,
  crossingText,
  deriveCrossings,
  type HistoryEntry,
} from './crossings.ts'
import { compareOnce, type Findings } from './findings.ts'

interface CheckedCrossings {
  readonly crossings: number
  readonly findings: Findings
}

/** @param untold The last entry of the history of which nobody was to be told. */
export async function checkCrossings(
  pool: pg.Pool,
  engine: Engine,
  untold: number,
): Promise<CheckedCrossings> {
  return withTransaction(pool, (client) => check(client, engine, untold), AT_ONE_MOMENT)
}

/** A sweep may be at work: history and outbox are those of one moment. */
const AT_ONE_MOMENT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

async function check(client: pg.PoolClient, engine: Engine, untold: number): Promise<CheckedCrossings> {
  const { rows } = await client.query<HistoryEntry>(
    `SELECT history_id AS "historyId", subject_kind AS kind, subject_id AS "subjectId", model,
       to_char(as_of AT TIME ZONE 'UTC', 'HH24:MI:SS.MS') AS "asOf", raw_points AS "rawPoints", band,
       decision_band AS "decisionBand", verdict
     FROM wonlost.score_history ORDER BY history_id`,
  )
  const crossings = deriveCrossings(rows, { ...rulesOf(engine), untold })
  return {
    crossings: crossings.length,
    findings: compareOnce('crossing', crossings, await outbox(client)),
  }
}

function rulesOf({ policy, ...engine }: Engine): Omit<CrossingRules, 'untold'> {
  const asks = ({ respond_within }: { readonly respond_within: string | null }): boolean =>
    respond_within !== null
  return {
    bands: policy.bands,
    asking: new Set([
      ...policy.bands.filter(asks).map(({ name }) => name),
      ...Object.entries(policy.verdicts).flatMap(([name, action]) => (asks(action) ? [name] : [])),
    ]),
    hysteresisPoints: policy.actions.hysteresis_points,
    decidedBy: {
      lead: policy.decided_by,
      account: accountModelsOf({ policy, ...engine }).policy.decided_by,
    },
  }
}

interface OutboxRow {
  readonly kind: SubjectKind
  readonly subjectId: string
  readonly asOf: string
  readonly bandFrom: string | null
  readonly bandTo: string
  readonly verdictFrom: string | null
  readonly verdictTo: string
}

async function outbox(client: pg.PoolClient): Promise<CrossingText[]> {
  const { rows } = await client.query<OutboxRow>(
    `SELECT subject_kind AS kind, subject_id AS "subjectId", to_char(as_of AT TIME ZONE 'UTC', 'HH24:MI:SS.MS') AS "asOf",
       band_from AS "bandFrom", band_to AS "bandTo", verdict_from AS "verdictFrom", verdict_to AS "verdictTo"
     FROM wonlost.outbox WHERE kind = 'change'`,
  )
  return rows.map(({ kind, subjectId, asOf, bandFrom, bandTo, verdictFrom, verdictTo }) => {
    const from = bandFrom === null ? null : { band: bandFrom, verdict: verdictFrom! }
    return crossingText({ kind, subjectId, asOf, from, to: { band: bandTo, verdict: verdictTo } })
  })
}
