/** What replaying history says of rules. snake_case: the CLI and HTTP answer it as it is. */

/** Leads, and how many of them came to a won deal within the horizon. */
export interface Conversion {
  readonly leads: number
  readonly won: number
  /** null of no leads. */
  readonly rate: number | null
  /** 95 %, colleagues taken for what they are; null of no leads. */
  readonly interval: readonly [number, number] | null
}

/** Won deals of the pipeline, each judged at its hand-off: when the deal was opened. */
export interface WonDealCost {
  /** With a contact that was known by then. */
  readonly judged: number
  /** The rule held for every contact that was known: nobody would have been called. */
  readonly lost: number
  /** In the currency of the report. */
  readonly revenue_lost: number
  /** Of deals in currencies without a rate, by currency: added to nothing. */
  readonly revenue_lost_unconverted: Readonly<Record<string, number>>
  /** It held for some of the contacts. */
  readonly touched: number
  /** Lost by this rule and by no other one that disqualifies. */
  readonly lost_by_this_alone: number
  /** The first of those that were lost, at most ten. */
  readonly examples: readonly string[]
}

export interface RuleFigures {
  /** At the first landmark at which it held. */
  readonly stopped: Conversion
  /** The others, at their first landmark. */
  readonly rest: Conversion
  readonly won_deals: WonDealCost
}

interface BacktestedRule extends RuleFigures {
  readonly id: string
  readonly action: string
  readonly reason: string
  /** Landmarks of leads at which it held, of all that were looked at. */
  readonly fired: { readonly moments: number; readonly of: number }
}

export interface GuardrailsBacktest {
  /** The deciding model's pipeline and horizon, and its landmarks: days after entry. */
  readonly pipeline: string
  readonly horizon_days: number
  readonly landmark_days: readonly number[]
  /** History was looked at up to here. */
  readonly until: string
  /** Known before `until`. `sampled`: not all of them. */
  readonly leads: number
  readonly sampled: boolean
  readonly won_deals: number
  /** Of the policy (`expected_value`), whose rates bring amounts into it; null: it names none, and has no rates. */
  readonly currency: string | null
  readonly revenue: number
  /** Of deals in currencies without a rate, by currency: added to nothing. */
  readonly revenue_unconverted: Readonly<Record<string, number>>
  /** In the order in which verdicts name them. */
  readonly rules: readonly BacktestedRule[]
  /** Of all rules that disqualify, together. */
  readonly disqualified: RuleFigures
  /** What to keep in mind when reading it. */
  readonly notes: readonly string[]
}
