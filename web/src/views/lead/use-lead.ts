/** What is known of a lead, and what was said of it. */
import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/openapi.ts'
import { subjectKey } from '../subject/use-subject.ts'

export type FeedbackList = components['schemas']['FeedbackList']

export const factsOf = (id: string) =>
  queryOptions({
    queryKey: [...subjectKey('lead', id), 'facts'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/leads/{id}', { params: { path: { id } }, signal })),
  })

export const feedbackOf = (id: string) =>
  queryOptions({
    queryKey: [...subjectKey('lead', id), 'feedback'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/v1/leads/{id}/feedback', { params: { path: { id } }, signal })),
  })
