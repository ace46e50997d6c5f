import { describe, expect, it } from 'vitest'
import { errorsOf } from '../../../training/half-life/doubt.ts'

describe('errorsOf', () => {
  it('is the sandwich clustered by account, worked out by hand', () => {
    const at = { loss: 0, gradient: new Float64Array(2), accounts: 5 }
    const information = Float64Array.of(4, 0, 0, 9)
    const scores = Float64Array.of(8, 0, 0, 3)
    const errors = errorsOf({ ...at, information, scores })
    expect(errors[0]).toBeCloseTo(Math.sqrt((8 / 16) * (5 / 4)), 12)
    expect(errors[1]).toBeCloseTo(Math.sqrt((3 / 81) * (5 / 4)), 12)
  })
})
