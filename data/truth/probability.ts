/**
 * P(the account wins a deal within a horizon | everything that its leads have done up to a moment): in closed form.
 *
 * Let t be the moment and S(u) the chance that no decision falls between t and u. Given the past, three independent things
 * bring hazard, and S is the product of what each leaves:
 *
 *   1. Leads and events there are: exp(-(their hazard from t to u)); nothing in it is random.
 *   2. Visits still to come of streams there are. The interest of a stream is Gamma(a, a) and its visits are Poisson, so
 *      after n visits in an exposure E it is Gamma(a + n, a + E). (That no decision came before t says nothing more: the
 *      hazard depends on the visits, which are seen, and on nothing latent.) A visit on day s leaves V(s, u) of survival
 *      (functionals.ts), so with c(u) = sum over days s of rate(s) * (1 - V(s, u)) the stream leaves, by the Laplace
 *      functional of a Poisson process and the Laplace transform of the gamma distribution,
 *        ((a + E) / (a + E + c(u)))^(a + n).
 *   3. Colleagues still to come, a Poisson process with known rate r: exp(-sum over days e of r(e) * (1 - A(e, u)))
 *      (colleagues.ts).
 *
 * A decision on day d is won with chance w(d), whatever brought it, so P = sum over days of w(d) * (S(start) - S(end)).
 * All sums are over whole days, exactly as the process is written; the horizon ends within a day, where ln S is taken to be
 * linear in the share of the day's decisions. That is off by at most an eighth of the variance of one day's hazard: 1e-5.
 */
import type { Milliseconds } from '../../src/glossary.ts'
import {
  DECISION_CLOCK,
  DECISIONS_BY_WEEKDAY,
  dayOf,
  fractionOfDay,
  visitClock,
  weekdayOf,
} from '../simulator/calendar.ts'
import { excite, winChance } from '../simulator/decision.ts'
import { DAILY_DECAY, EFFECTS, eventLevel, NEVER, paceOf } from '../simulator/effects.ts'
import {
  colleagueRate,
  type Journey,
  type Stream,
  type Visit,
  visitRate,
  visitsOf,
} from '../simulator/journey.ts'
import { FOLLOWING_DAYS, INTEREST_SHAPES, type StreamLaws } from '../simulator/streams.ts'
import { type Colleagues, createColleagues } from './colleagues.ts'
import { createFunctionals, type Functionals } from './functionals.ts'

export interface Truth {
  /** The probability in [0, 1] that the account of a journey wins within the horizon; NaN when it has decided already or has not begun. */
  probability(journey: Journey, time: Milliseconds): number
}

export function createTruth(laws: StreamLaws, horizonDays: number): Truth {
  const functionals = createFunctionals(laws, horizonDays)
  const colleagues = createColleagues(laws, functionals)
  return {
    probability: (journey, time) => winProbability(journey, time, horizonDays, laws, functionals, colleagues),
  }
}

function winProbability(
  journey: Journey,
  time: Milliseconds,
  horizonDays: number,
  laws: StreamLaws,
  functionals: Functionals,
  colleagues: Colleagues,
): number {
  const { law, level } = journey
  const [first] = journey.leads
  if (first.enteredAt > time) return Number.NaN
  if (journey.decision !== null && journey.decision.at <= time) return Number.NaN
  if (level === NEVER) return 0
  const today = dayOf(time)
  // ln S at the end of today (0), of tomorrow (1), ... of the day in which the horizon ends.
  const logSurvival = certainHazard(journey, time, horizonDays).map((hazard) => -hazard)
  for (const [index, lead] of journey.leads.entries()) {
    for (const stream of lead.streams) {
      if (stream.beganAt > time || lead.enteredAt > time) continue
      addStream(
        logSurvival,
        stream,
        lead.persona.group,
        eventLevel(level, index),
        law.zone,
        time,
        laws,
        functionals,
      )
    }
  }
  const left = 1 - visitClock(law.zone).before(fractionOfDay(time))
  for (let ahead = 0; ahead < horizonDays; ahead++) {
    const rate = colleagueRate(laws, law, dayOf(first.enteredAt), today + ahead) * (ahead === 0 ? left : 1)
    if (rate === 0) continue
    const survival = colleagues.survival(eventLevel(level, 1), first.persona.group, today + ahead)
    for (let end = ahead + 1; end <= horizonDays; end++) {
      logSurvival[end] = (logSurvival[end] ?? 0) - rate * (1 - (survival[end - ahead] ?? 1))
    }
  }
  let probability = 0
  let before = 1
  for (let ahead = 0; ahead <= horizonDays; ahead++) {
    let end = logSurvival[ahead] ?? 0
    if (ahead === horizonDays) {
      const yesterday = logSurvival[ahead - 1] ?? 0
      end = yesterday + (end - yesterday) * DECISION_CLOCK.before(fractionOfDay(time))
    }
    const after = Math.exp(end)
    probability += winChance(laws.world, law, first.persona, today + ahead) * (before - after)
    before = after
  }
  return probability
}

