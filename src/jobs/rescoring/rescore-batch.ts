/**
 * A batch of dirty leads, scored again in one transaction: they are taken, read, scored, kept and settled, or nothing of it has happened.
 *
 * Why no change is lost. The moment of a batch (`asOf`) is asked for after its marks were taken, and the facts are read after that. A fact
 * that is committed later than the marks were taken has a mark of its own, or raised the revision of one that was taken, which then
 * stays. It is scored by somebody whose moment is later; and scores as of an earlier moment never take the place of those of a later
 * one. So whoever saw most writes last, though colleagues and accounts are scored by several batches at once.
 */
import type pg from 'pg'
import { withTransaction } from '../../db/database.ts'
import {
  BEGIN_BATCH,
  type ClaimedLead,
  claimDirty,
  databaseNow,
  setAside,
  settleDirty,
} from '../../db/dirty-claims.ts'
import { loadOverrides } from '../../db/overrides.ts'
import { readRecords } from '../../db/records.ts'
import { lastScored } from '../../db/scores.ts'
import { type AccountRecord, type LeadRecord, MINUTE, type Milliseconds } from '../../glossary.ts'
import type { Engine } from '../../scoring/engine.ts'
import { reachesColleagues } from '../../scoring/reach.ts'
import { keepScores } from '../keep-scores.ts'
import { type ScoringFailure, scoreRecords } from '../score-records.ts'

export interface BatchOptions {
  /** Marks to take, and again as many of the same accounts. */
  readonly limit: number
  /** Told what was taken, before anything can go wrong with it. */
  readonly onClaimed?: (claimed: readonly ClaimedLead[]) => void
  readonly breathe?: () => Promise<void>
  /** The present; default: by the clock of the database. */
  readonly clock?: (client: pg.ClientBase) => Promise<Milliseconds>
}

export interface BatchOutcome {
  readonly claimed: number
  /** Marks that are done. */
  readonly settled: number
  /** Leads that were scored: those that were marked, and colleagues. */
  readonly rescored: number
  /** What could not be scored. Leads are left alone for a while; accounts are as they were. */
  readonly failures: readonly ScoringFailure[]
}

const NOTHING: BatchOutcome = { claimed: 0, settled: 0, rescored: 0, failures: [] }

export async function rescoreBatch(
  pool: pg.Pool,
  engine: Engine,
  { limit, onClaimed, breathe, clock = databaseNow }: BatchOptions,
): Promise<BatchOutcome> {
  const run = async (client: pg.PoolClient): Promise<BatchOutcome> => {
    const claimed = await claimDirty(client, limit, await clock(client))
    if (claimed.length === 0) return NOTHING
    onClaimed?.(claimed)
    const now = await clock(client)
    const asOf = now + 1
    const records = await readRecords(
      client,
      claimed.map(({ leadId }) => leadId),
    )
    const marked = marksOf(claimed)
    const everybody = records.flatMap(({ leads }) => leads.map(({ leadId }) => leadId))
    const scoredAsOf = await lastScored(client, 'lead', [...marked.keys()])
    const failures: ScoringFailure[] = []
    const { leads, accounts } = await scoreRecords(engine, {
      records,
      asOf,
      scoredAt: now,
      overrides: await loadOverrides(client, 'lead', everybody, asOf),
      leadsOf: (record) => wantedLeads(engine, record, marked, scoredAsOf, asOf),
      onFailure: (failure) => failures.push(failure),
      ...(breathe ? { breathe } : {}),
    })
    // A sweep holds hundreds of scores for a second: who is among them comes back.
    const how = { asOf, now, over: 'earlier', busy: 'skip' } as const
    const causeOfLead = (leadId: string): string => marked.get(leadId) ?? 'colleague'
    const accountCauses = causesOfAccounts(records, marked)
    const causeOfAccount = (accountId: string): string => accountCauses.get(accountId) ?? 'event'
    const saved = await keepScores(client, engine.policy, leads, { ...how, cause: causeOfLead })
    const savedAccounts = await keepScores(client, engine.policy, accounts, { ...how, cause: causeOfAccount })

    const failed = failures.flatMap(({ leadId, error }) =>
      leadId === null ? [] : [{ leadId, error: String(error) }],
    )
    if (failed.length > 0) await setAside(client, failed, now)
    const unsettled = new Set([
      ...failed.map(({ leadId }) => leadId),
      ...peopleWhoComeBack(records, saved.refused, savedAccounts.refused, asOf),
    ])
    const settled = claimed.filter(({ personId }) => personId === null || !unsettled.has(personId))
    await settleDirty(client, settled)
    return {
      claimed: claimed.length,
      settled: settled.length,
      rescored: leads.standings.size,
      failures,
    }
  }
  return withTransaction(pool, run, BEGIN_BATCH)
}

/** By person, why it was marked. */
function marksOf(claimed: readonly ClaimedLead[]): ReadonlyMap<string, string> {
  return new Map(claimed.flatMap(({ personId, cause }) => (personId === null ? [] : [[personId, cause]])))
}

/** Causes of which the times of the facts tell what was learned. Of others it is not known: merges move old facts, imports bring them. */
const TOLD_BY_FACTS: ReadonlySet<string> = new Set(['event', 'trait', 'feedback'])

/** Those that were marked, or all where what was learned of one of them says something of the others. */
function wantedLeads(
  engine: Engine,
  record: AccountRecord,
  marked: ReadonlyMap<string, string>,
  scoredAsOf: ReadonlyMap<string, Milliseconds>,
  asOf: Milliseconds,
): readonly LeadRecord[] {
  const own = record.leads.filter(({ leadId }) => marked.has(leadId))
  const reaches = own.some(
    (lead) =>
      !TOLD_BY_FACTS.has(marked.get(lead.leadId)!) ||
      reachesColleagues(engine, record, lead, scoredAsOf.get(lead.leadId) ?? null, asOf),
  )
  return reaches ? record.leads : own
}

/** That of the first of its people that was marked. */
function causesOfAccounts(
  records: readonly AccountRecord[],
  marked: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    records.flatMap(({ accountId, leads }) => {
      const first = leads.find(({ leadId }) => marked.has(leadId))
      return accountId === null || !first ? [] : [[accountId, marked.get(first.leadId)!] as const]
    }),
  )
}

/** What is known from a moment in the near future on was learned by a process whose clock is ahead. It is scored when that has come. */
const MOST_AHEAD = MINUTE

/** People whose marks stay: somebody of their account was not kept, nor the account, or something is known of it only in a moment. */
function peopleWhoComeBack(
  records: readonly AccountRecord[],
  refused: ReadonlySet<string>,
  refusedAccounts: ReadonlySet<string>,
  asOf: Milliseconds,
): readonly string[] {
  const isAhead = ({ knownAt }: { readonly knownAt: Milliseconds }): boolean =>
    knownAt >= asOf && knownAt < asOf + MOST_AHEAD
  return records.flatMap(({ accountId, leads, traits, deals }) => {
    const all =
      (accountId !== null && refusedAccounts.has(accountId)) ||
      leads.some(({ leadId }) => refused.has(leadId)) ||
      traits.some(isAhead) ||
      deals.some(isAhead)
    const back = all ? leads : leads.filter((lead) => lead.traits.some(isAhead) || lead.events.some(isAhead))
    return back.map(({ leadId }) => leadId)
  })
}
