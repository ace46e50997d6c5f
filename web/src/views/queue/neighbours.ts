export interface QueueWay {
  /** What the queue was asked for, as it stands in the address. */
  readonly query: string
  /** In its order. */
  readonly leadIds: readonly string[]
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
