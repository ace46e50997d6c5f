/** The verdict: which rules hold for a subject, and what follows. It stands beside the probability and never changes it. */
import type { VerdictStatus } from '../glossary.ts'
import type { Action } from './action.ts'
import type { Guardrails, Rule } from './guardrails.ts'
import type { SubjectView } from './subject-view.ts'
import { isInForce } from './validity.ts'

interface HeldRule {
  readonly id: string
  readonly action: Action['kind']
  readonly reason: string
  /** The condition that held, in words, with what was found. */
  readonly condition: string
}

export interface Judgement {
  /** The strongest action of the rules that hold: disqualify before review; eligible when neither holds. */
  readonly status: VerdictStatus
  /** The lowest band of the rules that cap; null: none does. */
  readonly cap: string | null
  /** The highest band of the rules that raise; null: none does. */
  readonly raise: string | null
  /** In order of the alphabet. */
  readonly excludedChannels: readonly string[]
  /** Every rule that holds, strongest first. */
  readonly rules: readonly HeldRule[]
}

const NOTHING_HOLDS: Judgement = Object.freeze({
  status: 'eligible',
  cap: null,
  raise: null,
  excludedChannels: [],
  rules: [],
})

export function judge(guardrails: Guardrails, view: SubjectView): Judgement {
  const { lookups, bands } = guardrails
  const held = rulesThatHold(guardrails, view)
  if (held.length === 0) {
    lookups.clear()
    return NOTHING_HOLDS
  }
  const kinds = held.map(({ action }) => action.kind)
  const channels = held.flatMap(({ action }) => (action.kind === 'exclude' ? action.channels : []))
  const judgement: Judgement = {
    status: kinds.includes('disqualify') ? 'disqualified' : kinds.includes('review') ? 'review' : 'eligible',
    cap: boundOf(held, 'cap', (a, b) => bands.indexOf(a) < bands.indexOf(b)),
    raise: boundOf(held, 'raise', (a, b) => bands.indexOf(a) > bands.indexOf(b)),
    excludedChannels: [...new Set(channels)].sort(),
    rules: held.map(({ id, action, reason, condition }) => ({
      id,
      action: action.kind,
      reason,
      condition: condition.describe(lookups, true),
    })),
  }
  lookups.clear()
  return judgement
}

/** For asking many leads which rules hold, without words: the rules, strongest first; `whenever`: also those that are not valid then. */
export function rulesThatHold(
  { rules, lookups, screen }: Guardrails,
  view: SubjectView,
  whenever = false,
): readonly Rule[] {
  lookups.load(view)
  const candidates = screen.candidates(lookups)
  let held: Rule[] = NONE
  for (let i = 0; i < rules.length; i++) {
    if (candidates[i] === 0) continue
    const rule = rules[i]!
    if (!whenever && !isInForce(rule, view.asOf)) continue
    if (!rule.condition.holds(lookups)) continue
    if (held === NONE) held = []
    held.push(rule)
  }
  return held
}

const NONE: Rule[] = []

function boundOf(
  held: readonly Rule[],
  kind: 'cap' | 'raise',
  isTighter: (a: string, b: string) => boolean,
): string | null {
  let bound: string | null = null
  for (const { action } of held) {
    if (action.kind === kind && (bound === null || isTighter(action.band, bound))) bound = action.band
  }
  return bound
}
