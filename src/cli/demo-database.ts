/** Which databases the demo may fill: empty ones, and those of an earlier demo. */
import type pg from 'pg'
import { SIMULATOR } from '../../data/simulator/records.ts'
import { WonlostError } from '../errors.ts'
import { IMPORT_SOURCE } from '../ingest/define-import.ts'

/**
 * Of leads that are not simulated, returns how many there are. They stay: whoever tried the API on an earlier demo sent some.
 * Throws `usage` where they are somebody's own data: imported, or without any simulated ones beside them.
 */
export async function requireDemoDatabase(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ others: number; imported: number; simulated: number }>(
    `SELECT count(*) FILTER (WHERE source <> $1) AS others, count(*) FILTER (WHERE source = $2) AS imported,
            count(*) FILTER (WHERE source = $1) AS simulated
       FROM wonlost.leads`,
    [SIMULATOR, IMPORT_SOURCE],
  )
  const { others, imported, simulated } = rows[0]!
  if (others === 0 || (imported === 0 && simulated > 0)) return others
  throw new WonlostError(
    'usage',
    `The demo fills a database with simulated leads, and this one holds ${others} others. Give it a database of its own: WONLOST_HOME=another-folder npx wonlost demo.`,
  )
}
