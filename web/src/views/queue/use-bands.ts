import { usePolicy } from '../../api/policy.ts'
import { bandsOf } from '../../api/policy-content.ts'

/** Names of the policy's bands, the best first. */
export function useBands(): readonly string[] {
  return bandsOf(usePolicy().data?.content)
    .map(({ name }) => name)
    .filter(Boolean)
    .reverse()
}
