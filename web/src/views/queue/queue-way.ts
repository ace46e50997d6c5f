/** The queue that a lead was opened from, so that its page leads on to the next one: for this tab of the browser. */
import type { QueueWay } from './neighbours.ts'

const KEY = 'wonlost.queue.way'
/** Around the one that is opened. */
const MOST = 1_000

export function keepQueueWay(query: string, leadIds: readonly string[], opened: number): void {
  const from = Math.max(0, opened - MOST / 2)
  const way: QueueWay = { query, leadIds: leadIds.slice(from, from + MOST) }
  try {
    sessionStorage.setItem(KEY, JSON.stringify(way))
  } catch {
    // A browser that keeps nothing: the page of the lead leads back to the queue only.
  }
}

/** null: it was not opened from a queue. */
export function readQueueWay(): QueueWay | null {
  const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
  return isWay(kept) ? kept : null
}

function isWay(kept: unknown): kept is QueueWay {
  if (typeof kept !== 'object' || kept === null || !('query' in kept) || !('leadIds' in kept)) return false
  return typeof kept.query === 'string' && Array.isArray(kept.leadIds)
}
