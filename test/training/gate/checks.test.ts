import { describe, expect, it } from 'vitest'
import { checkAudit, checkData, checkLogLoss, checkSkill, checkSlope } from '../../../training/gate/checks.ts'
import type { LossComparison } from '../../../training/gate/compare-losses.ts'
import { decideGate } from '../../../training/gate/verdict.ts'
import type { GateCheck } from '../../../training/report/gate-report.ts'

const compared = (difference: number, interval: [number, number] | null): LossComparison => ({
  rows: 1_200,
  accounts: 300,
  own: 0.3 + difference,
  other: 0.3,
  difference,
  interval,
})

describe('the checks of the gate', () => {
  it('against what serves: the upper end of the interval below 0.005', () => {
    const passed = checkLogLoss('version 2', compared(0.001, [-0.002, 0.00499]))
    expect(passed.passed).toBe(true)
    expect(passed.text).toBe(
      'Log loss 0.3010, of version 2 0.3000: higher by 0.0010 (-0.0020 to +0.0050) on 1,200 rows of 300 accounts that neither has learned from.',
    )
    const unsure = checkLogLoss('version 2', compared(-0.001, [-0.01, 0.005]))
    expect(unsure.passed).toBe(false)
    expect(unsure.text).toMatch(/lower by 0.0010 .*so few rows cannot show that it is not worse/)
    expect(checkLogLoss('version 2', compared(0.01, [0.001, 0.02])).text).toMatch(/: it is worse\.$/)
    expect(checkLogLoss('version 2', compared(0, null)).passed).toBeNull()
    expect(checkLogLoss('version 2', 'It is gone.')).toMatchObject({
      passed: null,
      figure: null,
      text: 'It is gone.',
    })
  })

  it('against the base rate: below it, and surely so', () => {
    expect(checkSkill(compared(-0.01, [-0.02, -0.0001])).passed).toBe(true)
    expect(checkSkill(compared(-0.01, [-0.02, 0])).passed).toBe(false)
    expect(checkSkill(compared(-0.01, null)).passed).toBeNull()
  })

  it('calibration: the interval of the slope meets 0.8 to 1.25', () => {
    const slope = (interval: [number, number] | null, value: number | null = 1) =>
      checkSlope({ calibration_slope: value, calibration_slope_interval: interval })
    expect(slope([0.5, 0.8]).passed).toBe(true)
    expect(slope([1.25, 2]).passed).toBe(true)
    expect(slope([0.1, 3]).passed).toBe(true)
    expect(slope([0.5, 0.799])).toMatchObject({ passed: false, text: expect.stringMatching(/too extreme/) })
    expect(slope([1.251, 2])).toMatchObject({ passed: false, text: expect.stringMatching(/too timid/) })
    expect(slope(null).passed).toBeNull()
    expect(slope([0, 1], null).passed).toBeNull()
  })

  it('the audit: no suspect that the model uses, and the columns of those there are', () => {
    const finding = { id: 'knows_outcome', figure: null, text: 'It knows.', advice: 'Leave it out.' } as const
    const audit = (findings: Parameters<typeof checkAudit>[0]['findings']) =>
      checkAudit({ features: [], findings })
    expect(audit([{ ...finding, column: 'title', severity: 'look', used: true }]).passed).toBe(true)
    expect(audit([{ ...finding, column: 'stage', severity: 'suspect', used: false }]).passed).toBe(true)
    const refused = audit([{ ...finding, column: 'onboarding', severity: 'suspect', used: true }])
    expect(refused).toMatchObject({
      passed: false,
      figure: 1,
      text: expect.stringMatching(/onboarding: It knows/),
    })
  })

  it('enough data: 100 subjects that reached the target', () => {
    expect(checkData({ reached: 100 }).passed).toBe(true)
    expect(checkData({ reached: 99 }).passed).toBe(false)
  })
})

describe('decideGate', () => {
  const against = { basis: 'rubric', version: null, rows: 9, accounts: 3 } as const
  const check = (id: GateCheck['id'], passed: boolean | null): GateCheck => ({
    id,
    passed,
    figure: 1,
    interval: null,
    limit: 'l',
    text: `About ${id}.`,
  })
  const decide = (...checks: GateCheck[]) => decideGate(against, checks)

  it('refuses for what failed, leaves to a person what is open or little, and passes the rest', () => {
    expect(decide(check('skill', true), check('data', true)).verdict).toBe('pass')
    expect(decide(check('skill', true), check('data', false))).toMatchObject({
      verdict: 'by_hand',
      because: 'Nothing speaks against it, but: About data.',
    })
    expect(decide(check('log_loss', null), check('data', true)).verdict).toBe('by_hand')
    expect(
      decide(check('log_loss', null), check('audit', false), check('bands', false), check('data', false)),
    ).toMatchObject({
      verdict: 'refuse',
      because: 'About audit. About bands.',
    })
  })
})
