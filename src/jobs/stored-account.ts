/** Between one scored account and the scores kept of it. Its people are not kept with it: they have scores of their own. */
import type pg from 'pg'
import { loadAccount } from '../db/records.ts'
import { loadScores, loadScoresBy, type StoredScore } from '../db/scores.ts'
import { formatTime, type Milliseconds, parseTime } from '../glossary.ts'
import { accountModelsOf } from '../scoring/account-models.ts'
import type { Engine } from '../scoring/engine.ts'
import { listedPeople, rankPeople } from '../scoring/rank-people.ts'
import type { ScoredAccount } from '../scoring/scored-account.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { visiblePeople } from '../scoring/visible-facts.ts'
import { fromStoredScores, toStoredScores } from './stored-lead.ts'

/** One for each model that applies. `overrides`: those of its people in force at `asOf`; when the first of them ends, it is scored anew. */
export function toStoredAccountScores(
  engine: Engine,
  { account_id: leadId, people: _, verdict, ...scored }: ScoredAccount,
  overrides: readonly { readonly expiresAt: Milliseconds | null }[],
  asOf: Milliseconds,
  scoredAt: Milliseconds,
): Omit<StoredScore, 'subjectKind'>[] {
  const subject: ScoredLead = { ...scored, lead_id: leadId, verdict: { ...verdict, override: null } }
  const decided = { by: accountModelsOf(engine).policy.decided_by, input: null }
  const endsAt = overrides.reduce(
    (first, { expiresAt }) => Math.min(first, expiresAt ?? first),
    Number.POSITIVE_INFINITY,
  )
  const override = Number.isFinite(endsAt) ? { expires_at: formatTime(endsAt) } : null
  return toStoredScores(subject, asOf, scoredAt, decided).map((score) => ({ ...score, override }))
}

/**
 * The account as it was scored last, with the people who were known then and the scores kept of them; what each contributed is worked
 * out on request only. null when it was never scored, or no model applied.
 */
export async function loadStoredAccount(
  pool: pg.Pool,
  engine: Engine,
  accountId: string,
): Promise<ScoredAccount | null> {
  const account = await loadAccount(pool, accountId)
  if (account?.accountId == null) return null
  const order = accountModelsOf(engine).families.map(({ name }) => name)
  const kept = await loadScores(pool, 'account', account.accountId)
  const stored = fromStoredScores(
    kept.map((score) => ({ ...score, override: null })),
    order,
  )
  if (!stored) return null
  const ids = account.leads.map(({ leadId }) => leadId)
  const scores = await loadScoresBy(pool, engine.policy.decided_by, 'lead', ids)
  const scored = new Map(scores.map((score) => [score.subjectId, fromStoredScores([score], [])!] as const))
  const { lead_id, verdict, ...answer } = stored
  const { override: _, ...bounds } = verdict
  const then = { people: visiblePeople(account, parseTime(stored.as_of)) }
  const people = rankPeople(engine, then, listedPeople(then), (leadId) => scored.get(leadId))
  return { account_id: lead_id, ...answer, verdict: bounds, people }
}
