import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auc, prepareAuc } from '../../src/statistics/auc.ts'
import { averagePrecision } from '../../src/statistics/average-precision.ts'
import { liftAtTop } from '../../src/statistics/lift.ts'
import reference from './reference.json' with { type: 'json' }

const scores = (...values: number[]) => Float64Array.from(values)
const outcomes = (...values: number[]) => Uint8Array.from(values)

/** Rows with few distinct scores, so that ties are the rule, and both outcomes. */
const rows = fc
  .array(fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 2,
    maxLength: 40,
  })
  .filter((list) => list.some((row) => row.label === 1) && list.some((row) => row.label === 0))
  .map((list) => ({
    scores: Float64Array.from(list, (row) => row.score),
    labels: Uint8Array.from(list, (row) => row.label),
  }))

/** The definition, pair by pair. */
function pairwiseAuc(scoreOf: Float64Array, labels: Uint8Array): number {
  let won = 0
  let pairs = 0
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < labels.length; j++) {
      if (labels[i] !== 1 || labels[j] !== 0) continue
      pairs++
      won += scoreOf[i]! > scoreOf[j]! ? 1 : scoreOf[i] === scoreOf[j] ? 0.5 : 0
    }
  }
  return won / pairs
}

describe('auc', () => {
  it('counts pairs, ties half', () => {
    // Positives 0.8 and 0.4 against negatives 0.4 and 0.1: won, won, tied, won.
    expect(auc(scores(0.8, 0.4, 0.4, 0.1), outcomes(1, 1, 0, 0))).toBe(3.5 / 4)
    expect(auc(scores(1, 1, 1), outcomes(1, 0, 0))).toBe(0.5)
  })

  it('is the share of pairs, for any rows', () => {
    fc.assert(
      fc.property(rows, ({ scores: s, labels }) => {
        expect(auc(s, labels)).toBeCloseTo(pairwiseAuc(s, labels), 12)
        expect(
          auc(
            s.map((x) => -x),
            labels,
          ),
        ).toBeCloseTo(1 - pairwiseAuc(s, labels), 12)
      }),
    )
  })

  it('takes a weight of two as the row twice, and of zero as no row', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 }),
        (r, weights) => {
          const repeated = [...r.scores.keys()].flatMap((i) => new Array<number>(weights[i]!).fill(i))
          const labels = Uint8Array.from(repeated, (i) => r.labels[i]!)
          const expected = auc(
            Float64Array.from(repeated, (i) => r.scores[i]!),
            labels,
          )
          expect(prepareAuc(r.scores, r.labels)(weights)).toEqual(expected)
        },
      ),
    )
  })

  it('is not defined with one class', () => {
    expect(auc(scores(1, 2), outcomes(1, 1))).toBeNaN()
    expect(auc(scores(), outcomes())).toBeNaN()
  })

  it('refuses NaN, other outcomes and other lengths', () => {
    expect(() => auc(scores(1, Number.NaN), outcomes(0, 1))).toThrow('Score 1 is NaN')
    expect(() => auc(scores(1, 2), outcomes(0, 2))).toThrow('Outcome 1 is 2')
    expect(() => auc(scores(1), outcomes(0, 1))).toThrow('1 scores for 2 outcomes')
  })

  it('agrees with scikit-learn', () => {
    const p = Float64Array.from(reference.probabilities)
    const labels = Uint8Array.from(reference.labels)
    expect(auc(p, labels)).toBeCloseTo(reference.auc, 12)
    expect(prepareAuc(p, labels)(reference.weights)).toBeCloseTo(reference.weighted_auc, 12)
    expect(averagePrecision(p, labels)).toBeCloseTo(reference.average_precision, 12)
  })
})

describe('averagePrecision', () => {
  it('sums precision at each rise of recall, a tie group at once', () => {
    expect(averagePrecision(scores(4, 3, 2, 1), outcomes(1, 0, 1, 0))).toBeCloseTo((1 + 2 / 3) / 2, 14)
    expect(averagePrecision(scores(1, 1, 1, 1), outcomes(1, 0, 0, 0))).toBe(0.25)
    expect(averagePrecision(scores(1, 2), outcomes(0, 0))).toBeNaN()
  })
})

describe('liftAtTop', () => {
  it('compares the top with all', () => {
    // The top 2 of 10 hold 2 of the 4 that reached it: 100 % against 40 %.
    const ten = scores(10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
    expect(liftAtTop(ten, outcomes(1, 1, 0, 0, 1, 0, 0, 1, 0, 0), 0.2)).toBeCloseTo(2.5, 14)
  })

  it('shares the places among rows tied at the cut', () => {
    // One place for two rows, one of which reached it: half of it is expected, against a base rate of a quarter.
    expect(liftAtTop(scores(5, 5, 1, 1), outcomes(1, 0, 0, 0), 0.25)).toBe(2)
    fc.assert(
      fc.property(rows, ({ labels }) => {
        expect(liftAtTop(new Float64Array(labels.length).fill(3), labels, 0.1)).toBeCloseTo(1, 12)
      }),
    )
  })
})
