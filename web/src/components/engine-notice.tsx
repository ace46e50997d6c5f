import { Box } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import { Notice } from './notice.tsx'
import { Text } from './text.tsx'

const LOOK_EVERY = 10_000
const LONGEST = 1_000

/** Says when a champion or a file that was given last is not what answers, and why. */
export function EngineNotice() {
  const ready = useQuery({
    queryKey: ['readiness'],
    queryFn: ({ signal }) => answerOf(api.GET('/readyz', { signal })),
    refetchInterval: LOOK_EVERY,
    staleTime: 0,
    retry: false,
  })
  const problem = ready.data?.checks.engine.problem ?? null
  return (
    <Box role="status" mb={problem ? 'md' : 0}>
      {problem && (
        <Notice kind="warning" title="What answers is not the newest of models, policy and rules">
          <Text longest={LONGEST}>{problem.message}</Text>
        </Notice>
      )}
    </Box>
  )
}
