/** Looks at everything that must hold once nothing is sent any more, and keeps what it found. */
import type pg from 'pg'
import { MINUTE, type Milliseconds, SECOND } from '../src/glossary.ts'
import { type LoadedEngine, refreshEngine } from '../src/server/engine.ts'
import { checkCrossings } from './check-crossings.ts'
import { checkEvents } from './check-events.ts'
import { checkScores } from './check-scores.ts'
import type { Deliveries } from './deliveries.ts'
import { type Findings, joinFindings, NOTHING_FOUND } from './findings.ts'
import { acknowledged, type Ledger } from './ledger.ts'
import type { ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

export interface Inspector {
  /** Call it when everything that was sent is acknowledged. */
  check(): Promise<void>
  /** Once, at the end: with the real clients, the last sweep, and all webhooks. */
  finish(options: FinishOptions): Promise<void>
  note(wrong: string): void
  isClean(): boolean
  /** In words, for progress. */
  told(): string
  readonly summary: {
    readonly crossings: number
    readonly recomputed: number
    readonly drained: Milliseconds
    readonly findings: Findings
  }
}

interface FinishOptions {
  readonly sweep: () => Promise<boolean>
  readonly realClients: { readonly hosts: readonly string[]; readonly count: number }
  readonly say: (text: string) => void
}

export interface InspectorOptions {
  readonly pool: pg.Pool
  /** Folder. */
  readonly models: string
  readonly ledger: Ledger
  readonly deliveries: Deliveries
  readonly servers: readonly ServerProcess[]
  readonly signal: AbortSignal
}

const LONGEST_DRAIN = 3 * MINUTE
const LONGEST_SWEEP = 3 * MINUTE
/** The third attempt of a message comes five minutes after the second. */
const LONGEST_DELIVERY = 8 * MINUTE

/** What was in the history before is known to nobody but the harness: make it before the first event. */
export async function createInspector(options: InspectorOptions): Promise<Inspector> {
  const { pool, models, ledger, deliveries, servers, signal } = options
  const count = async (sql: string): Promise<number> =>
    (await pool.query<{ count: number }>(`SELECT (${sql})::bigint AS count`)).rows[0]!.count
  const untold = await count('SELECT coalesce(max(history_id), 0) FROM wonlost.score_history')
  const right = new Map<string, Milliseconds>()
  let loaded: LoadedEngine | null = null
  let outdated = 0
  const state = { crossings: 0, recomputed: 0, drained: 0, findings: NOTHING_FOUND }

  const note = (wrong: string): void => {
    state.findings = joinFindings([state.findings, { ...NOTHING_FOUND, wrong: [wrong] }])
  }
  const isClean = (): boolean => Object.values(state.findings).every((found) => found.length === 0)

  async function check(): Promise<void> {
    const marks = () =>
      count('(SELECT count(*) FROM wonlost.dirty_leads) + (SELECT count(*) FROM wonlost.dirty_accounts)')
    const took = await waitFor(async () => (await marks()) === 0, LONGEST_DRAIN, signal)
    if (took === null) {
      note(`${await marks()} marks were left after ${LONGEST_DRAIN / SECOND} s: nobody scores them`)
      return
    }
    state.drained = Math.max(state.drained, took)
    loaded = await refreshEngine(pool, models, loaded, Date.now())
    const crossed = await checkCrossings(pool, loaded.engine, untold)
    const scored = await checkScores(pool, loaded.engine, right, signal)
    state.crossings = crossed.crossings
    state.recomputed += scored.compared
    outdated = scored.outdated
    const found = [await checkEvents(pool, ledger), crossed.findings, scored.findings]
    state.findings = joinFindings([state.findings, ...found])
    for (const { deaths } of servers) for (const death of deaths.splice(0)) note(death)
  }

  return {
    check,
    note,
    isClean,
    get summary() {
      return state
    },
    told: () =>
      `${acknowledged(ledger)} messages, ${state.crossings} crossings, ${state.recomputed} scores recomputed`,
    async finish({ sweep, realClients, say }) {
      if (realClients.count > 0) {
        // Their packages are loaded only where they are asked for.
        const { checkRealClients } = await import('./real-clients.ts')
        const found = await checkRealClients(pool, realClients.hosts, realClients.count, say)
        state.findings = joinFindings([state.findings, found])
      }
      if ((await waitFor(sweep, LONGEST_SWEEP, signal)) === null) note('no sweep came to its end')
      // All of them once more, by the models that answer now.
      right.clear()
      await check()
      if (outdated > 0) note(`${outdated} stored scores are of former versions after a sweep`)
      say('webhooks are waited for')
      const pending = () =>
        count(
          `(SELECT count(*) FROM wonlost.outbox WHERE relayed_at IS NULL) + (SELECT count(*) FROM wonlost.webhook_messages WHERE state <> 'delivered')`,
        )
      if ((await waitFor(async () => (await pending()) === 0, LONGEST_DELIVERY, signal)) === null)
        note(`${await pending()} webhooks were not delivered after ${LONGEST_DELIVERY / SECOND} s`)
      const { rows } = await pool.query<{ id: string }>(
        `SELECT 'msg_' || outbox_id AS id FROM wonlost.outbox`,
      )
      state.findings = joinFindings([state.findings, deliveries.check(rows.map(({ id }) => id))])
    },
  }
}
