/** Between one scored lead and the scores kept of it. Explanations are not kept: they are computed when asked for. */
import type { StoredScore } from '../db/scores.ts'
import { formatTime, type Milliseconds, type VerdictStatus } from '../glossary.ts'
import type { PolicyInput } from '../scoring/decision.ts'
import type { Engine } from '../scoring/engine.ts'
import type {
  Decision,
  ModelScore,
  ScoredLead,
  Verdict,
  VerdictOverride,
  VerdictRule,
} from '../scoring/scored-lead.ts'
import { toKeptInput } from './kept-input.ts'

type LeadScore = Omit<StoredScore, 'subjectKind'>

interface Decided {
  /** The model. */
  readonly by: string
  /** What the policy looked at, where that is kept. */
  readonly input: PolicyInput | null
  /** Of the policy: whose scores place a lead in the grid. undefined: it has none. */
  readonly grade?: Engine['policy']['grade']
}

/** One for each model that applies. */
export function toStoredScores(
  scored: ScoredLead,
  asOf: Milliseconds,
  scoredAt: Milliseconds,
  decided: Decided,
): LeadScore[] {
  const entries = Object.entries(scored.scores)
  const first = entries.find(([, { applies }]) => applies)?.[0]
  const notApplicable = Object.fromEntries(
    entries.flatMap(([name, score]) => (score.applies ? [] : [[name, score.why] as const])),
  )
  const scoreBy = (name: string): number | null => {
    const score = scored.scores[name]
    return score?.applies ? score.score : null
  }
  return entries.flatMap(([name, score]): LeadScore[] => {
    if (!score.applies) return []
    const grade = name === decided.by ? decided.grade : undefined
    return [
      {
        subjectId: scored.lead_id,
        model: name,
        segment: score.model.segment ?? '',
        version: Number(score.model.version),
        basis: score.basis,
        artifactSha256: score.model.sha256,
        because: score.model.because,
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
        verdictBounds: boundsOf(scored.verdict),
        override: scored.verdict.override,
        notApplicable: name === first ? notApplicable : {},
        expectedValue: name === decided.by ? (scored.decision.expected_value?.value ?? null) : null,
        fitScore: grade ? scoreBy(grade.fit.model) : null,
        intentScore: grade ? scoreBy(grade.intent.model) : null,
        policyInput: name === first && decided.input ? toKeptInput(decided.input) : null,
        scoredAt,
      },
    ]
  })
}

/**
 * The lead as it was scored last, by the models that applied then; null when none did or it was never scored. `order` gives the order of
 * the models, as answers have it. An override that has expired since is none: `endExpiredOverrides` comes first.
 */
export function fromStoredScores(
  stored: readonly StoredScore[],
  order: readonly string[],
): ScoredLead | null {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const scores = [...stored].sort((a, b) => rank(a.model) - rank(b.model))
  const latest = scores[0]
  if (!latest) return null
  const verdict: Verdict = {
    status: latest.verdict as VerdictStatus,
    ...boundsOf(latest.verdictBounds as Partial<VerdictBounds>),
    rules: (latest.verdictRules as Verdict['rules']).map(inRuleOrder),
    override: latest.override && overrideInFieldOrder(latest.override as VerdictOverride),
  }
  return {
    lead_id: latest.subjectId,
    as_of: formatTime(latest.asOf),
    policy_version: String(latest.policyVersion),
    guardrails_version: String(latest.guardrailsVersion),
    scores: modelScores(scores, rank),
    verdict,
    decision: inFieldOrder(latest.decision as Decision),
  }
}

/** In the order of the models: those that applied then, and why the others did not. */
function modelScores(
  stored: readonly StoredScore[],
  rank: (name: string) => number,
): Readonly<Record<string, ModelScore>> {
  const others = stored.flatMap(({ notApplicable }) => Object.entries(notApplicable))
  const entries = [
    ...stored.map((score) => [score.model, modelScore(score)] as const),
    ...others.map(([name, why]) => [name, { applies: false, why }] as const),
  ]
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)))
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
      because: stored.because,
    },
  }
}

type VerdictBounds = Pick<Verdict, 'cap' | 'raise' | 'excluded_channels'>

/** Scores of before rules could bound anything have none. */
function boundsOf({
  cap = null,
  raise = null,
  excluded_channels = [],
}: Partial<VerdictBounds>): VerdictBounds {
  return { cap, raise, excluded_channels }
}

/** jsonb forgets the order of fields. */
function inRuleOrder({ id, action, reason, condition }: VerdictRule): VerdictRule {
  return { id, action, reason, condition }
}

function overrideInFieldOrder(override: VerdictOverride): VerdictOverride {
  const { status, reason, set_by, set_at, expires_at, without_it } = override
  const withoutIt = { status: without_it.status, decision: inFieldOrder(without_it.decision) }
  return { status, reason, set_by, set_at, expires_at, without_it: withoutIt }
}

/** Scores of before the policy had a grid, nurture tracks and expected values have none. */
export function inFieldOrder(stored: Decision): Decision {
  const { band, grade, action, respond_within, route, route_rule } = stored
  const { grade_action = null, quadrant = null, nurture = null, expected_value: value = null } = stored
  return {
    band,
    grade,
    action,
    respond_within,
    grade_action,
    quadrant,
    route,
    route_rule,
    nurture,
    expected_value: value && {
      amount: value.amount,
      currency: value.currency,
      basis: value.basis,
      value: value.value,
      segment: value.segment,
      amounts_version: value.amounts_version,
    },
  }
}