/** Hazard of the events there are and of the account by itself, summed from `time` to the end of each day. */
function certainHazard(journey: Journey, time: Milliseconds, horizonDays: number): Float64Array {
  const today = dayOf(time)
  const basePace = paceOf(journey.level)
  const earlier = new Float64Array(EFFECTS.length)
  const ofToday = new Float64Array(EFFECTS.length)
  for (const [index, lead] of journey.leads.entries()) {
    const pace = paceOf(eventLevel(journey.level, index))
    for (const visit of visitsOf(lead)) {
      if (visit.at > time) break
      const age = today - dayOf(visit.at)
      if (age === 0) excite(ofToday, visit, pace)
      else exciteAged(earlier, visit, pace, age)
    }
  }
  const sums = new Float64Array(horizonDays + 1)
  if (dayOf(journey.leads[0].enteredAt) < today) {
    const pace = earlier.reduce((sum, one) => sum + one, basePace)
    const left = 1 - DECISION_CLOCK.before(fractionOfDay(time))
    sums[0] = pace * (DECISIONS_BY_WEEKDAY[weekdayOf(today)] ?? 0) * left
  }
  const excitement = earlier.map((one, effect) => one + (ofToday[effect] ?? 0))
  for (let ahead = 1; ahead <= horizonDays; ahead++) {
    let pace = basePace
    for (let effect = 0; effect < excitement.length; effect++) {
      const decayed = (excitement[effect] ?? 0) * (DAILY_DECAY[effect] ?? 0)
      excitement[effect] = decayed
      pace += decayed
    }
    sums[ahead] = (sums[ahead - 1] ?? 0) + pace * (DECISIONS_BY_WEEKDAY[weekdayOf(today + ahead)] ?? 0)
  }
  return sums
}

/** Adds what a visit some days ago still does to a pace, by effect. */
function exciteAged(excitement: Float64Array, visit: Visit, pace: number, ageDays: number): void {
  for (let place = 0; place < visit.counts.length; place += 2) {
    const index = visit.counts[place] ?? 0
    const effect = EFFECTS[index]
    if (effect === undefined) continue
    const weight = effect.strength * 2 ** (-ageDays / effect.halfLifeDays)
    excitement[index] = (excitement[index] ?? 0) + pace * (visit.counts[place + 1] ?? 0) * weight
  }
}

/** Visits still to come of a stream there is: adds (a + n) * ln((a + E) / (a + E + c)). */
function addStream(
  logSurvival: Float64Array,
  stream: Stream,
  group: number,
  level: number,
  zone: number,
  time: Milliseconds,
  laws: StreamLaws,
  functionals: Functionals,
): void {
  const { kind } = stream
  const today = dayOf(time)
  const startDay = dayOf(stream.beganAt)
  if (kind !== 'main' && today > startDay + FOLLOWING_DAYS) return
  const passed = visitClock(zone).before(fractionOfDay(time))
  let exposure = INTEREST_SHAPES[kind]
  for (let day = startDay + 1; day <= today; day++) {
    exposure += visitRate(laws, kind, group, startDay, day) * (day === today ? passed : 1)
  }
  const visits = stream.visits.filter((visit) => visit.at <= time).length
  const horizonDays = logSurvival.length - 1
  const losses = new Float64Array(horizonDays + 1)
  for (let ahead = 0; ahead < horizonDays; ahead++) {
    const day = today + ahead
    const rate = visitRate(laws, kind, group, startDay, day) * (ahead === 0 ? 1 - passed : 1)
    if (rate === 0) continue
    const table =
      kind === 'main'
        ? functionals.main(level, group, laws.programme(day))
        : functionals.following(level, kind)
    const start = functionals.at(weekdayOf(day), 0) - ahead
    for (let end = ahead + 1; end <= horizonDays; end++) {
      losses[end] = (losses[end] ?? 0) + rate * (1 - (table[start + end] ?? 1))
    }
  }
  for (let end = 1; end <= horizonDays; end++) {
    logSurvival[end] =
      (logSurvival[end] ?? 0) - (INTEREST_SHAPES[kind] + visits) * Math.log1p((losses[end] ?? 0) / exposure)
  }
}
