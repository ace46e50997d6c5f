/** Asks leads of the database which rules hold for them: what `guardrails check` says on data. */
import type pg from 'pg'
import type { Milliseconds } from '../glossary.ts'
import { RuleTally } from '../scoring/backtest/tally-rules.ts'
import type { Engine } from '../scoring/engine.ts'
import { rulesAt } from '../scoring/rules-at.ts'
import { type SampleOptions, sampleRecords } from './sample-records.ts'

export async function askLeads(
  pool: pg.Pool,
  engine: Engine,
  guardrails: ConstructorParameters<typeof RuleTally>[0],
  { asOf, ...sample }: SampleOptions & { readonly asOf: Milliseconds },
): Promise<RuleTally> {
  const tally = new RuleTally(guardrails)
  for await (const account of sampleRecords(pool, sample).records) {
    for (const lead of account.leads) tally.add(rulesAt(engine, guardrails, account, lead, asOf))
  }
  return tally
}
