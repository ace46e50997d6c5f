/**
 * The last weeks of a simulated history as live traffic: the same people do the same things again, in the same order, with the gaps between
 * them shortened. Endless: after the last event it begins again with the first.
 */
import { DAY, type Milliseconds, SECOND } from '../src/glossary.ts'
import type { SimulationOptions } from './simulator/process.ts'
import { simulate } from './simulator/simulate.ts'

/** Weekdays and weekends as they are. */
const WINDOW = 28 * DAY

export interface TrafficEvent {
  /** By which the database knows the lead: that of the first of several records of one person. */
  readonly email: string
  readonly leadId: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

export interface Traffic {
  readonly events: readonly TrafficEvent[]
  /** Of each event, since the beginning. In order. */
  readonly at: readonly Milliseconds[]
}

/** The pace: so many events a second on average, or so many times as fast as it was; `evenRate`: with the same time between any two. */
export type Pace = { readonly rate: number } | { readonly speed: number } | { readonly evenRate: number }

export interface PlayedEvent {
  readonly event: TrafficEvent
  /** Since the beginning, as it is played. */
  readonly due: Milliseconds
}

/** What happened before the history ended. Account after account: `onAccount` is called after each, so that others get their turn. */
export async function recordTraffic(
  options: SimulationOptions,
  onAccount: (leads: number) => Promise<void>,
): Promise<Traffic> {
  const from = options.endsAt - WINDOW
  const found: { readonly at: Milliseconds; readonly event: TrafficEvent }[] = []
  let leads = 0
  for (const account of simulate(options)) {
    const emails = new Map(account.leads.map(({ leadId, email }) => [leadId, email]))
    for (const { leadId, type, properties, occurredAt } of account.events) {
      const email = emails.get(leadId)
      if (occurredAt < from || email === undefined) continue
      found.push({ at: occurredAt - from, event: { email, leadId, type, properties } })
    }
    leads += account.leads.length
    await onAccount(leads)
  }
  found.sort((a, b) => a.at - b.at)
  return { events: found.map(({ event }) => event), at: found.map(({ at }) => at) }
}

/** How many times as fast as it was. */
export function speedOf(traffic: Traffic, pace: Pace): number {
  if ('speed' in pace) return pace.speed
  const rate = 'rate' in pace ? pace.rate : pace.evenRate
  return (rate * WINDOW) / SECOND / traffic.events.length
}

/** Nothing at all where nothing happened. */
export function* playTraffic(traffic: Traffic, pace: Pace): Generator<PlayedEvent, void, undefined> {
  if (traffic.events.length === 0) return
  const speed = speedOf(traffic, pace)
  const gap = 'evenRate' in pace ? WINDOW / traffic.events.length : null
  for (let round = 0; ; round++)
    for (const [place, event] of traffic.events.entries())
      yield { event, due: (round * WINDOW + (gap === null ? traffic.at[place]! : gap * place)) / speed }
}
