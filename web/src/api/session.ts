import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import type { components } from './openapi.ts'

export type Session = components['schemas']['Session']

export const SESSION_KEY = ['session']

export function useSession() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => answerOf(api.GET('/v1/session', { signal })),
    staleTime: 300_000,
  })
}

/** What was read for whom it was before is forgotten. */
function beginAnew(client: QueryClient, session: Session): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] })
  client.setQueryData(SESSION_KEY, session)
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (key: string) => answerOf(api.POST('/v1/session', { body: { key } })),
    onSuccess: (session) => beginAnew(client, session),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/v1/session')),
    onSuccess: (session) => beginAnew(client, session),
    // The cookie is gone even where the session could not be ended: the server says who is signed in now.
    onError: () => client.invalidateQueries({ queryKey: SESSION_KEY }),
  })
}
