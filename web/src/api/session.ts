import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import type { components } from './openapi.ts'
import { useSingleMutation } from './use-single-mutation.ts'

export type Session = components['schemas']['Session']

export const SESSION_KEY = ['session']

/** The tabs of a browser share the cookie: who is signed in in one of them is so in all. */
const tabs = new BroadcastChannel('wonlost.session')

/** Of the last answer in this tab. */
let known: string | undefined

/** Differs when somebody else is signed in, or the same may something else. */
export function whoOf({ signed_in, name, role, scopes }: Session): string {
  return JSON.stringify([signed_in, name, role, scopes])
}

/** What was read for somebody else is forgotten, and the other tabs are told. */
function note(client: QueryClient, session: Session): Session {
  const who = whoOf(session)
  if (who === known) return session
  if (known !== undefined)
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] })
  known = who
  tabs.postMessage(who)
  return session
}

/** Asks anew when another tab says that somebody else is signed in. */
export function followTabs(client: QueryClient): void {
  tabs.addEventListener('message', ({ data }) => {
    if (data !== known) void client.invalidateQueries({ queryKey: SESSION_KEY })
  })
}

export function useSession() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: async ({ signal, client }) => note(client, await answerOf(api.GET('/v1/session', { signal }))),
    staleTime: 300_000,
    refetchOnWindowFocus: 'always',
  })
}

/** An answer that is still on its way is of before. */
async function begin(client: QueryClient, session: Session): Promise<void> {
  await client.cancelQueries({ queryKey: SESSION_KEY })
  client.setQueryData(SESSION_KEY, note(client, session))
}

export function useSignIn() {
  const client = useQueryClient()
  return useSingleMutation({
    mutationFn: (key: string) => answerOf(api.POST('/v1/session', { body: { key } })),
    // The key is not kept.
    gcTime: 0,
    onSuccess: (session) => begin(client, session),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useSingleMutation({
    mutationFn: () => answerOf(api.DELETE('/v1/session')),
    onSuccess: (session) => begin(client, session),
    // The cookie is gone even where the session could not be ended: the server says who is signed in now.
    onError: () => client.invalidateQueries({ queryKey: SESSION_KEY }),
  })
}
