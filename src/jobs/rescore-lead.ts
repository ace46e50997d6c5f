/** One lead, scored again in the transaction that changed what is said of it: the queue shows it at once. */
import type pg from 'pg'
import { loadOverrides } from '../db/overrides.ts'
import { readLead } from '../db/records.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { type Engine, scoreWithInput } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { standingOf } from '../scoring/standing.ts'
import { keepScores } from './keep-scores.ts'
import { toStoredScores } from './stored-lead.ts'

/** `leadId` is held (`holdLead`). What became known at `now` counts: facts are strictly before a moment, so the score is as of just after. */
export async function rescoreLead(
  client: pg.PoolClient,
  engine: Engine,
  leadId: string,
  cause: string,
  now: Milliseconds,
): Promise<ScoredLead> {
  const asOf = now + 1
  const found = await readLead(client, leadId)
  if (!found)
    throw new WonlostError('internal', `The lead ${JSON.stringify(leadId)} is held, and is not there.`)
  const overrides = await loadOverrides(client, 'lead', [leadId], asOf)
  const options = { explain: false, override: overrides.get(leadId) }
  const { scored, input } = scoreWithInput(engine, found.account, found.lead, asOf, options)
  const { policy } = engine
  const scores = toStoredScores(scored, asOf, now, { by: policy.decided_by, input })
  const standing = standingOf(policy, input.segments, scored)
  await keepScores(client, policy, 'lead', [{ subjectId: leadId, scores, standing }], { cause, asOf, now })
  return scored
}
