/** The one assembly: facts -> row -> probability -> points -> verdict -> decision -> reasons. HTTP, CLI and jobs call it. */
import { WonlostError } from '../errors.ts'
import { type Facts, factsAt } from '../features/facts.ts'
import {
  type AccountRecord,
  formatTime,
  type LeadRecord,
  type Milliseconds,
  type VerdictStatus,
} from '../glossary.ts'
import type { Guardrails } from '../guardrails/guardrails.ts'
import { judge } from '../guardrails/judge.ts'
import type { PolicyInput } from '../policy/decide.ts'
import type { AmountTable } from '../policy/expected-value.ts'
import { decidingModels, type Policy } from '../policy/policy.ts'
import { whyNotApplicable } from './applicability.ts'
import { decisionOf, policyInputOf, segmentNamesOf } from './decision.ts'
import { chooseModel, type Family, familiesOf } from './families.ts'
import type { LoadedModel } from './load-model.ts'
import { scoreRow } from './score-row.ts'
import type { Decision, ModelScore, ScoredLead, Verdict, VerdictOverride } from './scored-lead.ts'
import { viewOf } from './subject-view.ts'
import { viewedScores } from './viewed-scores.ts'

export type { LoadedModel }

export interface Engine {
  /** In the order in which answers list them. */
  readonly models: readonly LoadedModel[]
  readonly policy: Policy & { readonly version: number }
  readonly guardrails: Guardrails & { readonly version: number }
  /** What won deals came to, for expected values; without it they stand on open deals alone. */
  readonly amounts?: AmountTable | null | undefined
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
  /** Names of the models to answer with; all by default. The decision is the same either way: what it needs is scored as well. */
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
  return scoreWithInput(engine, account, lead, asOf, options).scored
}

/** As `scoreLead`, with what the policy looked at: kept beside the score, so that another policy can be tried on it. */
export function scoreWithInput(
  engine: Engine,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
  options: ScoreOptions,
): { readonly scored: ScoredLead; readonly input: PolicyInput } {
  const { policy, guardrails } = engine
  const wanted = wantedModels(engine, options.models)
  const facts = factsAt(account, lead, asOf)
  const segments = segmentNamesOf(engine, facts)
  const families = familiesOf(engine.models)
  const scores = new Map<string, ModelScore>()
  // A model costs more than all the rest: nobody is asked but for what is wanted, or for what a rule or the policy looks at.
  const scoreOf = (name: string): ModelScore | undefined => {
    const family = scores.has(name) ? undefined : families.find((one) => one.name === name)
    if (family) {
      const explain = options.explain && wanted.has(name)
      scores.set(name, scoreWith(family, policy, account, lead, facts, segments, explain))
    }
    return scores.get(name)
  }
  const answered = families.flatMap(({ name }) => (wanted.has(name) ? [[name, scoreOf(name)!] as const] : []))
  const judged = judge(guardrails, viewOf(facts, viewedScores(policy, scoreOf)))
  for (const name of decidingModels(policy)) scoreOf(name)
  const override = activeOverride(options.override, asOf)
  const ruled = policyInputOf(engine, account, lead, facts, segments, scores, judged)
  const decisionUnder = (input: PolicyInput): Decision => decisionOf(policy, engine.amounts ?? null, input)
  // Who overrides a verdict lifts its bounds as well. What the rules say stays visible.
  const input: PolicyInput = override ? { ...ruled, verdict: override.status, cap: null, raise: null } : ruled
  const verdict: Verdict = {
    status: input.verdict,
    cap: judged.cap,
    raise: judged.raise,
    excluded_channels: judged.excludedChannels,
    rules: judged.rules,
    override:
      override && answeredOverride(override, { status: judged.status, decision: decisionUnder(ruled) }),
  }
  const scored: ScoredLead = {
    lead_id: lead.leadId,
    as_of: formatTime(asOf),
    policy_version: String(policy.version),
    guardrails_version: String(guardrails.version),
    scores: Object.fromEntries(answered),
    verdict,
    decision: decisionUnder(input),
  }
  return { scored, input }
}

function wantedModels(engine: Engine, names: readonly string[] | undefined): ReadonlySet<string> {
  const known = familiesOf(engine.models).map(({ name }) => name)
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const message = `There is no model "${unknown}". Allowed: ${known.join(', ')}.`
    throw new WonlostError('model_not_found', message, { field: 'models' })
  }
  return new Set(names ?? known)
}

/** `lead` may be an account as one subject; `account` is its record then. */
export function scoreWith(
  family: Family,
  policy: Policy,
  account: AccountRecord,
  lead: LeadRecord,
  facts: Facts,
  segments: readonly string[],
  explain: boolean,
): ModelScore {
  const { model, because } = chooseModel(family, facts)
  if (!model) return { applies: false, why: because }
  const why = whyNotApplicable(model.registry.definition, account, lead, facts.asOf)
  return why === null ? scoreRow(model, because, policy, facts, segments, explain) : { applies: false, why }
}

function activeOverride(
  override: ManualVerdict | null | undefined,
  asOf: Milliseconds,
): ManualVerdict | null {
  if (!override || override.setAt >= asOf) return null
  return override.expiresAt === null || asOf < override.expiresAt ? override : null
}

function answeredOverride(
  { status, reason, setBy, setAt, expiresAt }: ManualVerdict,
  withoutIt: VerdictOverride['without_it'],
): VerdictOverride {
  return {
    status,
    reason,
    set_by: setBy,
    set_at: formatTime(setAt),
    expires_at: expiresAt === null ? null : formatTime(expiresAt),
    without_it: withoutIt,
  }
}
