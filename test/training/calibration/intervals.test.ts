import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createIntervalOf } from '../../../src/model/interval.ts'
import { clampProbability, logit, sigmoid } from '../../../src/statistics/log-odds.ts'
import { binsOfEqualCount } from '../../../src/statistics/reliability.ts'
import { wilsonInterval } from '../../../src/statistics/wilson.ts'
import { learnIntervals, oneRowAGroup } from '../../../training/calibration/intervals.ts'
import { countByScore } from '../../../training/calibration/pool-adjacent.ts'
import { vennAbers } from '../../../training/calibration/venn-abers.ts'
import { randomIntegers } from '../../../training/random.ts'

describe('vennAbers', () => {
  it('is what one more row does to the rate, as worked out by hand', () => {
    // Scores 1, 2, 3 with outcomes 0, 1, 1. One more at 2: lost, rates 0, 1/2, 1; won, rates 0, 1, 1.
    const counts = countByScore(Float64Array.of(1, 2, 3), Uint8Array.of(0, 1, 1))
    expect([0, 1, 2].map((place) => vennAbers(counts, place, 0))).toEqual([0, 1 / 2, 2 / 3])
    expect([0, 1, 2].map((place) => vennAbers(counts, place, 1))).toEqual([1 / 2, 1, 1])
  })

  it('rises with the score, and p0 stays below p1', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(pairs, (rows) => {
        const counts = countByScore(
          Float64Array.from(rows, ([score]) => score),
          Uint8Array.from(rows, ([, label]) => label),
        )
        const places = [...counts.scores.keys()]
        const [p0, p1] = [0, 1].map((label) =>
          places.map((place) => vennAbers(counts, place, label as 0 | 1)),
        )
        for (const place of places) {
          expect(p0![place]).toBeLessThan(p1![place]!)
          if (place > 0) expect(p0![place]).toBeGreaterThanOrEqual(p0![place - 1]!)
          if (place > 0) expect(p1![place]).toBeGreaterThanOrEqual(p1![place - 1]!)
        }
      }),
    )
  })
})

/** Accounts of one to four rows that share most of their luck: what they are is in the score, what becomes of them is one decision. */
function drawn(accounts: number, seed: number) {
  const next = randomIntegers(seed)
  const random = () => next(1e6) / 1e6
  const [rawScores, labels, groups]: [number[], number[], number[]] = [[], [], []]
  for (let group = 0; group < accounts; group++) {
    const luck = random()
    for (let n = next(4); n >= 0; n--) {
      const score = 6 * random() - 5
      rawScores.push(score)
      labels.push((random() < 0.8 ? luck : random()) < sigmoid(score) ? 1 : 0)
      groups.push(group)
    }
  }
  return {
    rawScores: Float64Array.from(rawScores),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(groups),
  }
}

describe('oneRowAGroup', () => {
  it('draws one of each, every row as likely', () => {
    const groups = Int32Array.of(7, 3, 7, 7, 3)
    const drawnRows = new Float64Array(5)
    const next = randomIntegers(1)
    for (let draw = 0; draw < 3_000; draw++)
      for (const row of oneRowAGroup(groups, next)) drawnRows[row]! += 1
    for (const [row, expected] of [1_000, 1_500, 1_000, 1_000, 1_500].entries())
      expect(Math.abs(drawnRows[row]! - expected)).toBeLessThan(120)
  })
})

