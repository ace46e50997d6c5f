import { useSyncExternalStore } from 'react'
import { serverNow } from '../api/server-clock.ts'

const EVERY = 15_000

let now = serverNow()
const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = serverNow()
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (ticking === undefined) {
    // It stood still while nobody looked, minutes perhaps.
    now = serverNow()
    ticking = setInterval(tick, EVERY)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** The time by the server, for all that is told from now: one clock for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
