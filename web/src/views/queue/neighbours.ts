export interface QueueWay {
  /** What the queue was asked for, as it stands in the address. */
  readonly query: string
  /** How many come before those that are kept. */
  readonly skipped: number
  /** In its order. */
  readonly leadIds: readonly string[]
  /** The one that is looked at, or was last. */
  readonly current: string
  /** Of the page after them; null: there is none. */
  readonly next: string | null
}

export interface Neighbours {
  /** null: there is none. */
  readonly before: string | null
  readonly after: string | null
  /** From 1. */
  readonly place: number
  /** That are known of. */
  readonly of: number
  /** There are more than these. */
  readonly isMore: boolean
}

/** null: it is not in that queue. */
export function neighboursOf({ leadIds, skipped, next }: QueueWay, leadId: string): Neighbours | null {
  const at = leadIds.indexOf(leadId)
  if (at < 0) return null
  return {
    before: leadIds[at - 1] ?? null,
    after: leadIds[at + 1] ?? null,
    place: skipped + at + 1,
    of: skipped + leadIds.length,
    isMore: next !== null,
  }
}