describe('learnIntervals', () => {
  it('is the wider of the pair and of what the block tells, as worked out by hand', () => {
    // 10 of 50 at the score 0, 30 of 50 at 1. Wilson: 0.1124 to 0.3304 and 0.4618 to 0.7239; p0 and p1: n / 51.
    const rows = Array.from({ length: 100 }, (_, i) => i)
    const { from, low, high, accounts } = learnIntervals(
      Float64Array.from(rows, (i) => (i < 50 ? 0 : 1)),
      Uint8Array.from(rows, (i) => (i % 50 < (i < 50 ? 10 : 30) ? 1 : 0)),
      Int32Array.from(rows),
      1,
    )
    expect([accounts, ...from]).toEqual([100, 0.5])
    for (const [found, expected] of [
      [low, [0.1124, 0.4618]],
      [high, [0.3304, 0.7239]],
    ] as const)
      expect(found.map(sigmoid)).toEqual(expected.map((p) => expect.closeTo(p, 4)))
    // Blocks of three rows and of one.
    const lonely = learnIntervals(
      Float64Array.of(0, 0, 0, 1),
      Uint8Array.of(0, 0, 0, 1),
      Int32Array.of(1, 2, 3, 4),
      1,
    )
    expect(lonely.high.map(sigmoid)[0]).toBeCloseTo(wilsonInterval(0, 3)[1], 4)
    expect(lonely.low.map(sigmoid)[1]).toBeCloseTo(wilsonInterval(1, 1)[0], 4)
  })

  it('holds the Venn-Abers pair at every score, in a bounded table', () => {
    const { rawScores, labels, groups } = drawn(1_500, 2)
    const intervals = learnIntervals(rawScores, labels, groups, 5)
    expect(intervals.accounts).toBe(1_500)
    expect(intervals.low.length).toBeLessThanOrEqual(256)
    expect(JSON.stringify(intervals).length).toBeLessThan(8_000)
    const intervalOf = createIntervalOf(intervals)
    const counts = countByScore(rawScores, labels, oneRowAGroup(groups, randomIntegers(5)))
    for (let place = 0; place < counts.scores.length; place += 37) {
      const [p0, p1] = [vennAbers(counts, place, 0), vennAbers(counts, place, 1)]
      const [low, high] = intervalOf(counts.scores[place]!, (p0 + p1) / 2)!
      expect(low).toBeLessThanOrEqual(clampProbability(p0))
      expect(high).toBeGreaterThanOrEqual(clampProbability(p1))
    }
  })

  it('holds the true mean of nine bins in ten and more, though the rows of an account depend on each other', () => {
    let [bins, covering] = [0, 0]
    let width = 0
    for (let seed = 1; seed <= 8; seed++) {
      const { rawScores, labels, groups } = drawn(800, seed)
      const intervalOf = createIntervalOf(learnIntervals(rawScores, labels, groups, seed))
      const test = drawn(800, 100 + seed)
      for (const rows of binsOfEqualCount(test.rawScores, test.labels, 10)) {
        // The probability of another model, often outside: only the table is asked.
        const intervals = rows.map((row) => intervalOf(test.rawScores[row]!, sigmoid(test.rawScores[row]!))!)
        const mean = (values: readonly number[]) =>
          values.reduce((sum, value) => sum + value, 0) / values.length
        const [low, high] = [mean(intervals.map(([a]) => a)), mean(intervals.map(([, b]) => b))]
        const truth = mean(rows.map((row) => sigmoid(test.rawScores[row]!)))
        bins += 1
        covering += low <= truth && truth <= high ? 1 : 0
        width += (high - low) / 80
      }
    }
    expect(covering / bins).toBeGreaterThan(0.9)
    expect(width).toBeLessThan(0.16)
  })

  it('gives one account, or one outcome, an interval that is no surprise', () => {
    const one = learnIntervals(Float64Array.of(1, 2), Uint8Array.of(1, 0), Int32Array.of(4, 4), 1)
    expect(one).toMatchObject({ accounts: 1, from: [] })
    const none = learnIntervals(Float64Array.of(1, 2, 3), new Uint8Array(3), Int32Array.of(1, 2, 3), 1)
    expect(none.low[0]).toBeCloseTo(logit(1e-6), 3)
    expect(none.high.map(sigmoid)).toEqual([expect.closeTo(wilsonInterval(0, 3)[1], 4)])
  })
})
