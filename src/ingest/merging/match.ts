/** What is found out about two records: how sure it is that they are one, and why. */

/** From the surest down. `possible` is for people to look at; it is never applied by itself. */
const CONFIDENCES = ['certain', 'likely', 'possible'] as const
export type Confidence = (typeof CONFIDENCES)[number]

export interface Match {
  readonly confidence: Confidence
  /** That the two are one, as far as the evidence says. */
  readonly probability: number
  /** In words, the strongest first. */
  readonly evidence: readonly string[]
}

export const LIKELY = 0.95
export const POSSIBLE = 0.5

/** 2^bits to 1. */
export function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits)
}

export function isAtLeast(confidence: Confidence, level: Confidence): boolean {
  return CONFIDENCES.indexOf(confidence) <= CONFIDENCES.indexOf(level)
}

/** Negative when `a` is the surer of the two. */
export function bySureness(a: Match, b: Match): number {
  return (
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) || b.probability - a.probability
  )
}
