/** What servers have acknowledged: the harness's own book, against which the database is held. */
export interface Ledger {
  /** Numbers of events, each in the properties of its event. */
  readonly events: Set<number>
  /** Visitors who were told to be a user. */
  readonly visitors: Map<string, string>
  /** Numbers of identify messages, each the value of a trait of its user. */
  readonly traits: Map<number, string>
  /** Users who were told to be another one. */
  readonly aliases: Map<string, string>
  /** Deals with their amounts. */
  readonly deals: Map<string, number>
}

export function createLedger(): Ledger {
  return { events: new Set(), visitors: new Map(), traits: new Map(), aliases: new Map(), deals: new Map() }
}

/** Messages that were acknowledged. */
export function acknowledged({ events, traits, aliases, deals }: Ledger): number {
  return events.size + traits.size + aliases.size + deals.size
}
