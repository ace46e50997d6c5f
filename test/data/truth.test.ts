import { expect, test, vi } from 'vitest'
import { createRandom, gamma } from '../../data/random.ts'
import { dayOf, fractionOfDay, visitClock, weekdayOf } from '../../data/simulator/calendar.ts'
import { continueJourney } from '../../data/simulator/continue-journey.ts'
import { winChance } from '../../data/simulator/decision.ts'
import { NEVER, paceOf } from '../../data/simulator/effects.ts'
import { type Journey, journeyUntil, type Stream, visitRate, visitsOf } from '../../data/simulator/journey.ts'
import { worldOf } from '../../data/simulator/process.ts'
import { createStreamLaws, INTEREST_SHAPES } from '../../data/simulator/streams.ts'
import { createTruth } from '../../data/truth/probability.ts'
import { DAY, HOUR, type Milliseconds } from '../../src/glossary.ts'
import { ENDS_AT, journeysOf, optionsOf } from './helpers.ts'

// Thousands of journeys: seconds, and more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const HORIZON_DAYS = 90
const options = optionsOf()
const laws = createStreamLaws(worldOf(options))
const truth = createTruth(laws, HORIZON_DAYS)

/**
 * Brute force: the very process, continued many times from `time`. Interests are drawn from the prior and weighted by the
 * likelihood of what was seen (Poisson, by hand), so nothing of the closed form is used.
 */
function bruteForce(past: Journey, time: Milliseconds, runs: number): { estimate: number; error: number } {
  const random = createRandom(99, time % 1_000_003)
  const { group } = past.leads[0].persona
  const exposure = (stream: Stream): number => {
    let sum = 0
    const startDay = dayOf(stream.beganAt)
    for (let day = startDay + 1; day <= dayOf(time); day++) {
      const passed = day === dayOf(time) ? visitClock(past.law.zone).before(fractionOfDay(time)) : 1
      sum += visitRate(laws, stream.kind, group, startDay, day) * passed
    }
    return sum
  }
  const exposures = new Map(
    past.leads.flatMap((lead) => lead.streams.map((stream) => [stream, exposure(stream)])),
  )
  let total = 0
  let totalOfSquares = 0
  let won = 0
  const outcomes: { weight: number; won: number }[] = []
  for (let run = 0; run < runs; run++) {
    let weight = 1
    const [first, ...others] = past.leads.map((lead) => ({
      ...lead,
      streams: lead.streams.map((stream) => {
        const shape = INTEREST_SHAPES[stream.kind]
        const interest = gamma(random, shape) / shape
        const mean = exposures.get(stream) ?? 0
        const seen = stream.visits.length
        // Against the most likely interest, so that weights stay near 1.
        const peak = mean > 0 ? seen / mean : 0
        weight *= Math.exp(-(interest - peak) * mean) * (seen > 0 ? (interest / peak) ** seen : 1)
        return { ...stream, interest }
      }),
    }))
    const drawn = continueJourney(
      { ...past, leads: [first!, ...others] },
      time,
      dayOf(time) + HORIZON_DAYS,
      laws,
      random,
    )
    const isWon = Number(drawn.decision?.won === true && drawn.decision.at < time + HORIZON_DAYS * DAY)
    outcomes.push({ weight, won: isWon })
    total += weight
    won += weight * isWon
  }
  const estimate = won / total
  for (const outcome of outcomes) totalOfSquares += (outcome.weight * (outcome.won - estimate)) ** 2
  return { estimate, error: Math.sqrt(totalOfSquares) / total }
}

/** Accounts of many kinds, chosen by what they have in them, never by what becomes of them. */
function cases(): { name: string; past: Journey; time: Milliseconds }[] {
  const journeys = journeysOf(options, 2_500)
  const chosen: { name: string; past: Journey; time: Milliseconds }[] = []
  const choose = (name: string, days: number, has: (past: Journey) => boolean): void => {
    for (const { journey } of journeys) {
      // A moment within the day: 14:30 UTC.
      const time = (dayOf(journey.leads[0].enteredAt) + days) * DAY + 14.5 * HOUR
      if (time < journey.leads[0].enteredAt || time > ENDS_AT || journey.level === NEVER) continue
      if (journey.decision !== null && journey.decision.at <= time) continue
      const past = journeyUntil(journey, time)
      const probability = truth.probability(past, time)
      // Rare wins would need too many runs to tell anything.
      if (probability < 0.06 || !has(past)) continue
      chosen.push({ name, past, time })
      return
    }
    throw new Error(`no account is ${name}`)
  }
  const streamsOf = (past: Journey, kind: Stream['kind']): number =>
    past.leads.flatMap((lead) => lead.streams).filter((stream) => stream.kind === kind).length
  choose(
    'a demo request of today',
    0,
    (past) => streamsOf(past, 'evaluation') === 1 && past.law.colleagues > 0,
  )
  choose('in a trial', 9, (past) => streamsOf(past, 'trial') === 1)
  choose('with a colleague', 30, (past) => past.leads.length === 2)
  choose('quiet so far', 7, (past) => visitsOf(past.leads[0]).length === 1)
  choose('alone so far', 1, (past) => past.leads.length === 1)
  // Colleagues are few; an account that expects many tells whether they are counted rightly.
  const last = chosen.pop()
  if (last !== undefined) {
    const law = { ...last.past.law, colleagues: 4 }
    chosen.push({ ...last, name: 'with many colleagues to come', past: { ...last.past, law } })
  }
  return chosen
}

