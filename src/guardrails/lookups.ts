/**
 * What the rules of a file ask of one lead, each thing looked up once for all of them: values by slot when the first rule asks, counts of
 * events in one walk over the events. The places are kept from lead to lead, so that judging allocates nothing where no rule holds.
 */
import type { Milliseconds } from '../glossary.ts'
import { type EventQuery, eventQueryKey, matchesQuery } from './event-query.ts'
import type { Field } from './field.ts'
import { type CountryReader, Reading } from './reading.ts'
import type { SubjectView } from './subject-view.ts'

export class Lookups {
  readonly #countryCodeOf: CountryReader
  readonly #slots = new Map<string, number>()
  readonly #fields: Field[] = []
  readonly #readings: Reading[] = []
  /** For which lead the reading was loaded. */
  readonly #loadedFor: number[] = []
  readonly #queryPlaces = new Map<string, number>()
  readonly #queries: EventQuery[] = []
  readonly #queriesByType = new Map<string, number[]>()
  readonly #counts: number[] = []
  #countedFor = 0
  #lead = 0
  #view: SubjectView | null = null

  constructor(countryCodeOf: CountryReader) {
    this.#countryCodeOf = countryCodeOf
  }

  /** Of a field that some rule asks for. Call while compiling. */
  slotOf(field: Field): number {
    const known = this.#slots.get(field.key)
    if (known !== undefined) return known
    const slot = this.#fields.push(field) - 1
    this.#slots.set(field.key, slot)
    this.#readings.push(new Reading(this.#countryCodeOf))
    this.#loadedFor.push(0)
    return slot
  }

  /** Of a count that some rule asks for. Call while compiling. */
  placeOf(query: EventQuery): number {
    const key = eventQueryKey(query)
    const known = this.#queryPlaces.get(key)
    if (known !== undefined) return known
    const place = this.#queries.push(query) - 1
    this.#queryPlaces.set(key, place)
    this.#counts.push(0)
    for (const type of query.types) {
      const ofType = this.#queriesByType.get(type)
      if (ofType) ofType.push(place)
      else this.#queriesByType.set(type, [place])
    }
    return place
  }

  get fields(): readonly Field[] {
    return this.#fields
  }

  /** Another lead, or the same at another moment. */
  load(view: SubjectView): void {
    this.#view = view
    this.#lead += 1
  }

  /** Lets go of the lead. */
  clear(): void {
    this.#view = null
  }

  /** The lead that is being judged. Throws where there is none. */
  get view(): SubjectView {
    if (this.#view === null) throw new RangeError('No lead is loaded')
    return this.#view
  }

  get asOf(): Milliseconds {
    return this.#view!.asOf
  }

  reading(slot: number): Reading {
    const reading = this.#readings[slot]!
    if (this.#loadedFor[slot] !== this.#lead) {
      this.#loadedFor[slot] = this.#lead
      reading.load(this.#fields[slot]!.read(this.#view!).value)
    }
    return reading
  }

  count(place: number): number {
    if (this.#countedFor !== this.#lead) this.#countAll()
    return this.#counts[place]!
  }

  #countAll(): void {
    this.#countedFor = this.#lead
    this.#counts.fill(0)
    const { asOf, events } = this.#view!
    for (let i = 0; i < events.length; i++) {
      const event = events[i]!
      const places = this.#queriesByType.get(event.type)
      if (places === undefined) continue
      for (let j = 0; j < places.length; j++) {
        const place = places[j]!
        if (matchesQuery(this.#queries[place]!, event, asOf)) this.#counts[place]! += 1
      }
    }
  }
}
