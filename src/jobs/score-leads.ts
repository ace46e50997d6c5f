/** Scores many leads and keeps the scores: streamed, in flat memory, a transaction a batch, so that it can be stopped and repeated. */
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { loadOverrides } from '../db/overrides.ts'
import { streamRecords } from '../db/records.ts'
import { saveScores } from '../db/scores.ts'
import type { AccountRecord, LeadRecord, Milliseconds, ReportProgress } from '../glossary.ts'
import { type Engine, scoreLead } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { toStoredScores } from './stored-lead.ts'

export interface ScoreSummary {
  readonly leads: number
  /** History entries written: scores that are new, or that people would see change. */
  readonly changed: number
  /** Leads by band of the decision, and by verdict. */
  readonly bands: Readonly<Record<string, number>>
  readonly verdicts: Readonly<Record<string, number>>
}

const BATCH = 500

export async function scoreLeads(
  pool: pg.Pool,
  engine: Engine,
  options: {
    readonly asOf: Milliseconds
    readonly scoredAt: Milliseconds
    /** Kept in the history: why scores moved. */
    readonly cause: string
    /** Also explain; only worth it for somebody who reads it in `onScored`. */
    readonly explain?: boolean
    readonly onScored?: (scored: ScoredLead) => void
    readonly report?: ReportProgress
    readonly signal?: AbortSignal
  },
): Promise<ScoreSummary> {
  const { asOf, scoredAt, cause, explain = false, onScored, report, signal } = options
  const total = await countLeads(pool)
  const bands: Record<string, number> = {}
  const verdicts: Record<string, number> = {}
  let leads = 0
  let changed = 0

  const scoreBatch = async (batch: readonly Subject[]): Promise<void> => {
    const ids = batch.map(({ lead }) => lead.leadId)
    const overrides = await loadOverrides(pool, 'lead', ids)
    const scored = batch.map(({ account, lead }) =>
      scoreLead(engine, account, lead, asOf, { explain, override: overrides.get(lead.leadId) }),
    )
    const stored = scored.flatMap((each) => toStoredScores(each, asOf, scoredAt))
    changed += await withTransaction(pool, (client) => saveScores(client, 'lead', ids, stored, cause))
    for (const each of scored) {
      bands[each.decision.band] = (bands[each.decision.band] ?? 0) + 1
      verdicts[each.verdict.status] = (verdicts[each.verdict.status] ?? 0) + 1
      onScored?.(each)
    }
    leads += batch.length
    report?.('scoring leads', Math.min(leads, total), total)
  }

  let batch: Subject[] = []
  for await (const account of streamRecords(pool)) {
    for (const lead of account.leads) {
      batch.push({ account, lead })
      if (batch.length < BATCH) continue
      signal?.throwIfAborted()
      await scoreBatch(batch)
      batch = []
    }
  }
  if (batch.length > 0) await scoreBatch(batch)
  return { leads, changed, bands, verdicts }
}

interface Subject {
  readonly account: AccountRecord
  readonly lead: LeadRecord
}

async function countLeads(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(*) FROM wonlost.leads WHERE merged_into IS NULL',
  )
  return rows[0]?.count ?? 0
}
