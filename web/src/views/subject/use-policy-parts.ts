import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { type PolicyParts, readPolicyParts } from './policy-parts.ts'

const NOTHING: PolicyParts = { decidedBy: null, bands: [], rejectionReasons: [] }

export function usePolicyParts(): PolicyParts {
  const policy = useQuery({
    queryKey: ['policy'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/policy', { signal })),
    select: ({ content }) => readPolicyParts(content),
  })
  return policy.data ?? NOTHING
}
