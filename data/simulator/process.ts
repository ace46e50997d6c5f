/** Journeys of accounts by number: who comes first and when, and all that follows. Each account has randomness of its own. */
import { DAY, type Milliseconds } from '../../src/glossary.ts'
import { createRandom, type Random } from '../random.ts'
import { drawAccount, type Firmographics } from './accounts.ts'
import {
  dayOf,
  monthsBefore,
  seasonOf,
  timeAt,
  VISITS_BY_WEEKDAY,
  visitClock,
  weekdayOf,
} from './calendar.ts'
import { beginJourney, continueJourney } from './continue-journey.ts'
import { hasNewCampaign, storyMonth, type World } from './drift.ts'
import { type Journey, lastDayOf } from './journey.ts'
import { drawPersona } from './people.ts'
import { createStreamLaws, type StreamLaws } from './streams.ts'

/** What a simulated history depends on, and nothing else. */
export interface SimulationOptions {
  /** Accounts are added until there are so many leads. */
  readonly leads: number
  readonly seed: number
  /** Calendar months that the history covers. */
  readonly months: number
  /** The first moment that is not part of the history. */
  readonly endsAt: Milliseconds
  readonly drift: boolean
  /** Campaigns changed so many whole days before the end (campaign.ts); absent: they did not. */
  readonly campaignChangeDays?: number
}

/** Purposes of randomness: who an account is and does, and what the records of it look like. */
export const PURPOSES = { process: 1, records: 2 } as const

export function worldOf(options: SimulationOptions): World {
  const endDay = Math.ceil(options.endsAt / DAY)
  const { campaignChangeDays: days } = options
  return {
    startDay: dayOf(monthsBefore(options.endsAt, options.months)),
    endDay,
    drift: options.drift,
    ...(days === undefined ? {} : { campaignDay: endDay - days }),
  }
}

export interface AccountJourney {
  readonly accountNumber: number
  readonly firmographics: Firmographics
  readonly journey: Journey
}

/** The journeys of a simulation, without an end: the caller stops when it has seen enough. */
export function* accountJourneys(options: SimulationOptions): Generator<AccountJourney> {
  const laws = createStreamLaws(worldOf(options))
  for (let accountNumber = 0; ; accountNumber++) {
    yield accountJourney(options.seed, accountNumber, laws)
  }
}

function accountJourney(seed: number, accountNumber: number, laws: StreamLaws): AccountJourney {
  const random = createRandom(seed, accountNumber, PURPOSES.process)
  const { firmographics, law } = drawAccount(random)
  const day = firstContactDay(random, laws.world)
  const at = timeAt(day, visitClock(law.zone).at(random.uniform()))
  const month = Math.floor(storyMonth(laws.world, day))
  const persona = drawPersona(random, law.kind, month, hasNewCampaign(laws.world, day))
  // Students and job seekers write for themselves: nobody follows them.
  const alone = persona.intent === 'student_project' || persona.intent === 'job_seeking'
  const begun = beginJourney(alone ? { ...law, colleagues: 0 } : law, persona, at, laws, random)
  const journey = continueJourney(begun, at, lastDayOf(laws.world), laws, random)
  return { accountNumber, firmographics, journey }
}

/** More first contacts on working days, fewer in quiet seasons, a fifth more at the end than at the start. */
function firstContactDay(random: Random, world: World): number {
  const days = world.endDay - world.startDay
  const most = 1.2 * Math.max(...VISITS_BY_WEEKDAY)
  for (;;) {
    const day = world.startDay + Math.floor(random.uniform() * days)
    const growth = 1 + (0.2 * (day - world.startDay)) / days
    const weight = growth * (VISITS_BY_WEEKDAY[weekdayOf(day)] ?? 1) * seasonOf(day)
    if (random.uniform() * most < weight) return day
  }
}
