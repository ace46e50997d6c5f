/** From the body of `POST /v1/score` to the same raw facts that the database gives: one feature path. */
import {
  type AccountRecord,
  formatTime,
  type LeadEvent,
  type LeadRecord,
  type Milliseconds,
  type Trait,
} from '../glossary.ts'
import { LIMITS } from './limits.ts'
import type { RequestTrait, ScoreRequest } from './schemas/score-request.ts'
import { fieldPath, invalidRequest } from './validation.ts'

export interface RequestRecord {
  readonly account: AccountRecord
  readonly lead: LeadRecord
  readonly asOf: Milliseconds
}

const SOURCE = 'request'

/**
 * Throws `invalid_request` for times in the future, and for event ids or people given twice. Without `as_of`, what a client says whose
 * clock runs a little ahead still counts: `asOf` is then just after the latest of its times.
 */
export function recordOf(request: ScoreRequest, now: Milliseconds): RequestRecord {
  let latest = now - 1
  eachTime(request, (time) => {
    latest = Math.max(latest, time)
  })
  if (latest > now + LIMITS.clockAhead) refuseFuture(timesOf(request), now)
  const people = request.account?.people ?? []
  refuseRepeats(request.events ?? [], [])
  for (const [i, { events = [] }] of people.entries()) refuseRepeats(events, stepsTo(i))
  refuseSamePerson(request.lead.lead_id, people)
  const asOf = request.as_of ?? latest + 1
  const accountId = request.account ? (request.account.account_id ?? request.lead.lead_id) : null
  const lead = leadOf(request.lead, request.events ?? [], accountId, asOf)
  const colleagues = people.map((person) => leadOf(person, person.events ?? [], accountId, asOf))
  const account: AccountRecord = {
    accountId,
    traits: traitsOf(request.account?.traits, asOf),
    leads: [lead, ...colleagues].sort((a, b) => order(a.leadId, b.leadId)),
    deals: [],
    customerSince: request.account?.customer_since === undefined ? 'unknown' : request.account.customer_since,
    ...(request.account && !request.account.people ? { colleagues: 'unknown' } : {}),
  }
  return { account, lead, asOf }
}

type Person = NonNullable<NonNullable<ScoreRequest['account']>['people']>[number]
type RequestEvents = NonNullable<ScoreRequest['events']>

function leadOf(
  { lead_id: leadId, created_at, traits }: ScoreRequest['lead'],
  given: RequestEvents,
  accountId: string | null,
  asOf: Milliseconds,
): LeadRecord {
  const events = given.map(
    (event, index): LeadEvent => ({
      eventId: event.event_id ?? defaultId(index),
      type: event.type,
      occurredAt: event.occurred_at,
      knownAt: event.known_at ?? event.occurred_at,
      source: event.source ?? SOURCE,
      properties: event.properties ?? {},
    }),
  )
  const first = events.reduce((time, event) => Math.min(time, event.occurredAt), asOf - 1)
  return {
    leadId,
    accountId,
    createdAt: created_at ?? first,
    traits: traitsOf(traits, asOf),
    events: events.sort(
      (a, b) => a.occurredAt - b.occurredAt || a.knownAt - b.knownAt || order(a.eventId, b.eventId),
    ),
  }
}

function traitsOf(traits: Readonly<Record<string, RequestTrait>> | undefined, asOf: Milliseconds): Trait[] {
  return Object.entries(traits ?? {}).map(([name, given]) => {
    const { value, occurred_at, known_at, source, undated } = isDated(given) ? given : { value: given }
    const occurredAt = occurred_at ?? Math.min(asOf - 1, known_at ?? asOf - 1)
    return {
      name,
      value,
      occurredAt,
      knownAt: known_at ?? occurredAt,
      source: source ?? SOURCE,
      undated: undated ?? occurred_at === undefined,
    }
  })
}

function isDated(trait: RequestTrait): trait is Extract<RequestTrait, { value: unknown }> {
  return typeof trait === 'object' && !Array.isArray(trait)
}

const DEFAULT_IDS: string[] = []

/** Of the event at this place: in this order, the same for every request. */
function defaultId(index: number): string {
  for (let i = DEFAULT_IDS.length; i <= index; i++)
    DEFAULT_IDS.push(`${SOURCE}:${String(i).padStart(5, '0')}`)
  return DEFAULT_IDS[index]!
}

type GivenTime = readonly [field: string, time: Milliseconds | undefined]

