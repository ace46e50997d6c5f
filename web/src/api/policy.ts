/** The policy in force. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import { bandsOf } from './policy-content.ts'

export const policyOptions = queryOptions({
  queryKey: ['policy'],
  queryFn: ({ signal }) => answerOf(api.GET('/v1/policy', { signal })),
})

const usePolicy = () => useQuery(policyOptions)

/** Names of the policy's bands, the best first. */
export function useBands(): readonly string[] {
  return bandsOf(usePolicy().data?.content)
    .map(({ name }) => name)
    .filter(Boolean)
    .reverse()
}
