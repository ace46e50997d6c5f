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
import { type DirtyAccount, markAccounts } from '../../db/dirty-accounts.ts'
import {
  BEGIN_BATCH,
  type ClaimedLead,
  claimDirty,
  databaseNow,
  setAside,
  settleDirty,
} from '../../db/dirty-claims.ts'
import { OF_EVERYBODY, TOLD_BY_FACTS } from '../../db/dirty-leads.ts'
import { loadOverrides } from '../../db/overrides.ts'
import { readRecords } from '../../db/records.ts'
import { lastScored } from '../../db/scores.ts'
import { type AccountRecord, type LeadRecord, MINUTE, type Milliseconds } from '../../glossary.ts'
import type { Engine } from '../../scoring/engine.ts'
import { reachesColleagues } from '../../scoring/reach.ts'
import { keepScores } from '../keep-scores.ts'
import { type ScoringFailure, scoreRecords } from '../score-records.ts'
import { triedAgain } from '../tried-again.ts'

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
  /** Marks among them that came in bulk. */
  readonly bulk: number
  /** What could not be scored. Whoever is tried again for it is left alone for a while. */
  readonly failures: readonly ScoringFailure[]
}

const NOTHING: BatchOutcome = { claimed: 0, settled: 0, rescored: 0, bulk: 0, failures: [] }

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
    const crowds: DirtyAccount[] = []
    const everybody = records.flatMap(({ leads }) => leads.map(({ leadId }) => leadId))
    const scoredAsOf = await lastScored(client, 'lead', [...marked.keys()])
    const failures: ScoringFailure[] = []
    const { leads, accounts } = await scoreRecords(engine, {
      records,
      asOf,
      scoredAt: now,
      overrides: await loadOverrides(client, 'lead', everybody, asOf),
      leadsOf(record) {
        const own = record.leads.filter(({ leadId }) => marked.has(leadId))
        if (!isOfAll(engine, record, own, marked, scoredAsOf, asOf)) return own
        const { accountId, leads } = record
        if (accountId === null || leads.length <= MOST_TOGETHER) return leads
        crowds.push({ accountId, dueAt: now + leads.length * PAUSE_A_LEAD })
        return own
      },
      onFailure: (failure) => failures.push(failure),
      ...(breathe ? { breathe } : {}),
    })
    // A sweep holds hundreds of scores for a second: who is among them comes back.
    const how = { asOf, now, over: 'earlier', busy: 'skip' } as const
    const causeOfLead = (leadId: string): string => marked.get(leadId)?.cause ?? FOLLOWING
    const accountCauses = causesOfAccounts(records, marked)
    const causeOfAccount = (accountId: string): string => accountCauses.get(accountId) ?? 'event'
    // Before any score is held: who marks the same account waits for whoever holds scores, never the other way round.
    if (crowds.length > 0) await markAccounts(client, crowds)
    const saved = await keepScores(client, engine.policy, leads, { ...how, cause: causeOfLead })
    const savedAccounts = await keepScores(client, engine.policy, accounts, { ...how, cause: causeOfAccount })

    const failed = triedAgain(failures, (leadId) => marked.has(leadId))
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
      bulk: claimed.filter(({ isBulk }) => isBulk).length,
      failures,
    }
  }
  return withTransaction(pool, run, BEGIN_BATCH)
}

/** By person. */
function marksOf(claimed: readonly ClaimedLead[]): ReadonlyMap<string, Mark> {
  return new Map(
    claimed.flatMap(({ personId, cause, revision }) =>
      personId === null ? [] : [[personId, { cause, isOnly: revision === 1 }]],
    ),
  )
}

interface Mark {
  readonly cause: string
  /** Marked once: for nothing else. */
  readonly isOnly: boolean
}

/** It was said of them because something was learned of somebody else. */
const FOLLOWING = 'colleague'

/** Of accounts with more people than this, the others follow later, once for all that happens until then. */
const MOST_TOGETHER = 50
/** Each of them is read for each, so the more there are the more seldom: 5 s for 50, 100 s for 1,000. */
const PAUSE_A_LEAD = 100

/** Whether what was learned of the marked leads says something of all people of their account. */
function isOfAll(
  engine: Engine,
  record: AccountRecord,
  own: readonly LeadRecord[],
  marked: ReadonlyMap<string, Mark>,
  scoredAsOf: ReadonlyMap<string, Milliseconds>,
  asOf: Milliseconds,
): boolean {
  return own.some((lead) => {
    const { cause, isOnly } = marked.get(lead.leadId)!
    const ofEverybody = OF_EVERYBODY.includes(cause)
    if (ofEverybody && isOnly) return false
    const since = scoredAsOf.get(lead.leadId) ?? null
    const byFacts = ofEverybody || TOLD_BY_FACTS.includes(cause)
    return !byFacts || reachesColleagues(engine, record, lead, since, asOf)
  })
}

/** That of the first of its people that was marked. */
function causesOfAccounts(
  records: readonly AccountRecord[],
  marked: ReadonlyMap<string, Mark>,
): ReadonlyMap<string, string> {
  return new Map(
    records.flatMap(({ accountId, leads }) => {
      const first = leads.find(({ leadId }) => marked.has(leadId))
      return accountId === null || !first ? [] : [[accountId, marked.get(first.leadId)!.cause] as const]
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
