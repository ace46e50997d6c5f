/** One lead, scored again in the transaction that changed what is said of it: the queue shows it at once. */
import type pg from 'pg'
import { markDirty } from '../db/dirty-leads.ts'
import { loadOverrides } from '../db/overrides.ts'
import { readLead } from '../db/records.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { keepScores } from './keep-scores.ts'
import { scoreRecords } from './score-records.ts'

/**
 * `leadId` is held (`holdLead`). What became known at `now` counts: facts are strictly before a moment, so the score is as of just after.
 * The lead is marked as well: its account and its colleagues follow, and what somebody else learned of it meanwhile.
 */
export async function rescoreLead(
  client: pg.PoolClient,
  engine: Engine,
  leadId: string,
  cause: string,
  now: Milliseconds,
): Promise<ScoredLead> {
  const asOf = now + 1
  // First: who rescores the lead just now holds its mark, and wants its scores next.
  await markDirty(client, [leadId], cause)
  const found = await readLead(client, leadId)
  if (!found)
    throw new WonlostError('internal', `The lead ${JSON.stringify(leadId)} is held, and is not there.`)
  const overrides = await loadOverrides(client, 'lead', [leadId], asOf)
  const { scored, leads } = await scoreRecords(engine, {
    records: [found.account],
    leadsOf: () => [found.lead],
    withoutAccounts: true,
    asOf,
    scoredAt: now,
    overrides,
  })
  await keepScores(client, engine.policy, leads, { asOf, cause, over: 'all', now })
  return scored[0]!
}
