import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'

/** Names of the policy's bands, the best first. */
export function useBands(): readonly string[] {
  const policy = useQuery({
    queryKey: ['policy'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/policy', { signal })),
  })
  return bandsOf(policy.data?.content)
}

function bandsOf(content: unknown): readonly string[] {
  const bands = typeof content === 'object' && content !== null && 'bands' in content ? content.bands : []
  if (!Array.isArray(bands)) return []
  const names = bands.map((band: unknown) =>
    typeof band === 'object' && band !== null && 'name' in band ? String(band.name) : '',
  )
  return names.filter(Boolean).reverse()
}
