/** What is known of a lead, and what is said and decided of it by people. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/openapi.ts'
import { subjectKey } from '../subject/use-subject.ts'

type Schemas = components['schemas']
export type GivenFeedback = Schemas['GivenFeedbackInput']
export type GivenOverride = Schemas['GivenOverrideInput']
export type FeedbackList = Schemas['FeedbackList']

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

/** After each of them everything about the lead is asked anew. */
export function useLeadActions(id: string) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: subjectKey('lead', id) })
  const params = { path: { id } }
  const feedback = useMutation({
    mutationFn: (body: GivenFeedback) => answerOf(api.POST('/v1/leads/{id}/feedback', { params, body })),
    onSuccess,
  })
  const override = useMutation({
    mutationFn: (body: GivenOverride) => answerOf(api.PUT('/v1/leads/{id}/override', { params, body })),
    onSuccess,
  })
  const clear = useMutation({
    mutationFn: () => answerOf(api.DELETE('/v1/leads/{id}/override', { params })),
    onSuccess,
  })
  return { feedback, override, clear }
}
