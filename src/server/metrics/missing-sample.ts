import type pg from 'pg'
import { databaseNow } from '../../db/dirty-claims.ts'
import { streamRecords } from '../../db/records.ts'
import { latestScoredLeads } from '../../db/watched-state.ts'
import type { Engine } from '../../scoring/engine.ts'
import { countMissing, type MissingShare } from '../../scoring/missing-shares.ts'

/** Enough to see that a feed stopped; a row takes about a millisecond. */
const SAMPLE = 200

/** Of the leads whose scores changed last, with what is known of them now. Others get their turn after each account. */
export async function missingShares(pool: pg.Pool, engine: Engine): Promise<readonly MissingShare[]> {
  const leadIds = await latestScoredLeads(pool, SAMPLE)
  const now = await databaseNow(pool)
  const wanted = new Set(leadIds)
  const counts = countMissing(engine)
  for await (const account of streamRecords(pool, { leadIds })) {
    counts.add(account, wanted, now)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return counts.shares()
}
