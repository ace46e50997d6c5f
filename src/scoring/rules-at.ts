/** Which rules hold for a lead at a moment, without verdict and words: for asking many leads at many moments. */
import { factsAt } from '../features/facts.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../glossary.ts'
import type { Guardrails, Rule } from '../guardrails/guardrails.ts'
import { type Judgement, judge, rulesThatHold } from '../guardrails/judge.ts'
import type { SubjectView } from '../guardrails/subject-view.ts'
import { type Engine, scoreLead } from './engine.ts'
import { viewOf } from './subject-view.ts'
import { viewedScores } from './viewed-scores.ts'

/** Whether or not they were valid then: what a rule of today would have done to history. */
export function rulesAt(
  engine: Engine,
  guardrails: Guardrails,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): readonly Rule[] {
  return rulesThatHold(guardrails, viewAt(engine, guardrails.asksScores, account, lead, asOf), true)
}

/** What each of these says of the lead at that moment, in their order. */
export function judgementsAt(
  engine: Engine,
  each: readonly Guardrails[],
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): readonly Judgement[] {
  const asksScores = each.some((guardrails) => guardrails.asksScores)
  const view = viewAt(engine, asksScores, account, lead, asOf)
  return each.map((guardrails) => judge(guardrails, view))
}

/** Scored only where a rule asks for it: a row of every model costs more than all rules. */
function viewAt(
  engine: Engine,
  asksScores: boolean,
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): SubjectView {
  const facts = factsAt(account, lead, asOf)
  if (!asksScores) return viewOf(facts)
  const { scores } = scoreLead(engine, account, lead, asOf, { explain: false })
  return viewOf(
    facts,
    viewedScores(engine.policy, (name) => scores[name]),
  )
}
