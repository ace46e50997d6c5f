/** One account, scored again in the transaction that changed what is said of its people, so that the two never contradict each other. */
import type pg from 'pg'
import { loadOverrides } from '../db/overrides.ts'
import { saveScores } from '../db/scores.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../glossary.ts'
import { type Engine, scoreWithInput } from '../scoring/engine.ts'
import { scoreAccount } from '../scoring/score-account.ts'
import { toStoredAccountScores } from './stored-account.ts'

type ScoredWithInput = ReturnType<typeof scoreWithInput>

/**
 * Keeps what is said of the account as of `asOf`; overrides are held (`holdOverrides`), or another change of one of its people could be
 * missing in it. Of a lead without an account nothing is kept. Returns how to score its leads, each once, as of the same time.
 */
export async function rescoreAccount(
  client: pg.PoolClient,
  engine: Engine,
  account: AccountRecord,
  {
    asOf,
    scoredAt,
    cause,
  }: { readonly asOf: Milliseconds; readonly scoredAt: Milliseconds; readonly cause: string },
): Promise<(lead: LeadRecord) => ScoredWithInput> {
  const { accountId, leads } = account
  const ids = leads.map(({ leadId }) => leadId)
  const overrides = await loadOverrides(client, 'lead', ids, asOf)
  const known = new Map<string, ScoredWithInput>()
  const scoreOf = (lead: LeadRecord): ScoredWithInput => {
    const { leadId } = lead
    const scored =
      known.get(leadId) ??
      scoreWithInput(engine, account, lead, asOf, { explain: false, override: overrides.get(leadId) })
    known.set(leadId, scored)
    return scored
  }
  if (accountId === null) return scoreOf
  const scored = scoreAccount(engine, account, asOf, {
    explain: false,
    scoreLead: (lead) => scoreOf(lead).scored,
  })
  const stored = toStoredAccountScores(engine, scored, [...overrides.values()], asOf, scoredAt)
  await saveScores(client, 'account', [accountId], stored, cause)
  return scoreOf
}