const CASES = cases()

test.each(CASES)('the closed form equals brute force: $name', ({ past, time }) => {
  const { estimate, error } = bruteForce(past, time, 12_000)
  // Four standard errors: a wrong term shows, luck does not.
  expect(error).toBeLessThan(0.016)
  expect(Math.abs(truth.probability(past, time) - estimate)).toBeLessThan(4 * error)
})

test('by hand: nobody visits and nobody comes, so a day brings pace times weekday, and w of it is won', () => {
  const { past } = CASES[0]!
  const [first] = past.leads
  const law = { ...past.law, colleagues: 0 }
  const silent: Journey = {
    ...past,
    law,
    level: 0,
    leads: [{ ...first, entry: null, streams: [] }],
    decision: null,
  }
  const aDay = createTruth(laws, 1)
  // A Friday and the Sunday after it, from midnight to midnight.
  for (const [weekday, factor] of [
    [4, 1.7],
    [6, 0.15],
  ] as const) {
    let day = dayOf(first.enteredAt) + 1
    while (weekdayOf(day) !== weekday) day++
    const expected = winChance(laws.world, law, first.persona, day) * -Math.expm1(-paceOf(0) * factor)
    expect(aDay.probability(silent, day * DAY)).toBeCloseTo(expected, 12)
  }
})

test('over all accounts at landmarks the mean truth is what comes true, with drift and without', () => {
  for (const drift of [true, false]) {
    const here = optionsOf({ drift, seed: 21 })
    const hereLaws = createStreamLaws(worldOf(here))
    const hereTruth = createTruth(hereLaws, HORIZON_DAYS)
    const rows = journeysOf(here, 2_000).flatMap(({ journey }) =>
      [0, 30].map((days) => ({ journey, days, time: journey.leads[0].enteredAt + days * DAY + HOUR })),
    )
    rows.sort((a, b) => a.time - b.time)
    for (const days of [0, 30]) {
      // Each account once: independent outcomes, so the variance is the sum of p (1 - p). In fifths of the truth.
      const judged = rows
        .filter((row) => row.days === days && !((row.journey.decision?.at ?? Infinity) <= row.time))
        .map(({ journey, time }) => ({
          probability: hereTruth.probability(journey, time),
          won: Number(journey.decision?.won === true && journey.decision.at < time + HORIZON_DAYS * DAY),
        }))
        .sort((a, b) => a.probability - b.probability)
      const fifth = Math.ceil(judged.length / 5)
      for (let start = 0; start < judged.length; start += fifth) {
        const part = judged.slice(start, start + fifth)
        const expected = part.reduce((sum, row) => sum + row.probability, 0)
        const variance = part.reduce((sum, row) => sum + row.probability * (1 - row.probability), 0)
        const observed = part.reduce((sum, row) => sum + row.won, 0)
        expect(Math.abs(observed - expected)).toBeLessThan(4 * Math.sqrt(variance) + 1)
      }
    }
  }
})

test('the truth uses nothing latent and nothing to come', () => {
  for (const { past, time } of CASES) {
    const known = truth.probability(past, time)
    const [first, ...others] = past.leads
    const blind: Journey = {
      ...past,
      leads: [
        { ...first, streams: first.streams.map((stream) => ({ ...stream, interest: 1_000 })) },
        ...others,
      ],
    }
    expect(truth.probability(blind, time)).toBe(known)
    const random = createRandom(3)
    const later = { ...continueJourney(past, time, dayOf(time) + 30, laws, random), decision: null }
    expect(truth.probability(later, time)).toBe(known)
  }
})

test('it grows with the horizon, and is nothing for who never can, not a number once decided', () => {
  const { past, time } = CASES[0]!
  const short = createTruth(laws, 30).probability(past, time)
  const long = createTruth(laws, 180).probability(past, time)
  const known = truth.probability(past, time)
  expect(short).toBeGreaterThan(0)
  expect(known).toBeGreaterThan(short)
  expect(long).toBeGreaterThan(known)
  expect(long).toBeLessThan(1)
  expect(truth.probability({ ...past, level: NEVER }, time)).toBe(0)
  expect(truth.probability({ ...past, decision: { at: time - 1, won: true, lead: 0 } }, time)).toBeNaN()
  expect(truth.probability(past, past.leads[0].enteredAt - 1)).toBeNaN()
})
