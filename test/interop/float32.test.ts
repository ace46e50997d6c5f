/** Laws of thresholds across precisions, at values where they matter: floats, their neighbours, and the middles between them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactThreshold, float32Above, nextFloat32, previousFloat32 } from '../../src/interop/float32.ts'

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true })
const double = fc.double({ noNaN: true, min: -1e38, max: 1e38 })

/** A float32, or a double at or beside the middle between two of them. */
const nearby = fc
  .tuple(float32, fc.constantFrom(0, 0.25, 0.5, 0.75), fc.constantFrom(-1, 0, 1))
  .map(([x, share, ulps]) => {
    const between = x + share * (nextFloat32(x) - x)
    return between + ulps * Math.abs(between) * 2 ** -52
  })

describe('neighbours', () => {
  it('of small numbers worked out by hand', () => {
    expect(nextFloat32(1)).toBe(1 + 2 ** -23)
    expect(previousFloat32(1)).toBe(1 - 2 ** -24)
    expect([nextFloat32(0), nextFloat32(-0), previousFloat32(0)]).toEqual([
      2 ** -149,
      2 ** -149,
      -(2 ** -149),
    ])
    expect(previousFloat32(Number.POSITIVE_INFINITY)).toBe(2 ** 128 - 2 ** 104)
    expect(nextFloat32(Number.NEGATIVE_INFINITY)).toBe(-(2 ** 128 - 2 ** 104))
  })

  it('x < t is x <= previousFloat32(t) for float32 x', () => {
    fc.assert(
      fc.property(float32, fc.oneof(float32, fc.constant(0)), (t, other) => {
        for (const x of [other, t, nextFloat32(t), previousFloat32(t)])
          expect(x < t).toBe(x <= previousFloat32(t))
      }),
    )
  })

  it('x <= t is x < float32Above(t) for float32 x and any t', () => {
    fc.assert(
      fc.property(fc.oneof(double, nearby), float32, (t, other) => {
        // Nothing is above it; no tree has such a threshold.
        fc.pre(t < Number.POSITIVE_INFINITY)
        const nearest = Math.fround(t)
        for (const x of [other, nearest, nextFloat32(nearest), previousFloat32(nearest)])
          expect(x <= t).toBe(x < float32Above(t))
      }),
    )
  })
})

it('fround(x) <= t is x <= exactThreshold(t) for every double x', () => {
  fc.assert(
    fc.property(nearby, fc.oneof(float32, double), fc.constantFrom(-1, 0, 1, 2), (x, other, steps) => {
      let near = Math.fround(x)
      for (let i = 0; i < Math.abs(steps); i++) near = steps < 0 ? previousFloat32(near) : nextFloat32(near)
      for (const t of [near, other])
        expect(x <= exactThreshold(t, 'float32'), `${x} at ${t}`).toBe(Math.fround(x) <= t)
    }),
    { numRuns: 2_000 },
  )
})
