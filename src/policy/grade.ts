/** Grades: A to D from the fit score, 1 to 4 from the intent score; what to do with a pair, and what sales calls it. */
import { z } from 'zod'
import { type Fault, strictFields } from '../checked-yaml.ts'
import { actionText, policyName } from './fields.ts'

const threshold = z.int().min(0).max(100)

const LETTERS = ['A', 'B', 'C', 'D'] as const
const DIGITS = ['1', '2', '3', '4'] as const
export const GRADE_PAIRS: readonly string[] = LETTERS.flatMap((letter) =>
  DIGITS.map((digit) => `${letter}${digit}`),
)

/** A1, or a pattern: A* (any intent), *1 (any fit), ** (all). */
export const gradePattern = z
  .string()
  .regex(/^[A-D*][1-4*]$/, 'must be a grade such as A1, or a pattern: A*, "*1" or "**"')

export const gradeSchema = strictFields({
  fit: strictFields({ model: policyName, A: threshold, B: threshold, C: threshold }),
  intent: strictFields({ model: policyName, 1: threshold, 2: threshold, 3: threshold }),
  actions: z
    .array(strictFields({ grade: gradePattern, action: actionText }))
    .max(100)
    .optional(),
  quadrants: strictFields({
    /** This letter and those before it are a high fit. */
    high_fit: z.enum(LETTERS).exclude(['D']),
    /** This digit and those before it are a high intent. */
    high_intent: z.int().min(1).max(3),
    high_fit_high_intent: actionText,
    high_fit_low_intent: actionText,
    low_fit_high_intent: actionText,
    low_fit_low_intent: actionText,
  }).optional(),
})

export type GradePolicy = Readonly<z.infer<typeof gradeSchema>>

/** null when either score is missing. */
export function gradeOf(
  { fit, intent }: GradePolicy,
  scoreOf: (model: string) => number | null,
): string | null {
  const fitScore = scoreOf(fit.model)
  const intentScore = scoreOf(intent.model)
  if (fitScore === null || intentScore === null) return null
  const letter = fitScore >= fit.A ? 'A' : fitScore >= fit.B ? 'B' : fitScore >= fit.C ? 'C' : 'D'
  const digit = intentScore >= intent[1] ? 1 : intentScore >= intent[2] ? 2 : intentScore >= intent[3] ? 3 : 4
  return `${letter}${digit}`
}

export function matchesGrade(pattern: string, grade: string): boolean {
  return (pattern[0] === '*' || pattern[0] === grade[0]) && (pattern[1] === '*' || pattern[1] === grade[1])
}

/** The first line that the pair matches; null where the policy has no actions for pairs. */
export function gradeActionOf({ actions }: GradePolicy, grade: string): string | null {
  return actions?.find((line) => matchesGrade(line.grade, grade))?.action ?? null
}

/** What sales calls the field of the two-by-two; null where the policy names none. */
export function quadrantOf({ quadrants }: GradePolicy, grade: string): string | null {
  if (!quadrants) return null
  const isHighFit = grade.slice(0, 1) <= quadrants.high_fit
  const isHighIntent = Number(grade.slice(1)) <= quadrants.high_intent
  if (isHighFit) return isHighIntent ? quadrants.high_fit_high_intent : quadrants.high_fit_low_intent
  return isHighIntent ? quadrants.low_fit_high_intent : quadrants.low_fit_low_intent
}

/** Thresholds that fall, so that every grade can be reached; an action for every pair, and no line that nothing reaches. */
export function gradeFaults(grade: GradePolicy): Fault[] {
  return [
    ...thresholdFaults(grade, 'fit', ['A', 'B', 'C']),
    ...thresholdFaults(grade, 'intent', ['1', '2', '3']),
    ...actionFaults(grade),
  ]
}

function thresholdFaults(grade: GradePolicy, side: 'fit' | 'intent', keys: readonly string[]): Fault[] {
  const thresholds: Readonly<Record<string, unknown>> = grade[side]
  return keys.flatMap((key, index) => {
    const given = Number(thresholds[key])
    const above = index === 0 ? 101 : Number(thresholds[keys[index - 1] ?? ''])
    if (given >= 1 && given < above) return []
    const message = `must be from 1 to ${above - 1}: thresholds fall from ${keys[0]} to ${keys.at(-1)}. Given: ${given}.`
    return [{ path: ['grade', side, key], message }]
  })
}

function actionFaults({ actions }: GradePolicy): Fault[] {
  if (!actions) return []
  const left = new Set(GRADE_PAIRS)
  const faults: Fault[] = []
  actions.forEach(({ grade }, index) => {
    const taken = [...left].filter((pair) => matchesGrade(grade, pair))
    for (const pair of taken) left.delete(pair)
    if (taken.length > 0) return
    const message = `is never used: the lines before it take all of ${grade}. Leave it out, or put it before them. Given: "${grade}".`
    faults.push({ path: ['grade', 'actions', index, 'grade'], message })
  })
  if (left.size > 0) {
    const message = `must have a line for every pair; a last one of "**" takes the rest. Without a line: ${[...left].join(', ')}.`
    faults.push({ path: ['grade', 'actions'], message })
  }
  return faults
}
