/** Scores parts of a run, and keeps the scores: streamed, in flat memory, a transaction a part. In one thread or in many. */
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { setAside } from '../db/dirty-claims.ts'
import { loadOverrides, overriddenSince } from '../db/overrides.ts'
import { rangeReader } from '../db/records.ts'
import type { SaveScoresOptions } from '../db/save-scores.ts'
import { finishPart, type ScoringCounts, type ScoringPart } from '../db/scoring-runs.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { AccountRecord, Milliseconds } from '../glossary.ts'
import { knownSince } from '../scoring/applicability.ts'
import type { Engine } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { keepScores, type SaidOfSubjects, type Tells } from './keep-scores.ts'
import { type ScoredRecords, type ScoringFailure, scoreRecords } from './score-records.ts'
import { triedAgain } from './tried-again.ts'

/** Plain data, the same for all threads of a run. */
export interface PartsWork {
  readonly runId: number
  readonly cause: string
  readonly asOf: Milliseconds
  readonly scoredAt: Milliseconds
  /** Whose override changed at this time or later was scored anew then, and keeps that score. */
  readonly overridesSince: Milliseconds
  /** Of what the scores cross. */
  readonly tells: Tells
  /** What won deals came to, as of the run. */
  readonly amounts: Engine['amounts']
  /** Held by the connection that began. */
  readonly snapshot: string
  /** Which stored scores give way. */
  readonly over: SaveScoresOptions['over']
  /**
   * As of now. Then whoever cannot be scored is set aside, to be tried again, unless it is all of a part; otherwise one ends the run. And
   * whoever was not known yet is left to whoever made it known: nothing can be said of it, and nobody is to hear that.
   */
  readonly isNow: boolean
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
  /** Called before a part is taken: whoever is more urgent goes first. */
  readonly yieldFirst?: (() => Promise<void>) | undefined
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
      for (;;) {
        await options.yieldFirst?.()
        const part = takePart(work)
        if (!part) return
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
  readonly said: ScoredRecords
  /** By account, the ids of those who belong to it. */
  readonly people: ReadonlyMap<string, readonly string[]>
}

async function scorePart(
  pool: pg.Pool,
  given: Engine,
  { runId, cause, asOf, scoredAt, overridesSince, tells, amounts, snapshot, over, isNow }: PartsWork,
  {
    part: { part, range },
    read,
    explain = false,
    onScored,
  }: PartsOptions & { readonly part: ScoringPart; readonly read: ReturnType<typeof rangeReader> },
): Promise<ScoringCounts> {
  const engine: Engine = { ...given, amounts }
  const failures: ScoringFailure[] = []
  const knownOf = ({ leads }: AccountRecord) => leads.filter((lead) => knownSince(lead) < asOf)
  const scoreBatch = async (client: pg.PoolClient, records: readonly AccountRecord[]): Promise<Batch> => {
    const leadIds = records.flatMap(({ leads }) => leads.map(({ leadId }) => leadId))
    const overrides = await loadOverrides(client, 'lead', leadIds, asOf)
    const onFailure = (failure: ScoringFailure): number => failures.push(failure)
    const told = isNow
      ? records.filter((record) => hasNoPeople(record) || knownOf(record).length > 0)
      : records
    return {
      said: await scoreRecords(engine, {
        ...{ records: told, asOf, scoredAt, overrides, explain },
        ...(isNow ? { leadsOf: knownOf } : {}),
        ...(isNow ? { onFailure } : {}),
      }),
      people: peopleOf(records),
    }
  }
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
      yield await scoreBatch(client, records)
    },
    snapshot,
  )
  const batches: Batch[] = []
  for await (const batch of scoring) batches.push(batch)
  const leads = allOf(batches.map(({ said }) => said.leads))
  const accounts = allOf(batches.map(({ said }) => said.accounts))
  const scored = batches.flatMap(({ said }) => said.scored)

  const [failure] = failures
  // No fault of one of them.
  if (failure && leads.standings.size === 0) throw failure.error

  const counts = await withTransaction(pool, async (client) => {
    const { standings } = leads
    // In this order whoever takes both does.
    const overridden = await overriddenSince(client, 'lead', [...standings.keys()], overridesSince)
    const judged = accountsOf(batches, overridden)
    const options = { asOf, cause, over, now: scoredAt, tells }
    const saved = await keepScores(client, engine.policy, without(leads, overridden), options)
    const savedAccounts = await keepScores(client, engine.policy, without(accounts, judged), options)
    const counts = {
      leads: standings.size,
      accounts: new Set(accounts.scores.map(({ subjectId }) => subjectId)).size,
      changed: saved.entries.length + savedAccounts.entries.length,
      bands: countBy(scored, ({ decision }) => decision.band),
      verdicts: countBy(scored, ({ verdict }) => verdict.status),
    }
    if (failure) await setAside(client, triedAgain(failures), scoredAt)
    await finishPart(client, runId, part, counts)
    return counts
  })
  if (onScored) for (const one of scored) onScored(one)
  return counts
}

/** All of a part at once: rows are held in one order over all of it. There is at least one batch, which may be empty. */
function allOf(batches: readonly SaidOfSubjects[]): SaidOfSubjects {
  const batchOf = new Map(batches.flatMap((batch) => [...batch.standings.keys()].map((id) => [id, batch])))
  return {
    ...batches[0]!,
    standings: new Map(batches.flatMap(({ standings }) => [...standings])),
    scores: batches.flatMap(({ scores }) => scores),
    explain: (subjectId) => batchOf.get(subjectId)?.explain(subjectId) ?? null,
  }
}

const hasNoPeople = ({ leads }: AccountRecord): boolean => leads.length === 0

function peopleOf(records: readonly AccountRecord[]): Batch['people'] {
  return new Map(
    records.flatMap(({ accountId, leads }) =>
      accountId === null ? [] : [[accountId, leads.map(({ leadId }) => leadId)] as const],
    ),
  )
}

/** Those to which one of `leadIds` belongs. */
function accountsOf(batches: readonly Batch[], leadIds: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  if (leadIds.size === 0) return found
  for (const { people } of batches)
    for (const [accountId, ids] of people) if (ids.some((id) => leadIds.has(id))) found.add(accountId)
  return found
}

function without(said: SaidOfSubjects, ids: ReadonlySet<string>): SaidOfSubjects {
  if (ids.size === 0) return said
  return {
    ...said,
    standings: new Map([...said.standings].filter(([id]) => !ids.has(id))),
    scores: said.scores.filter(({ subjectId }) => !ids.has(subjectId)),
  }
}

function countBy<One>(all: readonly One[], nameOf: (one: One) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const one of all) counts[nameOf(one)] = (counts[nameOf(one)] ?? 0) + 1
  return counts
}
