/** What the pages of a lead and of an account ask the server for. */
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/openapi.ts'

type Schemas = components['schemas']

export type SubjectKind = 'lead' | 'account'
export type LeadFacts = Schemas['LeadFacts']
export type AccountFacts = Schemas['AccountFacts']
export type Decision = Schemas['Decision']
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
export interface AccountPeople {
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

interface Asked {
  readonly id: string
  /** null: the one that decides. */
  readonly model: string | null
  readonly signal: AbortSignal
}

interface Reads {
  readonly explanation: (asked: Asked) => Promise<Explained>
  readonly events: (asked: Asked) => Promise<EventWorths>
  readonly course: (asked: Asked) => Promise<Course>
  readonly history: (asked: Asked) => Promise<readonly HistoryEntry[]>
}

const MOST_ENTRIES = 100

const withModel = ({ id, model }: Asked) => ({
  path: { id },
  query: model === null ? {} : { model },
})

const historyOf = (asked: Asked) => {
  const { path, query } = withModel(asked)
  return { path, query: { ...query, limit: MOST_ENTRIES } }
}

export const READS: Readonly<Record<SubjectKind, Reads>> = {
  lead: {
    explanation: async (asked) => {
      const params = withModel(asked)
      const { signal } = asked
      const told = await answerOf(api.GET('/v1/leads/{id}/explanation', { params, signal }))
      return { ...told, people: null }
    },
    events: (asked) =>
      answerOf(api.GET('/v1/leads/{id}/events', { params: withModel(asked), signal: asked.signal })),
    course: (asked) =>
      answerOf(api.GET('/v1/leads/{id}/course', { params: withModel(asked), signal: asked.signal })),
    history: async (asked) => {
      const params = historyOf(asked)
      const { signal } = asked
      return (await answerOf(api.GET('/v1/leads/{id}/history', { params, signal }))).entries
    },
  },
  account: {
    explanation: async ({ id, signal }) => {
      const params = { path: { id } }
      const told = await answerOf(api.GET('/v1/accounts/{id}/explanation', { params, signal }))
      const verdict = { ...told.verdict, override: null }
      return { ...told, verdict, about: null, next_steps: [], falls: null }
    },
    events: (asked) =>
      answerOf(api.GET('/v1/accounts/{id}/events', { params: withModel(asked), signal: asked.signal })),
    course: (asked) =>
      answerOf(api.GET('/v1/accounts/{id}/course', { params: withModel(asked), signal: asked.signal })),
    history: async (asked) => {
      const params = historyOf(asked)
      const { signal } = asked
      return (await answerOf(api.GET('/v1/accounts/{id}/history', { params, signal }))).entries
    },
  },
}

/** What a model says, where it applies. */
export function appliedOf({ scores }: Explained, model: string): AppliedScore | null {
  const score = scores[model]
  return score?.applies ? score : null
}
