/** What the server answers about a lead or an account. */
import type { components } from '../../api/openapi.ts'

type Schemas = components['schemas']

export type SubjectKind = 'lead' | 'account'
export type LeadFacts = Schemas['LeadFacts']
export type AccountFacts = Schemas['AccountFacts']
type Decision = Schemas['Decision']
export type Verdict = Schemas['ScoredLead']['verdict']
type ToldScore = Schemas['ModelScore']
/** The client takes pairs for lists. */
export type AppliedScore = Omit<Extract<ToldScore, { applies: true }>, 'interval'> & {
  readonly interval: readonly number[] | null
}
export type ModelScore = AppliedScore | Extract<ToldScore, { applies: false }>
export type NextStep = Schemas['NextStep']
export type EventWorths = Schemas['EventWorths']
export type EventWorth = Schemas['EventWorth']
export type Course = Schemas['ScoreCourse']
export type HistoryEntry = Omit<Schemas['ScoreHistory']['entries'][number], 'lead_id'>
export type Traits = LeadFacts['lead']['traits']
export type Trait = Traits[string]
type ToldPerson = Schemas['ScoredAccount']['people']['listed'][number]
interface AccountPeople {
  readonly listed: readonly (Omit<ToldPerson, 'score'> & { readonly score: ModelScore })[]
  readonly not_listed: number
}

/** The answer about either of them, as the page reads it. */
export interface Explained {
  readonly as_of: string
  readonly scores: Readonly<Record<string, ModelScore>>
  readonly verdict: Verdict
  readonly decision: Decision
  readonly policy_version: string
  readonly guardrails_version: string
  /** The model that next steps and fall are about; null: the server did not say, and there are none. */
  readonly about: string | null
  readonly next_steps: readonly NextStep[]
  readonly falls: Schemas['LeadExplanation']['falls']
  /** Of an account only. */
  readonly people: AccountPeople | null
}

/** As lists show it. */
export type Stored = Pick<Explained, 'as_of' | 'scores' | 'decision' | 'verdict'>

/** What a model says, where it applies. */
export function appliedOf({ scores }: Pick<Explained, 'scores'>, model: string): AppliedScore | null {
  const score = scores[model]
  return score?.applies ? score : null
}

/** What a list shows of a score. */
export interface ListedScore {
  readonly asOf: string
  readonly score: number
  readonly band: string
}

/** null: it has none of that model. */
export function listedScore({ as_of, scores, decision }: Stored, model: string): ListedScore | null {
  const score = appliedOf({ scores }, model)
  return score && { asOf: as_of, score: score.score, band: decision.band }
}
