/** Whether everything that was acknowledged is stored, once. */
import type pg from 'pg'
import { compareOnce, type Findings, joinFindings } from './findings.ts'
import type { Ledger } from './ledger.ts'

/** Call it when everything that was sent is acknowledged: what is there beside that came from nowhere. */
export async function checkEvents(pool: pg.Pool, ledger: Ledger): Promise<Findings> {
  const list = async (sql: string, values: readonly unknown[] = []): Promise<string[]> =>
    (await pool.query<{ one: string }>(sql, [...values])).rows.map(({ one }) => one)
  // By a number in their properties, not by their ids: two ids of one event must not look like two events.
  const events = await list(`SELECT properties ->> 'n' AS one FROM wonlost.events WHERE properties ? 'n'`)
  const traits = await list(`SELECT value #>> '{}' AS one FROM wonlost.traits WHERE name = 'probe'`)
  const deals = await list(
    `SELECT deal_id || ' of ' || amount::bigint AS one FROM wonlost.deals WHERE deal_id = ANY($1)`,
    [[...ledger.deals.keys()]],
  )
  const aliases = await list(
    `SELECT from_id || ' is ' || into_id AS one FROM wonlost.merges WHERE undone_at IS NULL`,
  )
  const strays = await list(
    `SELECT DISTINCT anonymous_id AS one FROM wonlost.events WHERE lead_id IS NULL AND anonymous_id = ANY($1)`,
    [[...ledger.visitors.keys()]],
  )
  return joinFindings([
    compareOnce('event', Array.from(ledger.events, String), events),
    compareOnce(
      'trait',
      Array.from(ledger.traits.keys(), (id) => `p-${id}`),
      traits,
    ),
    compareOnce(
      'deal',
      Array.from(ledger.deals, ([id, amount]) => `${id} of ${amount}`),
      deals,
    ),
    compareOnce(
      'alias',
      Array.from(ledger.aliases, ([from, into]) => `${from} is ${into}`),
      aliases,
    ),
    { lost: strays.map((one) => `visitor ${one}: its user has not its events`), duplicated: [], wrong: [] },
  ])
}