/** Of the colleague at this place. */
function stepsTo(person: number): readonly PropertyKey[] {
  return ['account', 'people', person]
}

type SeeTime = (time: Milliseconds, of: readonly PropertyKey[], ...steps: readonly PropertyKey[]) => void

/** Every time that the request gives, with the steps to its field. */
function eachTime(request: ScoreRequest, see: SeeTime): void {
  if (request.as_of !== undefined) see(request.as_of, [], 'as_of')
  eachTimeOf(request.lead, request.events ?? [], see, ['lead'], [])
  const { customer_since: customerSince, traits, people = [] } = request.account ?? {}
  if (typeof customerSince === 'number') see(customerSince, [], 'account', 'customer_since')
  eachTimeOfTraits(traits ?? {}, see, ['account'])
  for (const [i, person] of people.entries())
    eachTimeOf(person, person.events ?? [], see, stepsTo(i), stepsTo(i))
}

/** `steps` to the lead, `before` to its events. */
function eachTimeOf(
  { created_at: createdAt, traits }: ScoreRequest['lead'],
  events: RequestEvents,
  see: SeeTime,
  steps: readonly PropertyKey[],
  before: readonly PropertyKey[],
): void {
  if (createdAt !== undefined) see(createdAt, steps, 'created_at')
  eachTimeOfTraits(traits ?? {}, see, steps)
  for (let i = 0; i < events.length; i++) {
    const { occurred_at, known_at } = events[i]!
    see(occurred_at, before, 'events', i, 'occurred_at')
    if (known_at !== undefined) see(known_at, before, 'events', i, 'known_at')
  }
}

function eachTimeOfTraits(
  traits: Readonly<Record<string, RequestTrait>>,
  see: SeeTime,
  steps: readonly PropertyKey[],
): void {
  for (const name of Object.keys(traits)) {
    const trait = traits[name]!
    if (!isDated(trait)) continue
    if (trait.occurred_at !== undefined) see(trait.occurred_at, steps, 'traits', name, 'occurred_at')
    if (trait.known_at !== undefined) see(trait.known_at, steps, 'traits', name, 'known_at')
  }
}

function timesOf(request: ScoreRequest): GivenTime[] {
  const times: GivenTime[] = []
  eachTime(request, (time, of, ...steps) => times.push([fieldPath([...of, ...steps], 'body'), time]))
  return times
}

/** Nothing has happened yet in the future, and no score can be as of then. */
export function refuseFuture(times: Iterable<GivenTime>, now: Milliseconds): void {
  const faults = []
  for (const [field, time] of times) {
    if (time === undefined || time <= now + LIMITS.clockAhead) continue
    faults.push({
      field,
      message: `${field} must not lie in the future: at most ${LIMITS.clockAhead / 1_000} s after now, ${formatTime(now)}. Given: ${formatTime(time)}.`,
    })
  }
  if (faults.length > 0) throw invalidRequest(faults)
}

/** The moment that a query asks about; left out or `now`, this one. Throws as `refuseFuture`. */
export function momentOf(asOf: 'now' | Milliseconds | undefined, now: Milliseconds): Milliseconds {
  if (asOf === undefined || asOf === 'now') return now
  refuseFuture([['as_of', asOf]], now)
  return asOf
}

/** `before`: the steps to the events. */
function refuseRepeats(events: RequestEvents, before: readonly PropertyKey[]): void {
  const seen = new Map<string, number>()
  for (const [i, { event_id }] of events.entries()) {
    if (event_id === undefined) continue
    const earlier = seen.get(event_id)
    if (earlier !== undefined) {
      const field = fieldPath([...before, 'events', i, 'event_id'], 'body')
      const other = fieldPath([...before, 'events', earlier], 'body')
      throw invalidRequest([
        { field, message: `${field} is the event_id of ${other} too; it must be unique.` },
      ])
    }
    seen.set(event_id, i)
  }
}

/** Everybody stands in the request once. */
function refuseSamePerson(leadId: string, people: readonly Person[]): void {
  const places = new Map([[leadId, 'lead']])
  for (const [i, { lead_id: id }] of people.entries()) {
    const place = fieldPath(stepsTo(i), 'body')
    const earlier = places.get(id)
    if (earlier !== undefined) {
      const field = `${place}.lead_id`
      const message = `${field} is the lead_id of ${earlier} too; people are the others of the account, each once.`
      throw invalidRequest([{ field, message }])
    }
    places.set(id, place)
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
