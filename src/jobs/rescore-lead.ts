/** One lead and its account, scored again in the transaction that changed what is said of the lead: the queues show it at once. */
import type pg from 'pg'
import { readLead } from '../db/records.ts'
import { MOST_AHEAD } from '../db/save-scores.ts'
import { latestScored } from '../db/scores.ts'
import { WonlostError } from '../errors.ts'
import type { AccountRecord, Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { rescoreAccount } from './rescore-account.ts'

export interface RescoreOptions {
  /** What changed is seen by everybody in the account, not by this lead alone: all of them are scored again. */
  readonly colleagues: boolean
  readonly cause: string
  readonly now: Milliseconds
}

/** Overrides and `leadId` are held (`holdOverrides`, then `holdLead`): until the transaction ends nobody else writes scores of people. */
export async function rescoreLead(
  client: pg.PoolClient,
  engine: Engine,
  leadId: string,
  { colleagues, cause, now }: RescoreOptions,
): Promise<ScoredLead> {
  const found = await readLead(client, leadId)
  if (!found)
    throw new WonlostError('internal', `The lead ${JSON.stringify(leadId)} is held, and is not there.`)
  const { account, lead } = found
  const leads = colleagues ? account.leads : [lead]
  const asOf = await momentAfter(client, account, now)
  const scored = await rescoreAccount(client, engine, account, { leads, asOf, now, cause })
  return scored[leads.indexOf(lead)]!
}

/**
 * What became known at `now` counts: facts are strictly before a moment, so scores are as of just after. By another clock something may be
 * stored as of a little later already; then they are as of that, for nothing takes the place of what is newer.
 */
async function momentAfter(
  client: pg.PoolClient,
  { accountId, leads }: AccountRecord,
  now: Milliseconds,
): Promise<Milliseconds> {
  const asOf = now + 1
  const ids = leads.map(({ leadId }) => leadId)
  const stored = [
    await latestScored(client, 'lead', ids, asOf + MOST_AHEAD),
    accountId === null ? null : await latestScored(client, 'account', [accountId], asOf + MOST_AHEAD),
  ]
  return Math.max(asOf, ...stored.map((one) => one ?? asOf))
}
