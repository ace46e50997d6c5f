/** One account and people of it, scored again in the transaction that changed what is said of them, so that the two never contradict each other. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import { loadOverrides } from '../db/overrides.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { keepScores } from './keep-scores.ts'
import { scoreRecords } from './score-records.ts'

export interface RescoreAccountOptions {
  /** Whose own scores are kept as well; the account is judged by all of its people in any case. */
  readonly leads: readonly LeadRecord[]
  readonly asOf: Milliseconds
  readonly now: Milliseconds
  readonly cause: string
}

/**
 * Keeps what is said of the account and of `leads` as of `asOf`, and tells of what it crossed; overrides are held (`holdOverrides`), or
 * another change of one of its people could be missing in it. Scores as of later stay. Returns `leads`, scored, in their order.
 */
export async function rescoreAccount(
  client: pg.PoolClient,
  engine: Engine,
  account: AccountRecord,
  { leads: wanted, asOf, now, cause }: RescoreAccountOptions,
): Promise<readonly ScoredLead[]> {
  const everybody = account.leads.map(({ leadId }) => leadId)
  const { scored, leads, accounts } = await scoreRecords(engine, {
    records: [account],
    leadsOf: () => wanted,
    asOf,
    scoredAt: now,
    overrides: await loadOverrides(client, 'lead', everybody, asOf),
    // Of thousands of colleagues it takes seconds: whoever else asks the server is answered meanwhile.
    breathe: () => nextTurn(),
  })
  const how = { asOf, cause, over: 'earlier or same', now } as const
  await keepScores(client, engine.policy, leads, how)
  await keepScores(client, engine.policy, accounts, how)
  return scored
}
