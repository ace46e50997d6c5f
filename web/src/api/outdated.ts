/** What is shown and could not be read anew: views show what they have, and this says that it is old. */
import { type Query, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

interface Outdated {
  /** In the server's own words. */
  readonly because: string
  readonly tryAgain: () => void
}

/** null: all that is shown is as it was answered last. */
export function useOutdated(): Outdated | null {
  const client = useQueryClient()
  const cache = client.getQueryCache()
  const because = useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => cache.findAll({ type: 'active', predicate: isOutdated })[0]?.state.error?.message ?? null,
  )
  if (because === null) return null
  return {
    because,
    tryAgain: () => void client.refetchQueries({ type: 'active', predicate: isOutdated }),
  }
}

const isOutdated = ({ state }: Query): boolean => state.status === 'error' && state.data !== undefined
