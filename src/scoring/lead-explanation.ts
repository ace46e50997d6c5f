/** A scored lead with what may become of it: what goes over the wire for `GET /v1/leads/:id/explanation`. */
import type { TraitValue, VerdictStatus } from '../glossary.ts'
import type { ScoredLead } from './scored-lead.ts'

/** What the rules say, whoever overrides it. */
export interface RulesSay {
  readonly status: VerdictStatus
  readonly cap: string | null
  readonly raise: string | null
  readonly excluded_channels: readonly string[]
  /** Ids of those that hold, the strongest first. */
  readonly rules: readonly string[]
}

/** Something that the policy calls actionable, and the score as it would be if it happened now, by the model that scores it now. */
export interface NextStep {
  /** One of the three. */
  readonly event?: string | undefined
  readonly trait?: string | undefined
  readonly account_trait?: string | undefined
  /** Of the trait. */
  readonly value?: TraitValue | undefined
  readonly label: string
  /** More raw points than now; fewer where below 0. */
  readonly points: number
  readonly raw_points: number
  readonly probability: number | null
  readonly score: number
  readonly band: string
  readonly verdict: VerdictStatus
  readonly ruled: RulesSay
  /** What such leads have done; nothing about what causes what. */
  readonly text: string
}

/** When the score falls below its band if nothing new happens. */
export interface Fall {
  readonly band: string
  /** null: not before `until`. */
  readonly at: string | null
  /** The band it falls to; null where it does not. */
  readonly to: string | null
  /** How far was looked ahead. */
  readonly until: string
  readonly text: string
}

interface BeforeAndAfter<Value> {
  readonly before: Value
  readonly after: Value
}

/** One reason a group of features: `points` of all sum to the difference of raw_points. */
export interface ChangedReason {
  readonly group: string
  /** calibration: what a calibration that is no line bends otherwise than before. */
  readonly side: 'fit' | 'behaviour' | 'calibration'
  readonly points: number
  /** What was told of the feature in it that changed most, and what is; null of the calibration. */
  readonly text: BeforeAndAfter<string | null>
}

/** The score that was kept then: perhaps of another model or policy. */
export interface KeptScore {
  readonly as_of: string
  readonly segment: string | null
  readonly version: string
  readonly policy_version: string
  readonly raw_points: number
  readonly score: number
  readonly band: string
}

export type Change =
  | {
      readonly applies: true
      readonly since: string
      readonly difference: number
      readonly raw_points: BeforeAndAfter<number>
      readonly probability: BeforeAndAfter<number | null>
      readonly score: BeforeAndAfter<number>
      readonly band: BeforeAndAfter<string>
      /** By the guardrails of now, as they were valid at either moment. */
      readonly ruled: BeforeAndAfter<RulesSay>
      /** Largest first. */
      readonly reasons: readonly ChangedReason[]
      /** null: none was kept then. */
      readonly kept: KeptScore | null
      /** By what both moments were scored. */
      readonly note: string
    }
  | { readonly applies: false; readonly since: string; readonly why: string }

export interface LeadExplanation extends ScoredLead {
  /** The model that what follows is about. */
  readonly about: string
  /** Ranked by points. */
  readonly next_steps: readonly NextStep[]
  /** null: the model does not apply. */
  readonly falls: Fall | null
  /** Only where it was asked for. */
  readonly changed?: Change
}
