/** One lead and its account, scored again in the transaction that changed what is said of the lead: the queues show it at once. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import { readLead } from '../db/records.ts'
import { saveScores } from '../db/scores.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { rescoreAccount } from './rescore-account.ts'
import { toStoredScores } from './stored-lead.ts'

export interface RescoreOptions {
  /** What changed is seen by everybody in the account, not by this lead alone: all of them are scored again. */
  readonly colleagues: boolean
  readonly cause: string
  readonly now: Milliseconds
}

/**
 * Overrides and `leadId` are held (`holdOverrides`, then `holdLead`). What became known at `now` counts: facts are strictly before a
 * moment, so the scores are as of just after.
 */
export async function rescoreLead(
  client: pg.PoolClient,
  engine: Engine,
  leadId: string,
  { colleagues, cause, now }: RescoreOptions,
): Promise<ScoredLead> {
  const asOf = now + 1
  const found = await readLead(client, leadId)
  if (!found)
    throw new WonlostError('internal', `The lead ${JSON.stringify(leadId)} is held, and is not there.`)
  const { account, lead } = found
  const anew = colleagues ? account.leads : [lead]
  const save = { asOf, scoredAt: now, cause }
  const scoreOf = await rescoreAccount(client, engine, account, save)
  const ids: string[] = []
  const stored: ReturnType<typeof toStoredScores> = []
  for (const one of anew) {
    // Of thousands of colleagues it takes seconds: whoever else asks the server is answered meanwhile.
    if (ids.length > 0) await nextTurn()
    const { scored, input } = scoreOf(one)
    ids.push(one.leadId)
    stored.push(...toStoredScores(scored, asOf, now, { by: engine.policy.decided_by, input }))
  }
  await saveScores(client, 'lead', ids, stored, cause)
  return scoreOf(lead).scored
}
