import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isLost, noteAnswer, noteNoAnswer } from './connection.ts'
import { ApiProblem, isPassing, NoAnswer } from './problem.ts'
import { followTabs, SESSION_KEY } from './session.ts'

const STALE_AFTER = 30_000

export function createQueryClient(): QueryClient {
  /** Whatever was asked or told: the server may be away, or know nobody here any more. */
  const noteError = (error: unknown): void => {
    if (error instanceof NoAnswer) noteNoAnswer()
    // The session has ended: who is signed in is asked anew, and the page for it shown.
    if (error instanceof ApiProblem && error.problem.code === 'key_required')
      void client.invalidateQueries({ queryKey: SESSION_KEY })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({
      onSuccess: (_, { meta }) => {
        // A file may come from the browser itself.
        if (meta?.['isFile'] !== true) noteAnswer()
      },
      onError: noteError,
    }),
    mutationCache: new MutationCache({ onSuccess: () => noteAnswer(), onError: noteError }),
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER,
        networkMode: 'always',
        retry: (failures, error) => isPassing(error) && !isLost() && failures < 2,
      },
      mutations: { networkMode: 'always' },
    },
  })
  followTabs(client)
  return client
}
