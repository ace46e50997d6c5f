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
 * Throws `invalid_request` for times in the future and event ids given twice. Without `as_of`, what a client says whose clock
 * runs a little ahead still counts: `asOf` is then just after the latest of its times.
 */
export function recordOf(request: ScoreRequest, now: Milliseconds): RequestRecord {
  refuseFuture(timesOf(request), now)
  const given = request.events ?? []
  refuseRepeats(given)
  let latest = now - 1
  for (const [, time] of timesOf(request)) latest = Math.max(latest, time ?? 0)
  const asOf = request.as_of ?? latest + 1
  const events = given.map(
    (event, index): LeadEvent => ({
      eventId: event.event_id ?? `${SOURCE}:${String(index).padStart(5, '0')}`,
      type: event.type,
      occurredAt: event.occurred_at,
      knownAt: event.known_at ?? event.occurred_at,
      source: event.source ?? SOURCE,
      properties: event.properties ?? {},
    }),
  )
  const first = events.reduce((time, event) => Math.min(time, event.occurredAt), asOf - 1)
  const accountId = request.account ? (request.account.account_id ?? request.lead.lead_id) : null
  const lead: LeadRecord = {
    leadId: request.lead.lead_id,
    accountId,
    createdAt: request.lead.created_at ?? first,
    traits: traitsOf(request.lead.traits, asOf),
    events: events.sort(
      (a, b) => a.occurredAt - b.occurredAt || a.knownAt - b.knownAt || order(a.eventId, b.eventId),
    ),
  }
  const account: AccountRecord = {
    accountId,
    traits: traitsOf(request.account?.traits, asOf),
    leads: [lead],
    deals: [],
  }
  return { account, lead, asOf }
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

type GivenTime = readonly [field: string, time: Milliseconds | undefined]

function* timesOf(request: ScoreRequest): Iterable<GivenTime> {
  yield ['as_of', request.as_of]
  yield ['lead.created_at', request.lead.created_at]
  for (const side of ['lead', 'account'] as const) {
    for (const [name, trait] of Object.entries(request[side]?.traits ?? {})) {
      if (!isDated(trait)) continue
      yield [fieldPath([side, 'traits', name, 'occurred_at'], 'body'), trait.occurred_at]
      yield [fieldPath([side, 'traits', name, 'known_at'], 'body'), trait.known_at]
    }
  }
  for (const [i, event] of (request.events ?? []).entries()) {
    yield [`events[${i}].occurred_at`, event.occurred_at]
    yield [`events[${i}].known_at`, event.known_at]
  }
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

function refuseRepeats(events: NonNullable<ScoreRequest['events']>): void {
  const seen = new Map<string, number>()
  for (const [i, { event_id }] of events.entries()) {
    if (event_id === undefined) continue
    const earlier = seen.get(event_id)
    if (earlier !== undefined) {
      const field = `events[${i}].event_id`
      throw invalidRequest([
        { field, message: `${field} is the event_id of events[${earlier}] too; it must be unique.` },
      ])
    }
    seen.set(event_id, i)
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
