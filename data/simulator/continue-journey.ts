/** Draws how a journey goes on from any moment; a whole journey is a continuation from its first contact. */
import type { Milliseconds } from '../../src/glossary.ts'
import { poisson, type Random } from '../random.ts'
import type { AccountLaw } from './accounts.ts'
import { dayOf, fractionOfDay, startOfDay, timeAt, visitClock } from './calendar.ts'
import { drawDecision } from './decision.ts'
import { combineLevels } from './effects.ts'
import { colleagueRate, type Journey, LAST_COLLEAGUE_DAY } from './journey.ts'
import { drawColleague, type Persona } from './people.ts'
import type { StreamLaws } from './streams.ts'
import { drawVisits, enterLead } from './visits.ts'

/** An account at the moment of its first touch. */
export function beginJourney(
  law: AccountLaw,
  first: Persona,
  enteredAt: Milliseconds,
  laws: StreamLaws,
  random: Random,
): Journey {
  return {
    law,
    level: combineLevels(law.level, first.level),
    leads: [enterLead(first, enteredAt, laws, random)],
    decision: null,
  }
}

/**
 * The journey with what happens from `from` up to the end of `lastDay`: visits, colleagues, the decision. What is drawn after
 * the decision is left in, for the caller to thin out: it did not bring the decision about.
 */
export function continueJourney(
  journey: Journey,
  from: Milliseconds,
  lastDay: number,
  laws: StreamLaws,
  random: Random,
): Journey {
  const { zone } = journey.law
  const [first, ...others] = journey.leads.map((lead) => drawVisits(lead, from, lastDay, zone, laws, random))
  if (first === undefined) throw new RangeError('a journey has at least its first contact')
  const colleagues = arrivals(journey, from, lastDay, laws, random).map((at) => {
    const colleague = enterLead(drawColleague(random, first.persona), at, laws, random)
    return drawVisits(colleague, at, lastDay, zone, laws, random)
  })
  const drawn: Journey = { ...journey, leads: [first, ...others, ...colleagues] }
  return { ...drawn, decision: drawDecision(drawn, from, lastDay, laws.world, random) }
}

/** When further contacts enter, in order of time. */
function arrivals(
  journey: Journey,
  from: Milliseconds,
  lastDay: number,
  laws: StreamLaws,
  random: Random,
): Milliseconds[] {
  const clock = visitClock(journey.law.zone)
  const firstDay = dayOf(journey.leads[0].enteredAt)
  const times: Milliseconds[] = []
  for (let day = dayOf(from); day <= Math.min(lastDay, firstDay + LAST_COLLEAGUE_DAY); day++) {
    const passed = startOfDay(day) < from ? clock.before(fractionOfDay(from)) : 0
    const mean = colleagueRate(laws, journey.law, firstDay, day) * (1 - passed)
    for (let left = poisson(random, mean); left > 0; left--) {
      times.push(timeAt(day, clock.at(passed + random.uniform() * (1 - passed))))
    }
  }
  return times.sort((a, b) => a - b)
}
