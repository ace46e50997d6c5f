/** Overrides that have expired are ended in what is kept of leads (expired-overrides.ts), and accounts that were judged under them scored again. */
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { accountsToEnd, endExpiredOverrides } from '../db/expired-overrides.ts'
import { holdOverrides } from '../db/overrides.ts'
import { readAccount } from '../db/records.ts'
import { saveScores } from '../db/save-scores.ts'
import type { Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import { rescoreAccount } from './rescore-account.ts'

const CAUSE = 'override'

/** The account is gone; what is kept of it goes. */
const NOTHING_LEFT = { cause: CAUSE, minPoints: 0, over: 'all' } as const

/** Call it before stored scores of accounts are read. Scores are as of the end, so that history has it at its moment. */
export async function endOverridesOfAccounts(
  pool: pg.Pool,
  engine: Engine,
  now: Milliseconds,
): Promise<void> {
  await endExpiredOverrides(pool, now)
  // Somebody else of the account may have an override that ended later.
  for (let due = await accountsToEnd(pool, now); due.length > 0; due = await accountsToEnd(pool, now)) {
    for (const { accountId } of due)
      await withTransaction(pool, async (client) => {
        await holdOverrides(client)
        // Whoever held them before may have scored it as of a later time, which is not gone back from.
        const [still] = await accountsToEnd(client, now, accountId)
        if (!still) return
        const { endsAt } = still
        const account = await readAccount(client, accountId)
        if (account)
          await rescoreAccount(client, engine, account, { leads: [], asOf: endsAt, now, cause: CAUSE })
        else await saveScores(client, 'account', [accountId], [], { asOf: endsAt, ...NOTHING_LEFT })
      })
  }
}
