/**
 * The events of one lead, laid out by type in one pass, so that each behaviour walks only its own. The arrays are kept from row
 * to row: nothing is allocated for an event.
 */
import type { LeadEvent } from '../glossary.ts'

export interface EventRules {
  /** As if they had never happened. */
  readonly ignored: readonly string[]
  /** Seen by their own behaviour, but no sign of interest: what we sent, and goodbyes. */
  readonly notEngagement: readonly string[]
}

export class EventIndex {
  readonly #ignored: ReadonlySet<string>
  readonly #notEngagement: ReadonlySet<string>
  readonly #slots = new Map<string, number>()
  #events: readonly LeadEvent[] = []
  /** By slot, the position of the first event; by event, the position of the next of its type; -1 ends. */
  #first = new Int32Array(0)
  #next = new Int32Array(256)

  constructor(rules: EventRules) {
    this.#ignored = new Set(rules.ignored)
    this.#notEngagement = new Set([...rules.ignored, ...rules.notEngagement])
  }

  /** The slot of an event type; call before the first `load`. */
  slotOf(type: string): number {
    const slot = this.#slots.get(type) ?? this.#slots.size
    this.#slots.set(type, slot)
    return slot
  }

  /** Bots are nobody's behaviour. */
  counts(event: LeadEvent): boolean {
    return event.properties['bot'] !== true && !this.#ignored.has(event.type)
  }

  /** A sign of interest by the lead itself. */
  isEngagement(event: LeadEvent): boolean {
    return event.properties['bot'] !== true && !this.#notEngagement.has(event.type)
  }

  /** `events` in order of time. Those that are loaded already are not loaded again: every column of a row is told from the same. */
  load(events: readonly LeadEvent[]): void {
    if (events === this.#events) return
    this.#events = events
    if (this.#first.length !== this.#slots.size) this.#first = new Int32Array(this.#slots.size)
    if (this.#next.length < events.length) this.#next = new Int32Array(events.length * 2)
    this.#first.fill(-1)
    for (let i = events.length - 1; i >= 0; i--) {
      const event = events[i]!
      const slot = this.#slots.get(event.type)
      if (slot === undefined || !this.counts(event)) continue
      this.#next[i] = this.#first[slot]!
      this.#first[slot] = i
    }
  }

  /** Position of the oldest event of the slot, or -1. */
  first(slot: number): number {
    return this.#first[slot]!
  }

  /** Position of the next event of the same type, or -1. */
  next(position: number): number {
    return this.#next[position]!
  }

  event(position: number): LeadEvent {
    return this.#events[position]!
  }
}
