/** The one assembly: facts -> row -> probability -> points -> verdict -> decision -> reasons. HTTP, CLI and jobs call it. */
import { WonlostError } from '../errors.ts'
import { type Facts, factsAt } from '../features/facts.ts'
import { type AccountRecord, formatTime, type LeadRecord, type Milliseconds } from '../glossary.ts'
import type { Guardrails } from '../guardrails/guardrails.ts'
import { judge } from '../guardrails/judge.ts'
import { decide, gradeOf } from '../policy/decide.ts'
import type { Policy } from '../policy/policy.ts'
import { whyNotApplicable } from './applicability.ts'
import type { LoadedModel } from './load-model.ts'
import { scoreRow } from './score-row.ts'
import type { Decision, ModelScore, ScoredLead, Verdict, VerdictStatus } from './scored-lead.ts'
import { viewOf } from './subject-view.ts'

export type { LoadedModel }

export interface Engine {
  /** In the order in which answers list them. */
  readonly models: readonly LoadedModel[]
  readonly policy: Policy & { readonly version: number }
  readonly guardrails: Guardrails & { readonly version: number }
}

/** A person's own verdict. It wins over the rules from `setAt` until `expiresAt`; what the rules say stays visible. */
interface ManualVerdict {
  readonly status: VerdictStatus
  readonly reason: string
  readonly setBy: string
  readonly setAt: Milliseconds
  /** null: until it is taken back. */
  readonly expiresAt: Milliseconds | null
}

export interface ScoreOptions {
  /** Names of the models to answer with; all by default. The decision is the same either way. */
  readonly models?: readonly string[] | undefined
  readonly explain: boolean
  readonly override?: ManualVerdict | null | undefined
}

/**
 * Scores `lead`, one of the leads of `account`, with what was known strictly before `asOf`.
 * Throws `model_not_found` for a name in `options.models` that the engine does not have.
 */
export function scoreLead(
  engine: Engine,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
  options: ScoreOptions,
): ScoredLead {
  const { policy, guardrails } = engine
  const wanted = wantedModels(engine, options.models)
  const facts = factsAt(account, lead, asOf)
  const scores = new Map<string, ModelScore>()
  for (const model of engine.models) {
    const explain = options.explain && wanted.has(model.name)
    scores.set(model.name, scoreWith(model, policy, account, lead, facts, explain))
  }
  const { status, rules } = judge(guardrails, viewOf(facts))
  const override = activeOverride(options.override, asOf)
  const verdict: Verdict = {
    status: override?.status ?? status,
    rules,
    override: override && { status: override.status, reason: override.reason, set_by: override.setBy },
  }
  return {
    lead_id: lead.leadId,
    as_of: formatTime(asOf),
    policy_version: String(policy.version),
    guardrails_version: String(guardrails.version),
    scores: Object.fromEntries([...scores].filter(([name]) => wanted.has(name))),
    verdict,
    decision: decisionOf(policy, scores, verdict.status),
  }
}

function wantedModels(engine: Engine, names: readonly string[] | undefined): ReadonlySet<string> {
  const known = engine.models.map(({ name }) => name)
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const message = `There is no model "${unknown}". Allowed: ${known.join(', ')}.`
    throw new WonlostError('model_not_found', message, { field: 'models' })
  }
  return new Set(names ?? known)
}

function scoreWith(
  model: LoadedModel,
  policy: Policy,
  account: AccountRecord,
  lead: LeadRecord,
  facts: Facts,
  explain: boolean,
): ModelScore {
  const why = whyNotApplicable(model.registry.definition, account, lead, facts.asOf)
  return why === null ? scoreRow(model, policy, facts, explain) : { applies: false, why }
}

function activeOverride(
  override: ManualVerdict | null | undefined,
  asOf: Milliseconds,
): ManualVerdict | null {
  if (!override || override.setAt >= asOf) return null
  return override.expiresAt === null || asOf < override.expiresAt ? override : null
}

function decisionOf(
  policy: Policy,
  scores: ReadonlyMap<string, ModelScore>,
  status: VerdictStatus,
): Decision {
  const scoreOf = (name: string): number | null => {
    const score = scores.get(name)
    return score?.applies ? score.score : null
  }
  const { band, action, respondWithin } = decide(policy, scoreOf(policy.decided_by), status)
  return {
    band,
    grade: gradeOf(policy, scoreOf),
    action,
    respond_within: respondWithin,
    // Routes are not part of the policy yet.
    route: null,
    route_rule: null,
  }
}
