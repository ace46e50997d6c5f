/** The policy in force. */
import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

export function usePolicy() {
  return useQuery({
    queryKey: ['policy'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/policy', { signal })),
  })
}
