import type { VerdictStatus } from '../glossary.ts'
import type { ExpectedValue } from '../policy/expected-value.ts'

/**
 * One scored lead, everywhere the same: HTTP, CLI, jobs. snake_case, because this is what goes over the wire.
 * For each explained model `base + sum(log_odds) + calibration = logit(probability)`; points are log_odds * 10 / ln 2.
 * A rubric has points of its own: `base_points + sum(points) = raw_points`, and probability is null until outcomes calibrate it.
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
  /** Why this model of its name: which segment applies, or that none does. */
  readonly because: string
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
  /** By the rules, the decision is at most in the band `cap`, then at least in `raise`. An override lifts both. */
  readonly cap: string | null
  readonly raise: string | null
  /** By which the lead must not be reached, whatever its band, and whoever overrides. */
  readonly excluded_channels: readonly string[]
  readonly rules: readonly VerdictRule[]
  readonly override: VerdictOverride | null
}

/** A person's own verdict, in force. */
export interface VerdictOverride {
  readonly status: VerdictStatus
  readonly reason: string
  readonly set_by: string
  readonly set_at: string
  /** null: until it is taken back. */
  readonly expires_at: string | null
  /** What rules and scores say alone, and what holds again once the override has ended. */
  readonly without_it: { readonly status: VerdictStatus; readonly decision: Decision }
}

export interface Decision {
  readonly band: string
  readonly grade: string | null
  readonly action: string
  /** ISO 8601 duration, or null: no response is due. */
  readonly respond_within: string | null
  /** What the policy says of the pair, and what sales calls its field of the two-by-two; null where the policy says nothing. */
  readonly grade_action: string | null
  readonly quadrant: string | null
  /** The queue, the line of the policy that says so, and the nurture track; null in policies without routes. */
  readonly route: string | null
  readonly route_rule: string | null
  readonly nurture: string | null
  /** probability x amount, in the currency of the policy; null where it has no such section, or nothing to go by. */
  readonly expected_value: ExpectedValue | null
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
