import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rawPoints, scoreOf } from '../../src/model/link.ts'
import { bandAt } from '../../src/policy/bands.ts'
import { beginsPromise, crossingOf, promisesThatStay } from '../../src/scoring/crossings.ts'
import type { Standing, ToldStanding } from '../../src/scoring/standing.ts'

const BANDS = [
  { name: 'cold', from: 0, to: 30 },
  { name: 'warm', from: 31, to: 80 },
  { name: 'hot', from: 81, to: 100 },
]
const BY_PROBABILITY = [
  { name: 'cold', from: 0, to: 30 },
  { name: 'warm', from: 31, to: 80, from_probability: 0.2 },
  { name: 'hot', from: 81, to: 100, from_probability: 0.5 },
]

function standing(rawPoints: number, given: Partial<Standing> = {}): Standing {
  const { bands = BANDS } = given
  const said = given.said ?? { score: scoreOf(rawPoints), rawPoints, probability: null }
  const band = bandAt(bands, said.score, said.probability).name
  const plain = { band, verdict: 'eligible', byScore: true, action: 'call', model: 'm' } as const
  return { ...plain, respondWithin: null, said, bands, ...given }
}

function told(band: string, given: Partial<ToldStanding> = {}): ToldStanding {
  return { band, verdict: 'eligible', byScore: true, ...given }
}

describe('a band is left when the points are beyond its edge', () => {
  // Scores are rounded: hot begins at 80.5 points.
  test.each([
    ['warm', 80.4, 2, 'none'],
    ['warm', 80.5, 2, 'held'],
    ['warm', 82.49, 2, 'held'],
    ['warm', 82.5, 2, 'crossed'],
    ['hot', 80.4, 2, 'held'],
    ['hot', 78.51, 2, 'held'],
    ['hot', 78.5, 2, 'crossed'],
    ['warm', 80.5, 0, 'crossed'],
    ['hot', 80.4, 0, 'crossed'],
    // Two bands at once: beyond the edge of the one that was told.
    ['cold', 80.6, 2, 'crossed'],
    ['hot', 30.4, 2, 'crossed'],
  ] as const)('told %s, now at %d, by %d points: %s', (band, points, by, change) => {
    expect(crossingOf(told(band), standing(points), by)).toBe(change)
  })

  test('by probability the distance is that of log-odds, 10 points a doubling of the odds', () => {
    const at = (odds: number) => {
      const probability = odds / (1 + odds)
      const points = rawPoints(probability, -1)
      const said = { score: scoreOf(points), rawPoints: points, probability }
      return standing(0, { bands: BY_PROBABILITY, said })
    }
    // Odds of 1 are the line of hot; two points are a factor of 2^0.2.
    expect(crossingOf(told('warm'), at(2 ** 0.19), 2)).toBe('held')
    expect(crossingOf(told('warm'), at(2 ** 0.21), 2)).toBe('crossed')
    expect(crossingOf(told('hot'), at(2 ** -0.19), 2)).toBe('held')
    expect(crossingOf(told('hot'), at(2 ** -0.21), 2)).toBe('crossed')
  })
})

test('whatever the points do, two crossings lie as many points apart as the policy says, and the last one told is where it is', () => {
  const walk = fc.array(fc.double({ min: -5, max: 105, noNaN: true }), { minLength: 2, maxLength: 60 })
  fc.assert(
    fc.property(walk, fc.double({ min: 0, max: 10, noNaN: true }), (points, by) => {
      let now: ToldStanding = standing(points[0]!)
      let at = points[0]!
      for (const next of points.slice(1)) {
        const current = standing(next)
        const change = crossingOf(now, current, by)
        if (change === 'none') expect(current.band).toBe(now.band)
        if (change === 'held') expect(current.band).not.toBe(now.band)
        if (change !== 'crossed') continue
        expect(Math.abs(next - at)).toBeGreaterThanOrEqual(by - 1e-9)
        now = current
        at = next
      }
    }),
  )
})

test.each<[string, ToldStanding | null, Standing, string]>([
  ['a verdict that changed', told('hot'), standing(90, { band: 'review', verdict: 'review' }), 'crossed'],
  ['a verdict that is lifted at the edge', told('review', { verdict: 'review' }), standing(80.6), 'crossed'],
  ['a cap that holds it down', told('hot'), standing(81, { band: 'warm', byScore: false }), 'crossed'],
  ['a cap that is lifted', told('warm', { byScore: false }), standing(80.6), 'crossed'],
  [
    'a model that does not apply any more',
    told('hot'),
    standing(81, { band: 'unscored', byScore: false }),
    'crossed',
  ],
  ['a band that the policy does not have any more', told('scorching'), standing(80.6), 'crossed'],
  ['a first score that asks for nothing', null, standing(90), 'none'],
  ['a first score that asks for a response', null, standing(90, { respondWithin: 'PT1H' }), 'crossed'],
])('%s is told at once', (_what, before, now, change) => {
  expect(crossingOf(before, now, 2)).toBe(change)
})

test('a promise begins upwards and from outside, stays upwards, and is withdrawn downwards and outwards', () => {
  const hot = standing(90, { respondWithin: 'PT1H' })
  const warm = standing(50, { respondWithin: 'P1D' })
  const review = standing(50, { band: 'review', verdict: 'review', byScore: false, respondWithin: 'P2D' })
  expect(beginsPromise(told('warm'), hot)).toBe(true)
  expect(beginsPromise(null, warm)).toBe(true)
  expect(beginsPromise(told('review'), warm)).toBe(true)
  expect(beginsPromise(told('hot'), warm)).toBe(false)
  expect(beginsPromise(told('hot'), review)).toBe(true)
  expect(beginsPromise(told('warm'), standing(90))).toBe(false)
  expect(promisesThatStay(hot)).toEqual(['cold', 'warm', 'hot'])
  expect(promisesThatStay(warm)).toEqual(['cold', 'warm'])
  expect(promisesThatStay(review)).toEqual([])
})
