/** Score to band, scores to grade, band and verdict to decision. */
import type { Band, Policy } from './policy.ts'

/** `score` is an integer from 0 to 100; the bands cover all of them. */
export function bandOf(policy: Policy, score: number): Band {
  const band = policy.bands.find(({ to }) => score <= to)
  if (!band) throw new RangeError(`A score lies between 0 and 100, not at ${score}`)
  return band
}

/** A to D from the fit score, 1 to 4 from the intent score; null when either has none. */
export function gradeOf(policy: Policy, scoreOf: (model: string) => number | null): string | null {
  const { fit, intent } = policy.grade
  const fitScore = scoreOf(fit.model)
  const intentScore = scoreOf(intent.model)
  if (fitScore === null || intentScore === null) return null
  const letter = fitScore >= fit.A ? 'A' : fitScore >= fit.B ? 'B' : fitScore >= fit.C ? 'C' : 'D'
  const digit = intentScore >= intent[1] ? 1 : intentScore >= intent[2] ? 2 : intentScore >= intent[3] ? 3 : 4
  return `${letter}${digit}`
}

export interface PolicyDecision {
  readonly band: string
  readonly action: string
  /** ISO 8601 duration; null when no response is due. */
  readonly respondWithin: string | null
}

/** The band after the verdict: a lead that is disqualified, to be reviewed or without a score is in none of the bands. */
export function decide(
  policy: Policy,
  score: number | null,
  verdict: 'eligible' | 'disqualified' | 'review',
): PolicyDecision {
  if (verdict !== 'eligible') return outsideBands(policy, verdict)
  if (score === null) return outsideBands(policy, 'unscored')
  const { name, action, respond_within } = bandOf(policy, score)
  return { band: name, action, respondWithin: respond_within }
}

function outsideBands(policy: Policy, outcome: keyof Policy['verdicts']): PolicyDecision {
  const { action, respond_within } = policy.verdicts[outcome]
  return { band: outcome, action, respondWithin: respond_within }
}
