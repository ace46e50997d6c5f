import type { ReactNode } from 'react'
import { type Session, useSession } from '../api/session.ts'
import { shownText } from '../format/shown-text.ts'
import { Notice } from './notice.tsx'

type Scope = Session['scopes'][number]

/** Whether the key that is signed in may do what needs this scope. The server says so too, whatever is shown. */
export function useScope(scope: Scope): boolean {
  return useSession().data?.scopes.includes(scope) ?? false
}

interface Props {
  readonly scope: Scope
  /** What cannot be done: `try a policy on all leads`. */
  readonly children: ReactNode
}

const LONGEST_NAME = 60

/** Instead of what the key may not do: which key, which scope it lacks, who has it. */
export function ScopeNotice({ scope, children }: Props) {
  const name = useSession().data?.name
  return (
    <Notice kind="locked">
      {name === undefined || name === null ? 'Your key' : `The key of ${shownText(name, LONGEST_NAME)}`} lacks
      the scope <code>{scope}</code>, which it takes to {children}. Keys of the roles operations, data and
      admin have it.
    </Notice>
  )
}
