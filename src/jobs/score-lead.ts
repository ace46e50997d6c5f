/** One lead of the database, scored now: what `wonlost score LEAD` and `GET /v1/leads/LEAD/score?as_of=T` answer. */
import type pg from 'pg'
import { loadOverrides } from '../db/overrides.ts'
import { loadLead } from '../db/records.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds } from '../glossary.ts'
import { type Engine, scoreLead } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { refuseObjecting } from './rights/object-lead.ts'

/** Throws `lead_not_found` and `lead_objected`. */
export async function requireLead(pool: pg.Pool, leadId: string) {
  const found = await loadLead(pool, leadId)
  if (!found) {
    const message = `There is no lead "${leadId}". Allowed: the id of a lead that was imported.`
    throw new WonlostError('lead_not_found', message, { field: 'lead_id' })
  }
  await refuseObjecting(pool, leadId)
  return found
}

/** The lead with the override in force at `asOf`. Throws `lead_not_found` and `lead_objected`. */
export async function leadToScore(pool: pg.Pool, leadId: string, asOf: Milliseconds) {
  const found = await requireLead(pool, leadId)
  // Of one that was merged away, the lead that it was merged into is found.
  const overrides = await loadOverrides(pool, 'lead', [found.lead.leadId], asOf)
  return { ...found, override: overrides.get(found.lead.leadId) }
}

/** Throws `lead_not_found`, and `model_not_found` for a name that the engine does not have. */
export async function scoreOneLead(
  pool: pg.Pool,
  engine: Engine,
  leadId: string,
  asOf: Milliseconds,
  options: { readonly models?: readonly string[] | undefined; readonly explain: boolean },
): Promise<ScoredLead> {
  const { account, lead, override } = await leadToScore(pool, leadId, asOf)
  return scoreLead(engine, account, lead, asOf, { ...options, override })
}
