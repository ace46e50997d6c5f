/** Rules that can never or will always hold, that say the same twice, or that contradict each other: by logic, for any lead there may be. */
import { suggestion } from '../../checked-yaml.ts'
import { DAY, formatTime, type Milliseconds } from '../../glossary.ts'
import type { Guardrails, Rule } from '../guardrails.ts'
import { areEverTogether } from '../validity.ts'
import { canHold, type Formula } from './can-hold.ts'
import { type Budget, mayBeList, subjectsOf } from './patterns.ts'
import { impossibleValue } from './value-faults.ts'

export interface RuleFault {
  readonly kind:
    | 'expired'
    | 'far_off'
    | 'unknown_model'
    | 'impossible_value'
    | 'never'
    | 'never_unless_list'
    | 'always'
    | 'duplicate'
    | 'redundant'
    | 'contradiction'
  /** The rule, and the other one where two are concerned. */
  readonly rule: string
  readonly other: string | null
  /** In the file. */
  readonly line: number
  readonly text: string
}

/** Of all questions together: a few seconds. What is not looked at then is not claimed. */
const MOST_STEPS = 2_000_000

/** A rule that begins so much later is a slip of the pen. */
const MOST_YEARS_AHEAD = 10
const YEAR = 365 * DAY

interface FaultContext {
  /** Names of those that have scores. */
  readonly models: readonly string[]
  readonly now: Milliseconds
}

export function findRuleFaults(guardrails: Guardrails, { models, now }: FaultContext): RuleFault[] {
  const { rules } = guardrails
  const budget: Budget = { steps: MOST_STEPS }
  const asked: Asked = {
    bands: guardrails.bands,
    canHold: (formula, withLists) => canHold(formula, guardrails, withLists, budget),
  }
  /** What is wrong with a rule alone is told first; how it lies to others, when that is mended. */
  const told = new Set<string>()
  const faults = rules.flatMap((rule) => {
    const fault =
      validityFault(rule, now) ??
      unknownModelFault(rule, models) ??
      valueFault(rule) ??
      constantFault(asked, rule)
    if (fault) told.add(rule.id)
    return fault ? [fault] : []
  })
  const others = rules.filter(({ id }) => !told.has(id)).map((rule) => ({ rule, things: thingsOf(rule) }))
  for (const [place, one] of others.entries()) {
    for (const other of others.slice(place + 1)) {
      if (!one.things.some((thing) => other.things.includes(thing))) continue
      const fault = pairFault(asked, one.rule, other.rule)
      if (fault) faults.push(fault)
    }
  }
  return inOrder(faults)
}

interface Asked {
  readonly bands: readonly string[]
  canHold(formula: Formula, withLists: boolean): boolean | null
}

function inOrder(faults: readonly RuleFault[]): RuleFault[] {
  return faults.toSorted((a, b) => a.line - b.line)
}

function thingsOf({ condition }: Rule): readonly string[] {
  return [...subjectsOf([condition]).keys()]
}

function validityFault(rule: Rule, now: Milliseconds): RuleFault | null {
  const { validFrom, validUntil } = rule
  if (validUntil <= now)
    return ownFault('expired', rule, `is over: it was asked until just before ${formatTime(validUntil)}.`)
  if (validFrom <= now + MOST_YEARS_AHEAD * YEAR) return null
  return ownFault(
    'far_off',
    rule,
    `is asked only from ${formatTime(validFrom)} on, in more than ${MOST_YEARS_AHEAD} years.`,
  )
}

function valueFault(rule: Rule): RuleFault | null {
  const text = impossibleValue(rule.condition)
  return text === null ? null : ownFault('impossible_value', rule, text)
}

/** Of one rule alone. */
function ownFault(kind: RuleFault['kind'], { id, line }: Rule, text: string): RuleFault {
  return { kind, rule: id, other: null, line, text: `The rule ${id} ${text}` }
}

function unknownModelFault(rule: Rule, models: readonly string[]): RuleFault | null {
  for (const thing of thingsOf(rule)) {
    const [, model] = /^(?:score|probability) (.+)$/s.exec(thing) ?? []
    if (model === undefined || models.includes(model)) continue
    const text = `asks for the score of "${model}", and there is no such model${suggestion(model, models)}; allowed: ${models.join(', ')}.`
    return ownFault('unknown_model', rule, text)
  }
  return null
}

function constantFault(asked: Asked, rule: Rule): RuleFault | null {
  const holds: Formula = { condition: rule.condition }
  if (asked.canHold(holds, false) === false) {
    if (asked.canHold(holds, true) === false)
      return ownFault('never', rule, 'can never hold: its conditions exclude each other.')
    const lists = [...subjectsOf([rule.condition]).values()].filter(mayBeList)
    const names = lists.map(({ label }) => label).join(', ')
    return ownFault('never_unless_list', rule, `can hold only where a value is a list: ${names}.`)
  }
  if (asked.canHold({ not: holds }, true) === false)
    return ownFault('always', rule, 'holds for every lead, whatever is known of it.')
  return null
}

/** `one` comes before `other`: its action is at least as strong. */
function pairFault(asked: Asked, one: Rule, other: Rule): RuleFault | null {
  if (!areEverTogether(one, other)) return null
  const [a, b]: [Formula, Formula] = [{ condition: one.condition }, { condition: other.condition }]
  const isIn = (inner: Formula, outer: Formula): boolean =>
    asked.canHold({ both: [inner, { not: outer }] }, true) === false
  const oneInOther = isIn(a, b)
  const otherInOne = isIn(b, a)
  if (!oneInOther && !otherInOne) return null
  const fault = (kind: RuleFault['kind'], rule: Rule, against: Rule, text: string): RuleFault => ({
    kind,
    rule: rule.id,
    other: against.id,
    line: rule.line,
    text: `The rule ${rule.id} (${actionText(rule)}) ${text}`,
  })
  const [wider, narrower] = otherInOne ? [one, other] : [other, one]
  if (isContradiction(asked.bands, one, other))
    return fault(
      'contradiction',
      narrower,
      wider,
      `contradicts ${wider.id} (${actionText(wider)}), which holds whenever it holds.`,
    )
  // A rule for a summer makes none superfluous that stays.
  if (wider.validFrom > narrower.validFrom || wider.validUntil < narrower.validUntil) return null
  if (actionText(one) === actionText(other))
    return oneInOther && otherInOne
      ? fault('duplicate', other, one, `holds for the same leads as ${one.id}, and does the same.`)
      : fault('redundant', narrower, wider, `changes nothing: ${wider.id} does the same whenever it holds.`)
  if (one.action.kind === 'disqualify' && otherInOne && other.action.kind !== 'exclude')
    return fault('redundant', other, one, `changes nothing: ${one.id} disqualifies whenever it holds.`)
  return null
}

/** One lifts what the other keeps down. */
function isContradiction(bands: readonly string[], one: Rule, other: Rule): boolean {
  const [raise, against] =
    one.action.kind === 'raise' ? [one.action, other.action] : [other.action, one.action]
  if (raise.kind !== 'raise') return false
  if (against.kind === 'disqualify' || against.kind === 'review') return true
  return against.kind === 'cap' && bands.indexOf(against.band) < bands.indexOf(raise.band)
}

function actionText({ action }: Rule): string {
  if (action.kind === 'cap') return `cap at ${action.band}`
  if (action.kind === 'raise') return `raise to ${action.band}`
  if (action.kind === 'exclude') return `exclude from ${action.channels.toSorted().join(', ')}`
  return action.kind
}
