import { expect, it } from 'vitest'
import { parametersFingerprint } from '../../data/load/fingerprint.ts'
import { EFFECTS, NEVER } from '../../data/simulator/effects.ts'
import { visitsOf } from '../../data/simulator/journey.ts'
import { worldOf } from '../../data/simulator/process.ts'
import { createStreamLaws } from '../../data/simulator/streams.ts'
import { createTruth } from '../../data/truth/probability.ts'
import { DAY, HOUR } from '../../src/glossary.ts'
import { ENDS_AT, journeysOf, optionsOf } from './helpers.ts'

const DAYS = 120
const still = optionsOf({ drift: false, seed: 31 })
const changed = { ...still, campaignChangeDays: DAYS }
const CHANGE = ENDS_AT - DAYS * DAY
const journeys = journeysOf(changed, 4_000)

it('draws a history without such a change by the same laws as ever', () => {
  const ever = '7c1bcd067e081ad6'
  expect(parametersFingerprint(still).slice(0, 16)).toBe(ever)
  expect(worldOf(still)).not.toHaveProperty('campaignDay')
  const others = [changed, { ...still, campaignChangeDays: 30 }].map((one) =>
    parametersFingerprint(one).slice(0, 16),
  )
  expect(new Set([ever, ...others]).size).toBe(3)
})

it('changes who comes and what is looked at from that day on, and nothing before it', () => {
  const share = (after: boolean, is: (type: string) => boolean): number => {
    const types = journeys.flatMap(({ journey }) =>
      journey.leads.flatMap((lead) =>
        visitsOf(lead)
          .filter(({ at }) => at >= CHANGE === after && at < ENDS_AT)
          .map(({ counts }) => EFFECTS[counts[0]!]!.type),
      ),
    )
    return types.filter(is).length / types.length
  }
  const source = (after: boolean): number => {
    const first = journeys.filter(({ journey }) => journey.leads[0].enteredAt >= CHANGE === after)
    return (
      first.filter(({ journey }) => journey.leads[0].persona.source === 'paid_social').length / first.length
    )
  }
  expect(source(true)).toBeGreaterThan(2.5 * source(false))
  expect(share(true, (type) => type === 'content_downloaded')).toBeGreaterThan(
    1.5 * share(false, (type) => type === 'content_downloaded'),
  )
  const before = journeysOf(still, 300)
  for (const [place, { journey }] of before.entries()) {
    const other = journeys[place]!.journey
    expect(other.leads[0].enteredAt).toBe(journey.leads[0].enteredAt)
    if (journey.leads[0].enteredAt < CHANGE) expect(other.leads[0].persona).toEqual(journey.leads[0].persona)
  }
})

it('keeps the truth true: what is expected across the change is what comes', () => {
  const truth = createTruth(createStreamLaws(worldOf(changed)), 90)
  // Of accounts that came within two months of the change, on its day.
  const judged = journeys
    .filter(({ journey }) => {
      const { enteredAt } = journey.leads[0]
      const hasDecided = (journey.decision?.at ?? Number.POSITIVE_INFINITY) <= CHANGE + HOUR
      return enteredAt < CHANGE && enteredAt > CHANGE - 200 * DAY && !hasDecided && journey.level !== NEVER
    })
    .map(({ journey }) => {
      const end = CHANGE + HOUR + 90 * DAY
      return {
        said: truth.probability(journey, CHANGE + HOUR),
        won: Number(journey.decision?.won === true && journey.decision.at < end),
      }
    })
  const expected = judged.reduce((sum, { said }) => sum + said, 0)
  const variance = judged.reduce((sum, { said }) => sum + said * (1 - said), 0)
  const won = judged.reduce((sum, one) => sum + one.won, 0)
  expect(expected).toBeGreaterThan(20)
  expect(Math.abs(won - expected)).toBeLessThan(3 * Math.sqrt(variance))
})
