import { QueryCache, QueryClient } from '@tanstack/react-query'
import { noteAnswer, noteNoAnswer } from './connection.ts'
import { ApiProblem, isPassing } from './problem.ts'
import { SESSION_KEY } from './session.ts'

const STALE_AFTER = 30_000

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onSuccess: (_, { meta }) => {
        // A file may come from the browser itself.
        if (meta?.['isFile'] !== true) noteAnswer()
      },
      onError: (error) => {
        if (isPassing(error)) noteNoAnswer()
        // The session has ended: who is signed in is asked anew, and the page for it shown.
        if (error instanceof ApiProblem && error.problem.code === 'key_required')
          void client.invalidateQueries({ queryKey: SESSION_KEY })
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER,
        networkMode: 'always',
        retry: (failures, error) => isPassing(error) && failures < 2,
      },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}
