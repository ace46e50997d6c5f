/** Scores parts of a run, and keeps the scores: streamed, in flat memory, a transaction a part. In one thread or in many. */
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { loadOverrides, overriddenSince } from '../db/overrides.ts'
import { rangeReader } from '../db/records.ts'
import { finishPart, type ScoringCounts, type ScoringPart } from '../db/scoring-runs.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../glossary.ts'
import { accountModelsOf } from '../scoring/account-models.ts'
import { type Engine, scoreWithInput } from '../scoring/engine.ts'
import { scoreAccount } from '../scoring/score-account.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { standingOf } from '../scoring/standing.ts'
import { keepScores, type NewScores } from './keep-scores.ts'
import { toStoredAccountScores } from './stored-account.ts'
import { toStoredScores } from './stored-lead.ts'

/** Plain data, the same for all threads of a run. */
export interface PartsWork {
  readonly runId: number
  readonly cause: string
  readonly asOf: Milliseconds
  readonly scoredAt: Milliseconds
  /** Whose override changed at this time or later was scored anew then, and keeps that score. */
  readonly overridesSince: Milliseconds
  /** Of what the scores cross. */
  readonly tells: boolean
  /** What won deals came to, as of the run. */
  readonly amounts: Engine['amounts']
  /** Held by the connection that began. */
  readonly snapshot: string
  readonly parts: readonly ScoringPart[]
  /** One number in shared memory: the next of `parts` that nobody has taken. From `parts.length` on nobody takes another. */
  readonly next: Int32Array
}

export interface PartsOptions {
  /** Parts in hand at a time, each on a connection of its own: while the database works for one, another is computed. */
  readonly atATime: number
  /** The part was done: what it adds to the run. */
  readonly onPart: (counts: ScoringCounts) => void
  readonly explain?: boolean
  readonly onScored?: ((scored: ScoredLead) => void) | undefined
}

/** In memory at a time, beside an account with all its leads. */
const BATCH = 500

/** Until no part is left to take. When one fails the others in hand are still done; then its error is thrown. */
export async function scoreParts(
  pool: pg.Pool,
  engine: Engine,
  work: PartsWork,
  options: PartsOptions,
): Promise<void> {
  const takeParts = async (): Promise<void> => {
    const read = rangeReader()
    try {
      for (let part = takePart(work); part; part = takePart(work)) {
        options.onPart(await scorePart(pool, engine, work, { ...options, part, read }))
      }
    } catch (error) {
      takeNoMore(work)
      throw error
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: options.atATime }, takeParts))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

function takePart({ parts, next }: PartsWork): ScoringPart | undefined {
  return parts[Atomics.add(next, 0, 1)]
}

/** Whatever is in hand is still done. */
export function takeNoMore({ parts, next }: PartsWork): void {
  Atomics.store(next, 0, parts.length)
}

interface Batch {
  readonly leads: readonly NewScores[]
  readonly accounts: readonly NewScores[]
}

async function scorePart(
  pool: pg.Pool,
  given: Engine,
  { runId, cause, asOf, scoredAt, overridesSince, tells, amounts, snapshot }: PartsWork,
  {
    part: { part, range },
    read,
    explain = false,
    onScored,
  }: PartsOptions & { readonly part: ScoringPart; readonly read: ReturnType<typeof rangeReader> },
): Promise<ScoringCounts> {
  const engine: Engine = { ...given, amounts }
  const bands: Record<string, number> = {}
  const verdicts: Record<string, number> = {}
  const shown: ScoredLead[] = []
  let leads = 0
  let accounts = 0

  const scoreBatch = async (client: pg.PoolClient, records: readonly AccountRecord[]): Promise<Batch> => {
    const subjects = records.flatMap((account) => account.leads.map((lead) => ({ account, lead })))
    const scoredLeads = new Map<string, ScoredLead>()
    const leadIds = subjects.map(({ lead }) => lead.leadId)
    const overrides = await loadOverrides(client, 'lead', leadIds, asOf)
    const newLeads = subjects.map(({ account, lead }): NewScores => {
      const options = { explain, override: overrides.get(lead.leadId) }
      const { scored, input } = scoreWithInput(engine, account, lead, asOf, options)
      bands[scored.decision.band] = (bands[scored.decision.band] ?? 0) + 1
      verdicts[scored.verdict.status] = (verdicts[scored.verdict.status] ?? 0) + 1
      if (onScored) shown.push(scored)
      scoredLeads.set(lead.leadId, scored)
      return {
        subjectId: lead.leadId,
        scores: toStoredScores(scored, asOf, scoredAt, { by: engine.policy.decided_by, input }),
        standing: standingOf(engine.policy, input.segments, scored),
      }
    })
    const newAccounts = records.flatMap((account): NewScores[] => {
      if (account.accountId === null) return []
      const scoredOf = (lead: LeadRecord): ScoredLead => scoredLeads.get(lead.leadId)!
      const scored = scoreAccount(engine, account, asOf, { explain: false, scoreLead: scoredOf })
      const scores = toStoredAccountScores(engine, scored, asOf, scoredAt)
      const standing = standingOf(accountModelsOf(engine).policy, [], scored)
      return [{ subjectId: account.accountId, scores, standing }]
    })
    leads += leadIds.length
    accounts += newAccounts.filter(({ scores }) => scores.length > 0).length
    return { leads: newLeads, accounts: newAccounts }
  }

  const batches: Batch[] = []
  const scoring = inSnapshot(
    pool,
    async function* (client) {
      let records: AccountRecord[] = []
      let size = 0
      for await (const account of read(client, range)) {
        records.push(account)
        size += account.leads.length
        if (size < BATCH) continue
        yield await scoreBatch(client, records)
        records = []
        size = 0
      }
      if (records.length > 0) yield await scoreBatch(client, records)
    },
    snapshot,
  )
  for await (const batch of scoring) batches.push(batch)

  const counts = await withTransaction(pool, async (client) => {
    const kept = { cause, asOf, now: scoredAt, tells }
    let changed = 0
    for (const { leads: given } of batches) {
      const leadIds = given.map(({ subjectId }) => subjectId)
      const newer = await overriddenSince(client, 'lead', leadIds, overridesSince)
      const others = newer.size === 0 ? given : given.filter(({ subjectId }) => !newer.has(subjectId))
      changed += await keepScores(client, engine.policy, 'lead', others, kept)
    }
    for (const { accounts: given } of batches)
      changed += await keepScores(client, engine.policy, 'account', given, kept)
    const counts = { leads, accounts, changed, bands, verdicts }
    await finishPart(client, runId, part, counts)
    return counts
  })
  for (const one of shown) onScored?.(one)
  return counts
}
