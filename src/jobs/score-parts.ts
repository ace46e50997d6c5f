/** Scores parts of a run, and keeps the scores: streamed, in flat memory, a transaction a part. In one thread or in many. */
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { loadOverrides, overriddenSince } from '../db/overrides.ts'
import { rangeReader } from '../db/records.ts'
import { type StoredScore, saveScores } from '../db/scores.ts'
import { finishPart, type ScoringCounts, type ScoringPart } from '../db/scoring-runs.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { AccountRecord, LeadRecord, Milliseconds, SubjectKind } from '../glossary.ts'
import { type Engine, scoreWithInput } from '../scoring/engine.ts'
import { scoreAccount } from '../scoring/score-account.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
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
  readonly leadIds: readonly string[]
  readonly stored: readonly Omit<StoredScore, 'subjectKind'>[]
  /** By id, with the ids of their people. */
  readonly accounts: ReadonlyMap<string, readonly string[]>
  readonly storedAccounts: readonly Omit<StoredScore, 'subjectKind'>[]
}

async function scorePart(
  pool: pg.Pool,
  given: Engine,
  { runId, cause, asOf, scoredAt, overridesSince, amounts, snapshot }: PartsWork,
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
    const stored = subjects.flatMap(({ account, lead }) => {
      const options = { explain, override: overrides.get(lead.leadId) }
      const { scored, input } = scoreWithInput(engine, account, lead, asOf, options)
      bands[scored.decision.band] = (bands[scored.decision.band] ?? 0) + 1
      verdicts[scored.verdict.status] = (verdicts[scored.verdict.status] ?? 0) + 1
      if (onScored) shown.push(scored)
      scoredLeads.set(lead.leadId, scored)
      return toStoredScores(scored, asOf, scoredAt, { by: engine.policy.decided_by, input })
    })
    const storedAccounts = records.flatMap((account) => {
      if (account.accountId === null) return []
      const scoredOf = (lead: LeadRecord): ScoredLead => scoredLeads.get(lead.leadId)!
      const scored = scoreAccount(engine, account, asOf, { explain: false, scoreLead: scoredOf })
      const inForce = account.leads.flatMap(({ leadId }) => overrides.get(leadId) ?? [])
      return toStoredAccountScores(engine, scored, inForce, asOf, scoredAt)
    })
    leads += leadIds.length
    accounts += new Set(storedAccounts.map(({ subjectId }) => subjectId)).size
    const accountsOfBatch = records.flatMap(({ accountId, leads: people }) =>
      accountId === null ? [] : [[accountId, people.map(({ leadId }) => leadId)] as const],
    )
    return { leadIds, stored, accounts: new Map(accountsOfBatch), storedAccounts }
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
    let changed = 0
    const newer = new Set<string>()
    const save = async (
      kind: SubjectKind,
      ids: readonly string[],
      scores: Batch['stored'],
    ): Promise<number> =>
      saveScores(
        client,
        kind,
        ids.filter((id) => !newer.has(`${kind} ${id}`)),
        scores.filter(({ subjectId }) => !newer.has(`${kind} ${subjectId}`)),
        cause,
      )
    for (const { leadIds, accounts: people, stored } of batches) {
      const overridden = await overriddenSince(client, 'lead', leadIds, overridesSince)
      for (const id of overridden) newer.add(`lead ${id}`)
      for (const [id, ids] of people)
        if (ids.some((leadId) => overridden.has(leadId))) newer.add(`account ${id}`)
      changed += await save('lead', leadIds, stored)
    }
    for (const { accounts: people, storedAccounts } of batches)
      changed += await save('account', [...people.keys()], storedAccounts)
    const counts = { leads, accounts, changed, bands, verdicts }
    await finishPart(client, runId, part, counts)
    return counts
  })
  for (const one of shown) onScored?.(one)
  return counts
}
