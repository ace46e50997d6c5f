/** The policy in force. */
import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import { bandsOf } from './policy-content.ts'

export function usePolicy() {
  return useQuery({
    queryKey: ['policy'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/policy', { signal })),
  })
}

/** Names of the policy's bands, the best first. */
export function useBands(): readonly string[] {
  return bandsOf(usePolicy().data?.content)
    .map(({ name }) => name)
    .filter(Boolean)
    .reverse()
}
