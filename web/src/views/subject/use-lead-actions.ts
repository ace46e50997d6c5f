/** What is said and decided of a lead by people. */
import { useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/openapi.ts'
import { isGone } from '../../api/problem.ts'
import { useSingleMutation } from '../../api/use-single-mutation.ts'
import { subjectKey } from './use-subject.ts'

type Schemas = components['schemas']
export type GivenFeedback = Schemas['GivenFeedbackInput']
export type GivenOverride = Schemas['GivenOverrideInput']

/** After each of them everything about the lead is asked anew. */
export function useLeadActions(id: string) {
  const client = useQueryClient()
  const askAnew = () => client.invalidateQueries({ queryKey: subjectKey('lead', id) })
  const told = {
    onSuccess: askAnew,
    // Erased by somebody else meanwhile: what is shown of it is to go.
    onError: (error: unknown) => (isGone(error) ? askAnew() : undefined),
  }
  const params = { path: { id } }
  const feedback = useSingleMutation({
    // Not what was looked at: that is another moment after each answer.
    meaningOf: ({ seen_as_of: _, ...said }) => said,
    mutationFn: (body: GivenFeedback) => answerOf(api.POST('/v1/leads/{id}/feedback', { params, body })),
    ...told,
  })
  const override = useSingleMutation({
    mutationFn: (body: GivenOverride) => answerOf(api.PUT('/v1/leads/{id}/override', { params, body })),
    ...told,
  })
  const clear = useSingleMutation({
    mutationFn: () => answerOf(api.DELETE('/v1/leads/{id}/override', { params })),
    ...told,
  })
  return { feedback, override, clear }
}
