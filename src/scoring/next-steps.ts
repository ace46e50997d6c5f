/** What the score would be if something that can be done were done now: the fact is added to what is known, and the lead scored again. */
import { percentText } from '../features/wording.ts'
import type { AccountRecord, LeadRecord, Milliseconds, Trait, TraitValue } from '../glossary.ts'
import type { Actionable } from '../policy/actionable.ts'
import { type Engine, type ScoreOptions, scoreLead } from './engine.ts'
import type { NextStep, RulesSay } from './lead-explanation.ts'
import { ruledBy } from './ruled-by.ts'
import type { ModelScore, ScoredLead } from './scored-lead.ts'

type AppliedScore = Extract<ModelScore, { applies: true }>

/**
 * One for each entry that the policy calls actionable and that makes a difference to the score of the model `about` or to what the rules
 * say; most points first. What would put the lead into a segment that another model scores is none: each model counts points from its
 * own average. `now` is the lead as it is scored as of `asOf`.
 */
export function nextSteps(
  engine: Engine,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
  now: ScoredLead,
  about: string,
  override: ScoreOptions['override'],
): NextStep[] {
  const before = now.scores[about]
  if (!before?.applies) return []
  const ruledNow = ruledBy(now.verdict)
  const steps = engine.policy.actionable.flatMap((entry): NextStep[] => {
    const done = withFact(account, lead, asOf, entry)
    const scored = scoreLead(engine, done.account, done.lead, asOf, {
      explain: false,
      models: [about],
      override,
    })
    const after = scored.scores[about]
    if (!after?.applies || after.model.sha256 !== before.model.sha256) return []
    const points = after.raw_points - before.raw_points
    const ruled = ruledBy(scored.verdict)
    if (points === 0 && isSame(ruled, ruledNow)) return []
    const { raw_points, probability, score, band } = after
    const { status: verdict } = scored.verdict
    const text = stepText(entry.label, before, after)
    return [{ ...entry, points, raw_points, probability, score, band, verdict, ruled, text }]
  })
  return steps.sort((a, b) => b.points - a.points)
}

function isSame(one: RulesSay, other: RulesSay): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The record as if it had happened just before `asOf`, and been known at once. */
function withFact(
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
  { event, trait, account_trait: accountTrait, value }: Actionable,
): { readonly account: AccountRecord; readonly lead: LeadRecord } {
  const when = { occurredAt: asOf - 1, knownAt: asOf - 1, source: 'next step' }
  const setIn = (traits: readonly Trait[], name: string, to: TraitValue): Trait[] => [
    ...traits.filter((other) => other.name !== name),
    { name, value: to, undated: false, ...when },
  ]
  let changed = lead
  if (event !== undefined) {
    const happened = { eventId: 'next step', type: event, properties: {}, ...when }
    changed = { ...lead, events: [...lead.events, happened] }
  } else if (trait !== undefined && value !== undefined) {
    changed = { ...lead, traits: setIn(lead.traits, trait, value) }
  }
  const setsAccount = accountTrait !== undefined && value !== undefined
  return {
    account: {
      ...account,
      traits: setsAccount ? setIn(account.traits, accountTrait, value) : account.traits,
      leads: account.leads.map((one) => (one.leadId === lead.leadId ? changed : one)),
    },
    lead: changed,
  }
}

function stepText(label: string, now: AppliedScore, then: AppliedScore): string {
  if (now.probability === null || then.probability === null) {
    const points = then.raw_points - now.raw_points
    const change =
      points === 0
        ? 'the same points'
        : `${Math.abs(points).toFixed(1)} points ${points > 0 ? 'more' : 'fewer'}`
    return `with ${label} it would have ${change}; how often such leads convert is not known yet`
  }
  const such = `leads like this one with ${label} have converted`
  if (then.probability === now.probability)
    return `${such} no more and no less often, as far as the model can tell`
  const often = then.probability > now.probability ? 'more often' : 'less often'
  return `${such} ${often}: about ${percentText(then.probability)} of them, against ${percentText(now.probability)}`
}
