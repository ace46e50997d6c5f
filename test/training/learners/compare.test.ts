import { describe, expect, it } from 'vitest'
import { decide } from '../../../training/learners/choose.ts'
import { compareLearners, secondWins } from '../../../training/learners/compare.ts'
import type { LearnerComparison } from '../../../training/report/learned-report.ts'

// Logistic regression says 1/2 of everybody, loss ln 2. Boosting says 3/4: loss ln 4/3 where it comes true, else ln 4. So the
// difference is ln 3/2 for a label of 1, and -ln 2 for a label of 0.
const LABELS = [1, 1, 1, 0]

function compare(labels: readonly number[], groups: readonly number[]): LearnerComparison {
  return compareLearners({
    logistic: new Float64Array(labels.length),
    boosting: new Float64Array(labels.length).fill(Math.log(3)),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(groups),
  })
}

describe('compareLearners', () => {
  it('gives the figures worked out by hand', () => {
    const found = compare(LABELS, [5, 5, 9, 9])
    const mean = (3 * Math.log(1.5) - Math.log(2)) / 4
    // The first account is above the mean by this, the second below it by as much.
    const surprise = 2 * Math.log(1.5) - 2 * mean
    expect(found).toMatchObject({ rows: 4, accounts: 2 })
    expect(found.logistic_log_loss).toBeCloseTo(Math.log(2), 14)
    expect(found.boosting_log_loss).toBeCloseTo((3 * Math.log(4 / 3) + Math.log(4)) / 4, 14)
    expect(found.difference).toBeCloseTo(mean, 14)
    expect(found.standard_error).toBeCloseTo(Math.sqrt(2 * 2 * surprise ** 2) / 4, 14)
  })

  it('is made no surer by rows that repeat within their account, but by other accounts', () => {
    const labels = Array.from({ length: 60 }, (_, i) => (i % 7 < 4 ? 1 : 0))
    const groups = labels.map((_, i) => Math.floor(i / 2))
    const once = compare(labels, groups)
    const repeated = compare([...labels, ...labels], [...groups, ...groups])
    expect(repeated.difference).toBeCloseTo(once.difference, 12)
    expect(repeated.standard_error).toBeCloseTo(once.standard_error!, 12)
    const others = compare([...labels, ...labels], [...groups, ...groups.map((group) => group + 100)])
    const expected = once.standard_error! * Math.sqrt(((60 / 59) * (29 / 30)) / 2)
    expect(others.standard_error).toBeCloseTo(expected, 12)
  })

  it('does not know how sure it is with one account, and then boosting does not win', () => {
    const found = compare([1, 1, 1, 1], [3, 3, 3, 3])
    expect(found.difference).toBeGreaterThan(0)
    expect(found.standard_error).toBeNull()
    expect(decide('auto', found, 'here')).toMatchObject({
      chosen: 'logistic',
      because: expect.stringContaining('a single account does not say how sure that is'),
    })
  })
})

describe('the choice', () => {
  const comparison = (difference: number, standard_error: number): LearnerComparison => ({
    ...compare(LABELS, [5, 5, 9, 9]),
    difference,
    standard_error,
  })

  it('is boosting from one standard error on, and never when it is worse', () => {
    expect(secondWins(comparison(0.02, 0.01))).toBe(true)
    expect(secondWins(comparison(0.01, 0.01))).toBe(true)
    expect(secondWins(comparison(0.0099, 0.01))).toBe(false)
    expect(secondWins(comparison(-0.02, 0.01))).toBe(false)
    expect(secondWins(comparison(0, 0))).toBe(false)
  })

  it('is told in words with its figures, and is overruled by who asks for boosting', () => {
    const lost = comparison(-0.02, 0.01)
    expect(decide('auto', lost, 'the validation part')).toMatchObject({ asked: 'auto', chosen: 'logistic' })
    const { chosen, because } = decide('boosting', lost, 'the validation part')
    expect(chosen).toBe('boosting')
    expect(because).toMatch(
      /^boosting was asked for\. It does not win by more than the noise: log loss on the validation part 0\.5623, of logistic regression 0\.6931: higher by 0\.0200 \(standard error 0\.0100\)$/,
    )
  })
})
