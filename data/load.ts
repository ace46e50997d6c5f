/** Writes a simulated history into the database: COPY into the tables, account by account in flat memory, one transaction. */
import { finished } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { withTransaction } from '../src/db/database.ts'
import { WonlostError } from '../src/errors.ts'
import type { ReportProgress } from '../src/glossary.ts'
import { removeSimulated } from './load/remove.ts'
import { TABLES } from './load/tables.ts'
import { addAccount, newTally, type Tally } from './load/tally.ts'
import { prepareTruth } from './load/truth-tables.ts'
import type { SimulationOptions } from './simulator/process.ts'
import type { SimulatedAccount } from './simulator/records.ts'
import { simulate } from './simulator/simulate.ts'

export interface GenerateSettings {
  /** Remove an earlier simulation first. Rows of other sources stay. */
  readonly reset: boolean
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

/** Twice so many accounts are held in memory at a time. */
const CHUNK_ACCOUNTS = 1_000

/** After so many accounts the connection gets its turn. */
const ACCOUNTS_A_TURN = 20

/**
 * Simulates and loads; either all of it is there afterwards or nothing.
 * Throws `database_not_empty` when there are leads, accounts, events or deals already (with `reset`: of a simulation, never).
 */
export async function generateInto(
  pool: pg.Pool,
  options: SimulationOptions,
  settings: GenerateSettings,
): Promise<Tally> {
  const { reset, report = () => {}, signal } = settings
  const tally = newTally(options)
  await withTransaction(pool, async (client) => {
    if (reset) await removeSimulated(client)
    else await refuseUnlessEmpty(client)
    await prepareTruth(client, options)
    const knownIdentities = new Set<string>()
    let chunk: SimulatedAccount[] = []
    let loading: Promise<void> = Promise.resolve()
    // While PostgreSQL takes one chunk the next is simulated.
    const startLoading = async (): Promise<void> => {
      const copies = TABLES.map((table) => ({
        target: `${table.name} (${table.columns})`,
        lines: table.lines(chunk, knownIdentities),
      }))
      chunk = []
      await loading
      signal?.throwIfAborted()
      report('simulating leads and what they do', Math.min(tally.leads, options.leads), options.leads)
      loading = copyAll(client, copies)
      // A failure is thrown at the next await of `loading`; until then it must not count as unhandled.
      loading.catch(() => {})
    }
    try {
      for (const account of simulate(options)) {
        addAccount(tally, account)
        chunk.push(account)
        if (chunk.length >= CHUNK_ACCOUNTS) await startLoading()
        else if (chunk.length % ACCOUNTS_A_TURN === 0) await setImmediate()
      }
      await startLoading()
    } finally {
      await loading
    }
  })
  await pool.query('ANALYZE wonlost.accounts, wonlost.leads, wonlost.traits, wonlost.events, wonlost.deals')
  return tally
}

async function refuseUnlessEmpty(client: pg.ClientBase): Promise<void> {
  for (const table of ['leads', 'accounts', 'events', 'deals']) {
    const { rows } = await client.query(`SELECT 1 FROM wonlost.${table} LIMIT 1`)
    if (rows.length === 0) continue
    throw new WonlostError(
      'database_not_empty',
      `There are ${table} in the database already. Simulated ones go into an empty database only; --reset removes an earlier simulation first and leaves rows of other sources.`,
    )
  }
}

async function copyAll(
  client: pg.ClientBase,
  copies: readonly { readonly target: string; readonly lines: string }[],
): Promise<void> {
  for (const { target, lines } of copies) {
    if (lines === '') continue
    const stream = client.query(copyFrom(`COPY ${target} FROM STDIN`))
    stream.end(Buffer.from(lines))
    await finished(stream)
  }
}
