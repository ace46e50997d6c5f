/**
 * When an account decides, and what. The hazard of a day is
 *
 *   weekday(day) * pace(level) * (1 + sum over events of earlier days of strength * 2^(-days since / half-life)),
 *
 * where an event of a colleague counts at a lower level than one of the first contact (effects.ts). Within the day it
 * follows the hours of work. The decision is a won deal with a chance by fit, first contact and month; else a lost one.
 */
import type { Milliseconds } from '../../src/glossary.ts'
import { exponential, happens, type Random } from '../random.ts'
import type { AccountLaw } from './accounts.ts'
import { DECISION_CLOCK, DECISIONS_BY_WEEKDAY, dayOf, fractionOfDay, timeAt, weekdayOf } from './calendar.ts'
import { marketWin, sourceWin, storyMonth, type World } from './drift.ts'
import { DAILY_DECAY, EFFECTS, eventLevel, NEVER, paceOf } from './effects.ts'
import { type Decision, type Journey, type JourneyLead, type Visit, visitsOf } from './journey.ts'
import { intentWin, type Persona } from './people.ts'

/** The chance that a decision on this day is a won deal. */
export function winChance(world: World, law: AccountLaw, first: Persona, day: number): number {
  const month = storyMonth(world, day)
  const logOdds =
    law.win + sourceWin(first.source, month) + intentWin(first.intent) + marketWin(law.germanMarket, month)
  return 1 / (1 + Math.exp(-logOdds))
}

/** Adds what a visit does to a pace, undecayed, by effect. */
export function excite(excitement: Float64Array, visit: Visit, pace: number): void {
  for (let place = 0; place < visit.counts.length; place += 2) {
    const effect = visit.counts[place] ?? 0
    const count = visit.counts[place + 1] ?? 0
    excitement[effect] = (excitement[effect] ?? 0) + pace * count * (EFFECTS[effect]?.strength ?? 0)
  }
}

/** Draws the decision after `from`, by the end of `lastDay`; null when there is none. */
export function drawDecision(
  journey: Journey,
  from: Milliseconds,
  lastDay: number,
  world: World,
  random: Random,
): Decision | null {
  const { law, level, leads } = journey
  if (level === NEVER) return null
  const [first] = leads
  const visits = leads
    .flatMap((lead, index) =>
      visitsOf(lead).map((visit) => ({
        day: dayOf(visit.at),
        visit,
        pace: paceOf(eventLevel(level, index)),
      })),
    )
    .sort((a, b) => a.day - b.day)
  const excitement = new Float64Array(EFFECTS.length)
  const fromDay = dayOf(from)
  let clock = exponential(random)
  let seen = 0
  for (let day = dayOf(first.enteredAt); day <= lastDay; day++) {
    if (day >= fromDay && day > dayOf(first.enteredAt)) {
      let pace = paceOf(level)
      for (let effect = 0; effect < EFFECTS.length; effect++) pace += excitement[effect] ?? 0
      const hazard = pace * (DECISIONS_BY_WEEKDAY[weekdayOf(day)] ?? 1)
      const passed = day === fromDay ? DECISION_CLOCK.before(fractionOfDay(from)) : 0
      if (clock < hazard * (1 - passed)) {
        const at = timeAt(day, DECISION_CLOCK.at(passed + clock / hazard))
        const won = happens(random, winChance(world, law, first.persona, day))
        return { at: Math.max(at, from + 1_000), won, lead: drawDecider(journey, day, random) }
      }
      clock -= hazard * (1 - passed)
    }
    for (; seen < visits.length && (visits[seen]?.day ?? 0) <= day; seen++) {
      const one = visits[seen]
      if (one !== undefined) excite(excitement, one.visit, one.pace)
    }
    for (let effect = 0; effect < EFFECTS.length; effect++) {
      excitement[effect] = (excitement[effect] ?? 0) * (DAILY_DECAY[effect] ?? 0)
    }
  }
  return null
}

/** The lead that brought the decision: in proportion to what each adds to the hazard of the day. */
function drawDecider(journey: Journey, day: number, random: Random): number {
  const shares = journey.leads.map((lead, index) => {
    const own = index === 0 ? paceOf(journey.level) : 0
    return own + paceOf(eventLevel(journey.level, index)) * excitementOf(lead, day)
  })
  let left = random.uniform() * shares.reduce((sum, share) => sum + share, 0)
  for (const [index, share] of shares.entries()) {
    left -= share
    if (left < 0) return index
  }
  return 0
}

/** Sum over the events of a lead before a day of strength * 2^(-days since / half-life). */
function excitementOf(lead: JourneyLead, day: number): number {
  let sum = 0
  for (const visit of visitsOf(lead)) {
    const age = day - dayOf(visit.at)
    if (age <= 0) continue
    for (let place = 0; place < visit.counts.length; place += 2) {
      const effect = EFFECTS[visit.counts[place] ?? 0]
      if (effect === undefined) continue
      sum += (visit.counts[place + 1] ?? 0) * effect.strength * 2 ** (-age / effect.halfLifeDays)
    }
  }
  return sum
}
