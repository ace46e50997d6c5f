/** Replays the history in the database against guardrails: `wonlost guardrails backtest` and `POST /v1/guardrails/backtest`. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { Backtest } from '../scoring/backtest/backtest.ts'
import type { GuardrailsBacktest } from '../scoring/backtest/backtest-report.ts'
import { type ChangedLead, changedVerdict } from '../scoring/backtest/compare-verdicts.ts'
import { decidingDefinition } from '../scoring/decision.ts'
import type { Engine } from '../scoring/engine.ts'
import { type SampleOptions, sampleRecords } from './sample-records.ts'

type Guardrails = Engine['guardrails']
/** Without a version: not in force. */
type Tried = Omit<Guardrails, 'version'>

export interface BacktestOptions extends SampleOptions {
  /** Where the data ends. */
  readonly until: Milliseconds
  /** A changed file, compared with the one in force. */
  readonly tried?: Tried
  readonly signal?: AbortSignal
}

export interface BacktestedGuardrails {
  readonly inForce: GuardrailsBacktest
  /** Of the changed file; null where there is none. */
  readonly tried: GuardrailsBacktest | null
  /** Leads known before `until` that the changed file tells something else as of then. */
  readonly changed: readonly ChangedLead[]
}

/** So many accounts in one turn: answers of the server that runs it come between. */
const ACCOUNTS_A_TURN = 20

/** Throws `model_not_found` where no model decides, `interrupted` when the signal is aborted. */
export async function backtestGuardrails(
  pool: pg.Pool,
  engine: Engine,
  options: BacktestOptions,
): Promise<BacktestedGuardrails> {
  const { until, tried, signal } = options
  const definition = decidingDefinition(engine)
  if (!definition) {
    const message = `There is no model "${engine.policy.decided_by}", by which the policy decides: landmarks and horizon are those of its definition.`
    throw new WonlostError('model_not_found', message)
  }
  const plan = { engine, definition, until }
  const inForce = new Backtest({ ...plan, guardrails: engine.guardrails })
  const other = tried ? new Backtest({ ...plan, guardrails: tried }) : null
  const changed: ChangedLead[] = []
  const { records, isSampled } = sampleRecords(pool, options)
  let accounts = 0
  for await (const account of records) {
    inForce.add(account)
    other?.add(account)
    for (const lead of tried ? account.leads : []) {
      const one = changedVerdict(engine, engine.guardrails, tried!, account, lead, until)
      if (one) changed.push(one)
    }
    accounts += 1
    if (accounts % ACCOUNTS_A_TURN !== 0) continue
    await nextTurn()
    signal?.throwIfAborted()
  }
  const sampled = isSampled()
  return { inForce: inForce.report(sampled), tried: other?.report(sampled) ?? null, changed }
}
