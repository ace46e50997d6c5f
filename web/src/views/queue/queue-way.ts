/** The queue that a lead was opened from, so that its page leads on to the next one: for this tab of the browser. */

export interface QueueWay {
  /** What the queue was asked for, as it stands in the address. */
  readonly query: string
  /** In its order. */
  readonly leadIds: readonly string[]
}

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

export interface Neighbours {
  /** null: there is none. */
  readonly before: string | null
  readonly after: string | null
  /** From 1. */
  readonly place: number
  readonly of: number
}

/** null: it is not in that queue. */
export function neighboursOf({ leadIds }: QueueWay, leadId: string): Neighbours | null {
  const at = leadIds.indexOf(leadId)
  if (at < 0) return null
  return {
    before: leadIds[at - 1] ?? null,
    after: leadIds[at + 1] ?? null,
    place: at + 1,
    of: leadIds.length,
  }
}
