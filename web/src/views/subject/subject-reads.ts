/** What the pages of a lead and of an account ask the server for. */
import { answerOf, api } from '../../api/client.ts'
import type { Course, EventWorths, Explained, HistoryEntry, Stored, SubjectKind } from './subject-answers.ts'

interface Asked {
  readonly id: string
  /** null: the one that decides. */
  readonly model: string | null
  readonly signal: AbortSignal
}

interface Reads {
  readonly explanation: (asked: Asked) => Promise<Explained>
  /** What lists show: the score as it was kept last. */
  readonly stored: (asked: Omit<Asked, 'model'>) => Promise<Stored>
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
    stored: ({ id, signal }) =>
      answerOf(api.GET('/v1/leads/{id}/score', { params: { path: { id } }, signal })),
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
    stored: async ({ id, signal }) => {
      const params = { path: { id } }
      const told = await answerOf(api.GET('/v1/accounts/{id}/score', { params, signal }))
      return { ...told, verdict: { ...told.verdict, override: null } }
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
