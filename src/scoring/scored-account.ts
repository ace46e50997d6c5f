/** One scored account, everywhere the same. What it has in common with a lead is as there: scored-lead.ts. */
import type { Decision, ModelScore, ScoredLead, Verdict } from './scored-lead.ts'

export interface ScoredPerson {
  readonly lead_id: string
  /** First and last name. */
  readonly name: string | null
  readonly title: string | null
  /** What was known of by then. */
  readonly event_count: number
  readonly last_event_at: string | null
  /** Its own, of the model that decides about leads, without reasons. */
  readonly score: ModelScore
  /** Of its own decision; null: not scored yet. */
  readonly verdict: Verdict['status'] | null
  readonly band: string | null
  /** What its behaviour adds to the raw points of the account (`AccountPeople.behaviour`); null where that was not asked for. */
  readonly points: number | null
}

export interface AccountPeople {
  /** Known by then. */
  readonly count: number
  /** By their own score, highest first; of many, those who did something last. */
  readonly listed: readonly ScoredPerson[]
  /** How many more there are. They count in score and verdict as those who are listed do. */
  readonly not_listed: number
  /**
   * `points_without` + the points of all listed + `points_of_others` = the raw points of `model`. Shapley's value of each person: what
   * its behaviour adds, as the mean over the orders in which people may have come.
   */
  readonly behaviour: {
    readonly model: string
    /** If nobody had done anything: what the company is, and who is known of it. */
    readonly points_without: number
    /** Of the people who are not listed. */
    readonly points_of_others: number
  } | null
}

export interface ScoredAccount extends Omit<ScoredLead, 'lead_id' | 'verdict'> {
  readonly account_id: string
  readonly scores: Readonly<Record<string, ModelScore>>
  /** What all its people share, listed or not: it is disqualified when nobody of it is left to talk to. Rules are those that hold of all. */
  readonly verdict: Omit<Verdict, 'override'>
  readonly decision: Decision
  readonly people: AccountPeople
}
