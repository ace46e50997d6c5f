/** One lead of the database in full: what `wonlost explain LEAD` and `GET /v1/leads/LEAD/explanation` answer. */
import type pg from 'pg'
import { loadScoreAt, type PastScore } from '../db/scores.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import { explainLead } from '../scoring/explain-lead.ts'
import type { KeptScore, LeadExplanation } from '../scoring/lead-explanation.ts'
import { leadToScore } from './score-lead.ts'

/** Throws `lead_not_found`, and `model_not_found` for a name that the engine does not have. `since` is before `asOf`. */
export async function explainOneLead(
  pool: pg.Pool,
  engine: Engine,
  leadId: string,
  asOf: Milliseconds,
  options: { readonly model?: string | undefined; readonly since?: Milliseconds | undefined },
): Promise<LeadExplanation> {
  const { account, lead, override } = await leadToScore(pool, leadId, asOf)
  const explained = explainLead(engine, account, lead, asOf, { ...options, override })
  const { about, changed } = explained
  if (options.since === undefined || !changed?.applies) return explained
  const kept = await loadScoreAt(pool, 'lead', lead.leadId, about, options.since)
  return { ...explained, changed: { ...changed, kept: kept && shown(kept) } }
}

function shown({ asOf, segment, version, policyVersion, rawPoints, score, band }: PastScore): KeptScore {
  return {
    as_of: formatTime(asOf),
    segment: segment === '' ? null : segment,
    version: String(version),
    policy_version: String(policyVersion),
    raw_points: rawPoints,
    score,
    band,
  }
}
