/** The strongest reasons of leads in a list: the models that answer now, applied to what was known at the moment of the stored score. */
import type pg from 'pg'
import { readRecords } from '../db/records.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { AccountRecord, Milliseconds } from '../glossary.ts'
import { type Engine, scoreLead } from '../scoring/engine.ts'
import type { ScoredReason } from '../scoring/scored-lead.ts'

export interface TopReasons {
  /** The strongest for the lead; null: nothing speaks for it. */
  readonly for: ScoredReason | null
  readonly against: ScoredReason | null
}

/** By lead. Who was never scored, or to whom the model does not apply, is left out. */
export async function listedReasons(
  pool: pg.Pool,
  engine: Engine,
  model: string,
  scored: readonly { readonly leadId: string; readonly asOf: Milliseconds }[],
): Promise<ReadonlyMap<string, TopReasons>> {
  const moments = new Map(scored.map(({ leadId, asOf }) => [leadId, asOf]))
  const reasons = new Map<string, TopReasons>()
  if (moments.size === 0) return reasons
  const read = inSnapshot(pool, async function* (client): AsyncGenerator<AccountRecord> {
    yield* await readRecords(client, [...moments.keys()])
  })
  for await (const account of read)
    for (const lead of account.leads) {
      const asOf = moments.get(lead.leadId)
      if (asOf === undefined) continue
      const score = scoreLead(engine, account, lead, asOf, { models: [model], explain: true }).scores[model]
      if (!score?.applies || !score.explanation) continue
      const { for: good, against: bad } = score.explanation.reasons
      reasons.set(lead.leadId, { for: good[0] ?? null, against: bad[0] ?? null })
    }
  return reasons
}
