/** Accounts of many people whose scores are all out of date: one row an account, from which its leads are marked later, once. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { withTransaction } from './database.ts'
import { markInBulk } from './dirty-leads.ts'
import { leadsOfAccounts } from './people.ts'

export interface DirtyAccount {
  readonly accountId: string
  /** When its leads are marked; of one that waits already, the time stays. */
  readonly dueAt: Milliseconds
}

export async function markAccounts(client: pg.ClientBase, accounts: readonly DirtyAccount[]): Promise<void> {
  await client.query(
    `INSERT INTO wonlost.dirty_accounts AS dirty (account_id, due_at)
     SELECT * FROM unnest($1::text[], $2::timestamptz[]) AS account (account_id, due_at) ORDER BY account_id
     ON CONFLICT (account_id) DO UPDATE SET revision = dirty.revision + 1`,
    [accounts.map(({ accountId }) => accountId), accounts.map(({ dueAt }) => new Date(dueAt))],
  )
}

const AT_A_TIME = 10

/**
 * Marks the leads of accounts that are due, behind all that happens live. The account is held only once its leads are marked, and stays
 * where it was marked again meanwhile. Two that do it at once do it twice, which harms nobody.
 */
export async function markPeopleOfAccounts(pool: pg.Pool, now: Milliseconds): Promise<void> {
  const { rows } = await pool.query<{ account_id: string; revision: number }>(
    'SELECT account_id, revision FROM wonlost.dirty_accounts WHERE due_at <= $1 ORDER BY due_at LIMIT $2',
    [new Date(now), AT_A_TIME],
  )
  for (const { account_id: accountId, revision } of rows) {
    await withTransaction(pool, async (client) =>
      markInBulk(client, await leadsOfAccounts(client, [accountId]), 'colleague'),
    )
    await pool.query('DELETE FROM wonlost.dirty_accounts WHERE account_id = $1 AND revision = $2', [
      accountId,
      revision,
    ])
  }
}
