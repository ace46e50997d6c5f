import { useQuery } from '@tanstack/react-query'
import { policyOptions } from '../../api/policy.ts'
import { type PolicyParts, readPolicyParts } from './policy-parts.ts'

const NOTHING: PolicyParts = { decidedBy: null, bands: [], rejectionReasons: [] }

export function usePolicyParts(): PolicyParts {
  const policy = useQuery({ ...policyOptions, select: ({ content }) => readPolicyParts(content) })
  return policy.data ?? NOTHING
}
