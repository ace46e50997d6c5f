/** The verdict: which rules hold for a subject, and what follows. It stands beside the probability and never changes it. */
import type { Guardrails, RuleAction } from './guardrails.ts'
import type { SubjectView } from './subject-view.ts'

interface HeldRule {
  readonly id: string
  readonly action: RuleAction
  readonly reason: string
  /** The condition that held, in words, with what was found. */
  readonly condition: string
}

export interface Judgement {
  /** The strongest action of the rules that hold: disqualify before review; eligible when none holds. */
  readonly status: 'eligible' | 'disqualified' | 'review'
  /** Every rule that holds, strongest first. */
  readonly rules: readonly HeldRule[]
}

const STATUS = { disqualify: 'disqualified', review: 'review' } as const satisfies Record<RuleAction, string>

export function judge(guardrails: Guardrails, view: SubjectView): Judgement {
  const rules = guardrails.rules
    .filter(({ condition }) => condition.holds(view))
    .map(({ id, action, reason, condition }) => ({
      id,
      action,
      reason,
      condition: condition.describe(view, true),
    }))
  const strongest = rules[0]
  return { status: strongest ? STATUS[strongest.action] : 'eligible', rules }
}
