import { describe, expect, it } from 'vitest'
import type { Column } from '../../../src/features/column.ts'
import type { Calibration } from '../../../src/model/artifact.ts'
import { createCalibrator } from '../../../src/model/calibration.ts'
import { sigmoid } from '../../../src/statistics/log-odds.ts'
import type { CalibrationFit } from '../../../training/calibration/choose.ts'
import { keepLevel } from '../../../training/calibration/keep-level.ts'
import type { ModelParts } from '../../../training/learners/learner.ts'
import type { Matrix } from '../../../training/matrix.ts'

const x: Column = { kind: 'number', name: 'x', group: 'x', side: 'fit', transform: 'identity' }
const rows: Matrix = {
  columns: [x],
  rowCount: 4,
  data: Float64Array.of(-1, 0, 1, 2),
  labels: Uint8Array.of(0, 1, 0, 1),
  groups: Int32Array.of(0, 1, 2, 3),
}
/** A raw score of 5 for everybody. */
const parts: ModelParts = { kind: 'logistic', base: 5, terms: [] }

function fitted(calibration: Calibration): CalibrationFit {
  return {
    calibration,
    intervals: { accounts: 4, from: [], low: [-2], high: [0] },
    identity_because: null,
    report: { chosen: 'platt', because: '', candidates: [], rows: 4, accounts: 4, interval: null },
  }
}

describe('keepLevel', () => {
  it('says that as many reach the target as do, and moves the intervals along', () => {
    const { calibration, intervals } = keepLevel(
      fitted({ kind: 'affine', slope: 2, intercept: 1 }),
      parts,
      rows,
    )
    expect(sigmoid(createCalibrator(calibration).logOdds(5))).toBeCloseTo(0.5, 12)
    expect(calibration).toMatchObject({ kind: 'affine', slope: 2 })
    expect([intervals.low[0], intervals.high[0]]).toEqual([-13, -11])
  })

  it('leaves an identity as it is', () => {
    const given = fitted({ kind: 'identity' })
    expect(keepLevel(given, parts, rows)).toBe(given)
  })
})
