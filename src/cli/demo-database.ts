/** Which databases the demo may fill: empty ones, and those of an earlier demo. */
import type pg from 'pg'
import { SIMULATOR } from '../../data/simulator/records.ts'
import { WonlostError } from '../errors.ts'
import { IMPORT_SOURCE } from '../ingest/define-import.ts'

/** Who tries the API sends a few; what sends more is a site or a CRM, and the models of the demo must not become those of its leads. */
const MOST_TRIED = 100

/**
 * Of leads, accounts and deals that are not simulated, returns how many there are. They stay: whoever tried the API on an earlier demo sent some.
 * Throws `usage` where they are somebody's own data: imported, more than one tries, or without any simulated ones beside them.
 */
export async function requireDemoDatabase(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ others: number; imported: number; simulated: number }>(
    `SELECT count(*) FILTER (WHERE source <> $1) AS others, count(*) FILTER (WHERE source = $2) AS imported,
            count(*) FILTER (WHERE source = $1) AS simulated
       FROM (SELECT source FROM wonlost.leads UNION ALL SELECT source FROM wonlost.accounts UNION ALL SELECT source FROM wonlost.deals) records`,
    [SIMULATOR, IMPORT_SOURCE],
  )
  const { others, imported, simulated } = rows[0]!
  if (others === 0 || (imported === 0 && simulated > 0 && others <= MOST_TRIED)) return others
  throw new WonlostError(
    'usage',
    `The demo fills a database with simulated leads, accounts and deals, and this one holds ${others} others. Give it a database of its own: WONLOST_HOME=another-folder npx wonlost demo.`,
  )
}
