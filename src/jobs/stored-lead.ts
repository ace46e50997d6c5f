/** Between one scored lead and the scores kept of it. Explanations are not kept: they are computed when asked for. */
import type { StoredOverride } from '../db/overrides.ts'
import type { StoredScore } from '../db/scores.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'
import type {
  Decision,
  ModelScore,
  ScoredLead,
  Verdict,
  VerdictRule,
  VerdictStatus,
} from '../scoring/scored-lead.ts'

type LeadScore = Omit<StoredScore, 'subjectKind'>

/** One for each model that applies. */
export function toStoredScores(scored: ScoredLead, asOf: Milliseconds, scoredAt: Milliseconds): LeadScore[] {
  return Object.entries(scored.scores).flatMap(([name, score]): LeadScore[] => {
    if (!score.applies) return []
    return [
      {
        subjectId: scored.lead_id,
        model: name,
        segment: score.model.segment ?? '',
        version: Number(score.model.version),
        basis: score.basis,
        artifactSha256: score.model.sha256,
        asOf,
        policyVersion: Number(scored.policy_version),
        guardrailsVersion: Number(scored.guardrails_version),
        probability: score.probability,
        interval: score.interval,
        rawPoints: score.raw_points,
        score: score.score,
        band: score.band,
        verdict: scored.verdict.status,
        decision: scored.decision,
        verdictRules: scored.verdict.rules,
        scoredAt,
      },
    ]
  })
}

/**
 * The lead as it was scored last, by the models that applied then; null when none did or it was never scored. `order` gives the order of
 * the models, as answers have it. `override` is the one on file, and is shown when it was in force at the time.
 */
export function fromStoredScores(
  stored: readonly StoredScore[],
  order: readonly string[],
  override: StoredOverride | undefined,
): ScoredLead | null {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const scores = [...stored].sort((a, b) => rank(a.model) - rank(b.model))
  const latest = scores[0]
  if (!latest) return null
  const inForce =
    override &&
    override.setAt < latest.asOf &&
    (override.expiresAt === null || latest.asOf < override.expiresAt)
  const verdict: Verdict = {
    status: latest.verdict as VerdictStatus,
    rules: (latest.verdictRules as Verdict['rules']).map(inRuleOrder),
    override: inForce ? { status: override.status, reason: override.reason, set_by: override.setBy } : null,
  }
  return {
    lead_id: latest.subjectId,
    as_of: formatTime(latest.asOf),
    policy_version: String(latest.policyVersion),
    guardrails_version: String(latest.guardrailsVersion),
    scores: Object.fromEntries(scores.map((score) => [score.model, modelScore(score)])),
    verdict,
    decision: inFieldOrder(latest.decision as Decision),
  }
}

function modelScore(stored: StoredScore): ModelScore {
  return {
    applies: true,
    basis: stored.basis,
    probability: stored.probability,
    interval: stored.interval,
    raw_points: stored.rawPoints,
    score: stored.score,
    band: stored.band,
    model: {
      name: stored.model,
      segment: stored.segment === '' ? null : stored.segment,
      version: String(stored.version),
      sha256: stored.artifactSha256,
    },
  }
}

/** jsonb forgets the order of fields. */
function inRuleOrder({ id, action, reason, condition }: VerdictRule): VerdictRule {
  return { id, action, reason, condition }
}

function inFieldOrder({ band, grade, action, respond_within, route, route_rule }: Decision): Decision {
  return { band, grade, action, respond_within, route, route_rule }
}
