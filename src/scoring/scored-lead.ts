/**
 * One scored lead, everywhere the same: HTTP, CLI, jobs. snake_case, because this is what goes over the wire.
 * For each explained model `base + sum(log_odds) + calibration = logit(probability)`; points are log_odds * 10 / ln 2.
 * A rubric has points of its own: probability is null, and `base_points + sum(points) = raw_points`.
 */

export interface ScoredContribution {
  readonly feature: string
  readonly group: string
  readonly side: 'fit' | 'behaviour'
  readonly value: number | string | null
  /** null for a rubric. */
  readonly log_odds: number | null
  readonly points: number
  readonly text: string
}

export interface ScoredExplanation {
  /** Calibrated log-odds of the average training row; null for a rubric. */
  readonly base: number | null
  /** Only what is not affine: of beta and isotonic calibration, and of clamping. null for a rubric. */
  readonly calibration: number | null
  /** logit(probability); null for a rubric. */
  readonly log_odds: number | null
  /** Points of a row with no contribution: 50 for a trained model, the rubric's own base for a rubric. */
  readonly base_points: number
  /** Every feature that adds anything, largest effect first. */
  readonly contributions: readonly ScoredContribution[]
  /** The same contributions, one reason a group, in words; largest effect first. */
  readonly reasons: {
    readonly for: readonly ScoredReason[]
    readonly against: readonly ScoredReason[]
  }
}

/** The contributions of one group together. */
export interface ScoredReason {
  readonly group: string
  readonly side: 'fit' | 'behaviour'
  /** null for a rubric. */
  readonly log_odds: number | null
  readonly points: number
  readonly text: string
}

interface ModelReference {
  readonly name: string
  readonly segment: string | null
  readonly version: string
  readonly sha256: string
}

export type ModelScore =
  | {
      readonly applies: true
      readonly basis: 'rubric' | 'logistic' | 'boosting' | 'imported'
      readonly probability: number | null
      /** [low, high] with the probability inside: what rows of about this score came to. null where the artifact has none. */
      readonly interval: readonly [number, number] | null
      readonly raw_points: number
      readonly score: number
      readonly band: string
      readonly model: ModelReference
      readonly explanation?: ScoredExplanation
    }
  | { readonly applies: false; readonly why: string }

export type VerdictStatus = 'eligible' | 'disqualified' | 'review'

export interface VerdictRule {
  readonly id: string
  readonly action: string
  /** For people. */
  readonly reason: string
  /** The condition that held, with what was found. */
  readonly condition: string
}

export interface Verdict {
  readonly status: VerdictStatus
  readonly rules: readonly VerdictRule[]
  readonly override: {
    readonly status: VerdictStatus
    readonly reason: string
    readonly set_by: string
  } | null
}

export interface Decision {
  readonly band: string
  readonly grade: string | null
  readonly action: string
  /** ISO 8601 duration, or null: no response is due. */
  readonly respond_within: string | null
  readonly route: string | null
  readonly route_rule: string | null
}

export interface ScoredLead {
  readonly lead_id: string
  readonly as_of: string
  readonly policy_version: string
  readonly guardrails_version: string
  readonly scores: Readonly<Record<string, ModelScore>>
  readonly verdict: Verdict
  readonly decision: Decision
}
