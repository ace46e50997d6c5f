import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auc } from '../../src/statistics/auc.ts'
import { averagePrecision } from '../../src/statistics/average-precision.ts'
import { clusteredRateIntervals } from '../../src/statistics/clustered-rates.ts'
import { liftAtTop } from '../../src/statistics/lift.ts'
import { rankingCurves, thinCurve } from '../../src/statistics/ranking-curves.ts'
import { wilsonInterval } from '../../src/statistics/wilson.ts'

/** Rows with many ties, both classes among them. */
const rankedRows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom(0, 1)), { minLength: 2, maxLength: 60 })
  .map((rows) => [...rows, [3, 0], [5, 1]] as [number, number][])
  .map((rows) => ({
    scores: Float64Array.from(rows, ([score]) => score / 12),
    labels: Uint8Array.from(rows, ([, label]) => label),
  }))

const area = (curve: readonly (readonly [number, number])[]): number =>
  curve.slice(1).reduce((sum, [x, y], i) => sum + ((x - curve[i]![0]) * (y + curve[i]![1])) / 2, 0)

describe('rankingCurves', () => {
  it('counts by hand: scores 3 2 2 1, outcomes 1 1 0 0', () => {
    expect(rankingCurves(Float64Array.of(3, 2, 2, 1), Uint8Array.of(1, 1, 0, 0))).toEqual({
      roc: [
        [0, 0],
        [0, 0.5],
        [0.5, 1],
        [1, 1],
      ],
      precisionRecall: [
        [0.5, 1],
        [1, 2 / 3],
      ],
      gain: [
        [0, 0],
        [0.25, 0.5],
        [0.75, 1],
        [1, 1],
      ],
    })
    expect(rankingCurves(Float64Array.of(3, 2), Uint8Array.of(1, 1))).toBeNull()
  })

  it('has below it what AUC, average precision and lift say', () => {
    fc.assert(
      fc.property(rankedRows, ({ scores, labels }) => {
        const { roc, precisionRecall, gain } = rankingCurves(scores, labels)!
        expect(area(roc)).toBeCloseTo(auc(scores, labels), 12)
        const precision = precisionRecall.reduce(
          (sum, [recall, value], i) => sum + (recall - (precisionRecall[i - 1]?.[0] ?? 0)) * value,
          0,
        )
        expect(precision).toBeCloseTo(averagePrecision(scores, labels), 12)
        for (const [share, found] of gain.slice(1))
          expect(found / share).toBeCloseTo(liftAtTop(scores, labels, share - 1e-9), 6)
      }),
    )
  })
})

describe('thinCurve', () => {
  it('keeps vertices as they are, both ends among them, in order, and no more than asked', () => {
    fc.assert(
      fc.property(rankedRows, fc.integer({ min: 2, max: 20 }), ({ scores, labels }, most) => {
        const { roc } = rankingCurves(scores, labels)!
        const thinned = thinCurve(roc, most)
        expect(thinned.length).toBeLessThanOrEqual(most)
        expect([thinned[0], thinned.at(-1)]).toEqual([roc[0], roc.at(-1)])
        const places = thinned.map((vertex) => roc.indexOf(vertex))
        expect(places).toEqual([...places].sort((a, b) => a - b))
        expect(new Set(places).size).toBe(places.length)
        if (roc.length <= most) expect(thinned).toBe(roc)
      }),
    )
  })

  it('stays near the curve', () => {
    const curve = Array.from({ length: 5_001 }, (_, i): [number, number] => [i / 5_000, Math.sqrt(i / 5_000)])
    const thinned = thinCurve(curve, 200)
    expect(thinned.length).toBeGreaterThan(180)
    expect(Math.abs(area(thinned) - area(curve))).toBeLessThan(1e-4)
  })
})

describe('clusteredRateIntervals', () => {
  const bins = [0, 0, 0, 0, 0, 0, 2, 2]
  const labels = Uint8Array.of(1, 1, 0, 0, 0, 0, 1, 0)

  it('is the interval of Wilson where every row is an account, and wider where accounts are alike', () => {
    const alone = clusteredRateIntervals(bins, labels, Int32Array.from(labels.keys()), 3)
    expect(alone).toEqual([wilsonInterval(2, 6), null, wilsonInterval(1, 2)])
    const pairs = clusteredRateIntervals(bins, labels, Int32Array.of(0, 0, 1, 1, 2, 2, 3, 4), 3)
    // Both rows of each account say the same: three accounts, not six rows.
    expect(pairs[0]).toEqual(wilsonInterval(2, 6, 2))
    expect(pairs[2]).toEqual(alone[2])
  })
})
