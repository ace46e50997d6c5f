/** Whether the server answers, as of the last question. */
import { useSyncExternalStore } from 'react'

export interface Connection {
  /** Since when nobody answers; null: the server answers. */
  readonly lostSince: number | null
  readonly answeredAt: number | null
}

let connection: Connection = { lostSince: null, answeredAt: null }
const listeners = new Set<() => void>()

function set(next: Connection): void {
  connection = next
  for (const listener of listeners) listener()
}

export function noteAnswer(): void {
  const isNews = connection.lostSince !== null || Date.now() - (connection.answeredAt ?? 0) > 1_000
  if (isNews) set({ lostSince: null, answeredAt: Date.now() })
}

export function noteNoAnswer(): void {
  if (connection.lostSince === null) set({ ...connection, lostSince: Date.now() })
}

/** Nobody answers at this moment. */
export function isLost(): boolean {
  return connection.lostSince !== null
}

/** How often a query asks by itself. While nobody answers it waits to be asked: else what never came would be announced again and again. */
export const whileConnected = (every: number) => (): number | false => (isLost() ? false : every)

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => connection,
  )
}
