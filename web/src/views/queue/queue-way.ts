/** The queue that a lead was opened from, so that its page leads on to the next one, and back: for this tab of the browser. */
import type { QueueWay } from './neighbours.ts'

const KEY = 'wonlost.queue.way'
/** Around the one that is opened. */
const MOST = 1_000

export function keepQueueWay(
  { query, leadIds, next }: Pick<QueueWay, 'query' | 'leadIds' | 'next'>,
  opened: number,
): void {
  const skipped = Math.max(0, opened - MOST / 2)
  const kept = leadIds.slice(skipped, skipped + MOST)
  const isCut = skipped + kept.length < leadIds.length
  writeQueueWay({
    ...{ query, skipped, leadIds: kept, current: leadIds[opened] ?? '' },
    // What lies between is not kept: the way ends there.
    next: isCut ? null : next,
  })
}

export function writeQueueWay(way: QueueWay): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(way))
  } catch {
    // A browser that keeps nothing: the page of the lead leads back to the queue only.
  }
}

/** null: it was not opened from a queue. */
export function readQueueWay(): QueueWay | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    return isWay(kept) ? kept : null
  } catch {
    // No JSON, or a browser that keeps nothing.
    return null
  }
}

function isWay(kept: unknown): kept is QueueWay {
  if (typeof kept !== 'object' || kept === null) return false
  const { query, skipped, leadIds, current, next } = kept as Readonly<Record<string, unknown>>
  const isPlaced = typeof query === 'string' && typeof skipped === 'number' && typeof current === 'string'
  return isPlaced && Array.isArray(leadIds) && (next === null || typeof next === 'string')
}
