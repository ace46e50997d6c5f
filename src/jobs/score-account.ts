/** One account of the database, scored now: what `wonlost score --account` and `GET /v1/accounts/ACCOUNT/score?as_of=T` answer. */
import type pg from 'pg'
import { loadOverrides } from '../db/overrides.ts'
import { loadAccount } from '../db/records.ts'
import { WonlostError } from '../errors.ts'
import type { AccountRecord, Milliseconds } from '../glossary.ts'
import { type Engine, scoreLead } from '../scoring/engine.ts'
import { scoreAccount } from '../scoring/score-account.ts'
import type { ScoredAccount } from '../scoring/scored-account.ts'

/** The account of that id, or the one that it was merged into. Throws `account_not_found`. */
export async function requireAccount(pool: pg.Pool, accountId: string): Promise<AccountRecord> {
  const account = await loadAccount(pool, accountId)
  if (account) return account
  const message = `There is no account ${JSON.stringify(accountId)}. Allowed: the id of an account that was imported.`
  throw new WonlostError('account_not_found', message, { field: 'account_id' })
}

/** Throws `account_not_found`. */
export async function scoreOneAccount(
  pool: pg.Pool,
  engine: Engine,
  accountId: string,
  asOf: Milliseconds,
  { explain }: { readonly explain: boolean },
): Promise<ScoredAccount> {
  const account = await requireAccount(pool, accountId)
  const overrides = await loadOverrides(
    pool,
    'lead',
    account.leads.map(({ leadId }) => leadId),
    asOf,
  )
  return scoreAccount(engine, account, asOf, {
    explain,
    scoreLead: (lead) =>
      scoreLead(engine, account, lead, asOf, { explain: false, override: overrides.get(lead.leadId) }),
  })
}
