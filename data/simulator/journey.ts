/**
 * What the leads of one account do until it decides, as plain data, and the rates it comes about by. Drawn by
 * continue-journey.ts, kept in simulator_truth, and what truth/ is conditioned on.
 *
 * 1. Streams of visits (streams.ts) give events in bursts.
 * 2. Colleagues of the first contact enter as a Poisson process, most of them within two months.
 * 3. The account decides with a hazard that is constant within a day but for the hours of work (decision.ts).
 */
import type { Milliseconds } from '../../src/glossary.ts'
import type { AccountLaw } from './accounts.ts'
import type { World } from './drift.ts'
import type { Persona } from './people.ts'
import type { StreamKind } from './sessions.ts'
import { FOLLOWING_PROFILES, type StreamLaws } from './streams.ts'

export interface Visit {
  readonly at: Milliseconds
  /** Pairs: index of the effect, how often. The anchor is the first. */
  readonly counts: readonly number[]
}

export interface Stream {
  readonly kind: StreamKind
  readonly beganAt: Milliseconds
  /** Latent: nobody but the simulator may look. */
  readonly interest: number
  /** In order of time. */
  readonly visits: Visit[]
}

export interface JourneyLead {
  readonly persona: Persona
  readonly enteredAt: Milliseconds
  /** The first touch; null when the lead came without doing anything. */
  readonly entry: Visit | null
  readonly streams: Stream[]
}

export interface Decision {
  readonly at: Milliseconds
  readonly won: boolean
  /** Index of the lead whose pace brought it. */
  readonly lead: number
}

export interface Journey {
  readonly law: AccountLaw
  /** Of pace (effects.ts): the account's and its first contact's together. */
  readonly level: number
  /** In order of entry; the first is the first contact. There is always one. */
  readonly leads: readonly [JourneyLead, ...JourneyLead[]]
  readonly decision: Decision | null
}

/** Share of further contacts by whole days since the first contact: most within two months, some within the year. */
const COLLEAGUE_PROFILE: Float64Array = Float64Array.from({ length: 366 }, (_, age) =>
  age === 0 ? 0 : 0.8 * (Math.exp(-age / 18) / 17.5) + 0.2 / 365,
)

/** No colleague enters later than so many days after the first contact. */
export const LAST_COLLEAGUE_DAY = COLLEAGUE_PROFILE.length - 1

/** Mean number of further contacts that enter an account on a day. */
export function colleagueRate(laws: StreamLaws, law: AccountLaw, firstDay: number, day: number): number {
  return law.colleagues * (COLLEAGUE_PROFILE[day - firstDay] ?? 0) * laws.followingCalendar(day)
}

/** Mean number of visits on a day of a stream of interest 1 that began on `startDay`. */
export function visitRate(
  laws: StreamLaws,
  kind: StreamKind,
  group: number,
  startDay: number,
  day: number,
): number {
  const age = day - startDay
  return kind === 'main'
    ? (laws.mainProfiles[group]?.[age] ?? 0) * laws.mainCalendar(day)
    : (FOLLOWING_PROFILES[kind][age] ?? 0) * laws.followingCalendar(day)
}

/** All visits of a lead, the first touch included, in order of time. */
export function visitsOf(lead: JourneyLead): Visit[] {
  const visits = lead.streams.flatMap((stream) => stream.visits)
  if (lead.entry !== null) visits.push(lead.entry)
  return visits.sort((a, b) => a.at - b.at)
}

/** The part of a journey that has happened by `time`. The first contact must have entered. */
export function journeyUntil(journey: Journey, time: Milliseconds): Journey {
  const [first, ...others] = journey.leads
  return {
    ...journey,
    decision: journey.decision !== null && journey.decision.at <= time ? journey.decision : null,
    leads: [
      leadUntil(first, time),
      ...others.filter((lead) => lead.enteredAt <= time).map((lead) => leadUntil(lead, time)),
    ],
  }
}

function leadUntil(lead: JourneyLead, time: Milliseconds): JourneyLead {
  return {
    ...lead,
    streams: lead.streams
      .filter((stream) => stream.beganAt <= time)
      .map((stream) => ({ ...stream, visits: stream.visits.filter((visit) => visit.at <= time) })),
  }
}

/** Journeys are drawn for so many days beyond the history: open deals are those that close there. */
const DAYS_BEYOND = 150

export function lastDayOf(world: World): number {
  return world.endDay + DAYS_BEYOND
}
