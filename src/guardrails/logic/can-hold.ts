/**
 * Whether a formula over conditions can hold at all: a search over the patterns of the things that they look at, with Kleene's three
 * values for what is not decided yet. Bounded: what is too much to search is not decided, and nothing is claimed of it.
 */
import type { Condition } from '../condition.ts'
import type { OperatorContext } from '../operator.ts'
import {
  atomKey,
  type Budget,
  type Pattern,
  patternsOf,
  type Subject,
  subjectKey,
  subjectsOf,
} from './patterns.ts'

export type Formula =
  | { readonly condition: Condition }
  | { readonly not: Formula }
  | { readonly both: readonly [Formula, Formula] }

/** Conditions that one question may look at; then it is given up. */
const MOST_STEPS = 200_000

/** null: too much to search. `withLists`: values that may be lists are taken to be some. What is looked at is taken from `budget`. */
export function canHold(
  formula: Formula,
  context: OperatorContext,
  withLists: boolean,
  budget: Budget,
): boolean | null {
  if (budget.steps < 0) return null
  const subjects = [...subjectsOf(conditionsOf(formula)).values()]
  const size = subjects.reduce((sum, { atoms }) => sum + atoms.length, 1)
  const choices: { readonly subject: Subject; readonly patterns: readonly Pattern[] }[] = []
  for (const subject of subjects) {
    const patterns = patternsOf(subject, context, withLists, budget)
    if (patterns === null) return null
    choices.push({ subject, patterns })
  }
  // The one with the fewest patterns first: a dead end is found sooner.
  choices.sort((a, b) => a.patterns.length - b.patterns.length)
  const chosen: Chosen = new Map()
  const least = Math.max(0, budget.steps - MOST_STEPS)

  const search = (depth: number): boolean | null => {
    budget.steps -= size
    if (budget.steps < least) return null
    const value = evaluate(formula, chosen)
    if (value !== UNDECIDED) return value === 1
    const { subject, patterns } = choices[depth]!
    for (const pattern of patterns) {
      chosen.set(subject.key, { subject, pattern })
      const found = search(depth + 1)
      if (found !== false) return found
    }
    chosen.delete(subject.key)
    return false
  }
  return search(0)
}

type Chosen = Map<string, { readonly subject: Subject; readonly pattern: Pattern }>

/** 0, 1, or not decided. */
type Truth = 0 | 0.5 | 1
const UNDECIDED = 0.5

function evaluate(formula: Formula, chosen: Chosen): Truth {
  if ('condition' in formula) return truthOf(formula.condition, chosen)
  if ('not' in formula) return (1 - evaluate(formula.not, chosen)) as Truth
  const [one, other] = formula.both
  return Math.min(evaluate(one, chosen), evaluate(other, chosen)) as Truth
}

function truthOf(condition: Condition, chosen: Chosen): Truth {
  switch (condition.kind) {
    case 'all':
      return Math.min(...condition.parts.map((part) => truthOf(part, chosen))) as Truth
    case 'any':
      return Math.max(...condition.parts.map((part) => truthOf(part, chosen))) as Truth
    case 'not':
      return (1 - truthOf(condition.parts[0]!, chosen)) as Truth
    default: {
      const found = chosen.get(subjectKey(condition))
      if (!found) return UNDECIDED
      return found.pattern[found.subject.places.get(atomKey(condition))!] === 1 ? 1 : 0
    }
  }
}

function conditionsOf(formula: Formula): Condition[] {
  if ('condition' in formula) return [formula.condition]
  return 'not' in formula ? conditionsOf(formula.not) : formula.both.flatMap(conditionsOf)
}
