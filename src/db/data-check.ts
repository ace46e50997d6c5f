/** What the check of the data asks the database about whole tables: counts, with ids as examples and never a value of anybody. */
import type pg from 'pg'
import type { Milliseconds, ReportProgress } from '../glossary.ts'
import { cancelOnAbort } from './cancel-on-abort.ts'
import {
  ACTIVITY,
  CLOCKS,
  DEALS,
  DUPLICATE_ACCOUNTS,
  DUPLICATE_LEADS,
  EVENT_OWNERS,
  PIPELINES,
  STAGES,
  STAMPS,
  VOLUMES,
} from './data-check-queries.ts'
import {
  type ActivityRow,
  type ClockRow,
  type CountedRow,
  counted,
  type StampRow,
  toActivity,
  toTimeField,
} from './data-check-rows.ts'
import { withTransaction } from './database.ts'

/** How many, and the ids of one or two of them. */
export interface Counted {
  readonly count: number
  readonly examples: readonly string[]
}

export interface Duplicates {
  /** Subjects with a comparable value. */
  readonly known: number
  /** Values that more than one of them has. */
  readonly groups: number
  /** Subjects that would be left over if each group were one. */
  readonly surplus: number
  /** Two ids each; the largest groups first. */
  readonly examples: readonly (readonly [string, string])[]
}

type ActivityKind = 'event_type' | 'event_source' | 'lead_source' | 'deal_source'

/** A type or source over time. Days are ISO 8601 dates of UTC. */
export interface Activity {
  readonly kind: ActivityKind
  readonly name: string
  readonly count: number
  readonly firstDay: string
  readonly lastDay: string
  /** Days with at least one. */
  readonly activeDays: number
  /** The longest stretch of days without any, between the first and the last. */
  readonly gapDays: number
  /** Its first day; null without a gap. */
  readonly gapFrom: string | null
  /** How many came before it; 0 without a gap. */
  readonly countBeforeGap: number
  /** How many names of this kind there are; the hundred most frequent are told. */
  readonly names: number
}

/** All times of one field; of events by type, of traits by subject. */
export interface TimeField {
  /** `deals.closed_at` */
  readonly field: string
  /** '' for fields that are told as one. */
  readonly part: string
  readonly count: number
  /** The most frequent clocks on a whole quarter of an hour, UTC: at most two. */
  readonly clocks: readonly { readonly clock: string; readonly count: number }[]
  readonly future: Counted
  /** The most frequent second, where the day that it lies on holds a fifth of all times. */
  readonly stamp: (Counted & { readonly at: Milliseconds }) | null
}

export interface DataAggregates {
  readonly leads: number
  readonly leadsWithoutAccount: number
  readonly accounts: number
  readonly traits: number
  readonly events: number
  /** Events of visitors that nobody knows yet. */
  readonly anonymousEvents: number
  /** Events that name a lead that is not there; examples are the ids that they name. */
  readonly eventsOfUnknownLeads: Counted
  readonly pipelines: readonly {
    readonly pipeline: string
    readonly won: number
    readonly lost: number
    readonly open: number
  }[]
  readonly deals: number
  readonly dealsWithoutContacts: Counted
  /** No contact came into being, or did anything, before the deal was opened. */
  readonly dealsWithoutFirstTouch: Counted
  readonly dealsWithStages: number
  /** The last stage is called won, and the deal is not. */
  readonly stageWonOutcomeNot: Counted
  readonly stageLostOutcomeNot: Counted
  readonly duplicateLeads: Duplicates
  readonly duplicateAccounts: Duplicates
  readonly activity: readonly Activity[]
  readonly times: readonly TimeField[]
}

interface AggregateSettings {
  /** Types and sources are looked at before it. */
  readonly asOf: Milliseconds
  /** What lies after it is in the future. */
  readonly now: Milliseconds
  /** Domains that tell nothing about an account. */
  readonly sharedDomains: readonly string[]
}

interface Watching {
  readonly report?: ReportProgress | undefined
  readonly signal?: AbortSignal | undefined
}

/** One snapshot of the database. Throws `database_unavailable`, and the reason of `signal` when it was aborted. */
export async function readAggregates(
  pool: pg.Pool,
  given: AggregateSettings,
  { report, signal }: Watching = {},
): Promise<DataAggregates> {
  return withTransaction(
    pool,
    (client) => cancelOnAbort(pool, client, signal, () => readAll(client, given, { report, signal })),
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  )
}

const QUERIES = 10

async function readAll(
  client: pg.ClientBase,
  { asOf, now, sharedDomains }: AggregateSettings,
  { report, signal }: Watching,
): Promise<DataAggregates> {
  let done = 0
  const all = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
    signal?.throwIfAborted()
    const { rows } = await client.query<Row>(sql, [...values])
    done += 1
    report?.('looking through the tables', done, QUERIES)
    return rows
  }
  /** Of aggregates without GROUP BY, which always give one row. */
  const one = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row> =>
    (await all<Row>(sql, values))[0]!
  const volumes = await one<{
    leads: number
    leads_without_account: number
    accounts: number
    traits: number
  }>(VOLUMES)
  const pipelines = await all<DataAggregates['pipelines'][number]>(PIPELINES)
  const deals = await one<{ deals: number } & CountedRow<'without_contacts' | 'untouched'>>(DEALS)
  const stages = await one<{ with_stages: number } & CountedRow<'won_stage' | 'lost_stage'>>(STAGES)
  const duplicateLeads = await one<Duplicates>(DUPLICATE_LEADS)
  const duplicateAccounts = await one<Duplicates>(DUPLICATE_ACCOUNTS, [sharedDomains])
  const owners = await one<{ events: number; anonymous: number } & CountedRow<'unknown'>>(EVENT_OWNERS)
  const activity = await all<ActivityRow>(ACTIVITY, [new Date(asOf)])
  const clocks = await all<ClockRow>(CLOCKS, [new Date(now)])
  const stamps = await all<StampRow>(STAMPS)
  return {
    leads: volumes.leads,
    leadsWithoutAccount: volumes.leads_without_account,
    accounts: volumes.accounts,
    traits: volumes.traits,
    events: owners.events,
    anonymousEvents: owners.anonymous,
    eventsOfUnknownLeads: counted(owners.unknown, owners.unknown_first, owners.unknown_last),
    pipelines,
    deals: deals.deals,
    dealsWithoutContacts: counted(
      deals.without_contacts,
      deals.without_contacts_first,
      deals.without_contacts_last,
    ),
    dealsWithoutFirstTouch: counted(deals.untouched, deals.untouched_first, deals.untouched_last),
    dealsWithStages: stages.with_stages,
    stageWonOutcomeNot: counted(stages.won_stage, stages.won_stage_first, stages.won_stage_last),
    stageLostOutcomeNot: counted(stages.lost_stage, stages.lost_stage_first, stages.lost_stage_last),
    duplicateLeads,
    duplicateAccounts,
    activity: activity.map(toActivity),
    times: clocks.map((row) =>
      toTimeField(
        row,
        stamps.find(({ field, part }) => field === row.field && part === row.part),
      ),
    ),
  }
}
