import { describe, expect, it } from 'vitest'
import { logit, sigmoid } from '../../../src/statistics/log-odds.ts'
import { judgeRecalibration } from '../../../training/gate/judge-recalibration.ts'

/** Two groups of rows, said to convert at 10 % and 50 %, each of an account of its own. */
function rows(rates: readonly [number, number], count = 400) {
  const said = [0.1, 0.5]
  const labels = said.flatMap((_, side) =>
    Array.from({ length: count }, (_, row) => (row % 100 < 100 * rates[side]! ? 1 : 0)),
  )
  return {
    since: 2,
    learnedUntil: 1,
    logOdds: Float64Array.from({ length: 2 * count }, (_, row) => logit(said[row < count ? 0 : 1]!)),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from({ length: 2 * count }, (_, row) => row),
    outcomes: { reached: labels.filter((label) => label === 1).length, notReached: 0 },
  }
}

/** What a rate becomes when its odds are doubled. */
const doubled = (rate: number) => sigmoid(logit(rate) + Math.LN2)

describe('judgeRecalibration', () => {
  it('lets pass what has come true at another level, judged by shifts of other accounts', () => {
    const gate = judgeRecalibration(4, rows([doubled(0.1), doubled(0.5)]), 7)
    expect(gate).toMatchObject({
      verdict: 'pass',
      against: { basis: 'champion', version: 4, rows: 800, accounts: 800 },
    })
    const [loss] = gate.checks
    expect(loss!.interval![1]).toBeLessThan(0)
    expect(loss!.text).toMatch(/of version 4, the champion .*: lower by/)
  })

  it('never judges a row by a shift that its own account had a part in', () => {
    // One part of the accounts converts always, the others as said: what it asks for does them harm, and they do nothing for it. A
    // shift judged on the rows it is the best for would never be worse than none.
    const given = rows([0.1, 0.5])
    const labels = given.labels.map((label, row) => (row % 5 === 4 ? 1 : label))
    expect(judgeRecalibration(4, { ...given, labels }, 7).checks[0]!.figure).toBeGreaterThan(0)
  })

  it('lets pass what moves nothing, and leaves few outcomes to a person', () => {
    expect(judgeRecalibration(4, rows([0.1, 0.5]), 7).verdict).toBe('pass')
    const few = { ...rows([0.1, 0.5]), outcomes: { reached: 60, notReached: 700 } }
    expect(judgeRecalibration(4, few, 7).verdict).toBe('by_hand')
  })

  it('leaves it to a person where the champion has learned from some of the rows', () => {
    const given = { ...rows([doubled(0.1), doubled(0.5)]), learnedUntil: Date.UTC(2026, 3) }
    const gate = judgeRecalibration(4, { ...given, since: Date.UTC(2026, 2) }, 7)
    expect(gate).toMatchObject({ verdict: 'by_hand', against: { rows: 0 } })
    expect(gate.because).toMatch(/learned from: it knew what was known until 2026-04-01/)
    expect(judgeRecalibration(4, { ...given, since: given.learnedUntil }, 7).verdict).toBe('pass')
  })

  it('refuses where the level is not what is wrong', () => {
    const gate = judgeRecalibration(4, rows([0.26, 0.3]), 7)
    expect(gate).toMatchObject({ verdict: 'refuse', because: expect.stringMatching(/slope .*too extreme/) })
  })
})
