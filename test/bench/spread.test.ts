import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairedRatio, spreadOf } from '../../bench/spread.ts'

test('median, least and greatest, by hand', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, greatest: 3 })
  expect(spreadOf([10, 1, 2, 3])).toEqual({ median: 2.5, least: 1, greatest: 10 })
  expect(spreadOf([7])).toEqual({ median: 7, least: 7, greatest: 7 })
  expect(() => spreadOf([])).toThrow(RangeError)
})

test('a round in which everything is slow does not change the ratio', () => {
  expect(pairedRatio([1, 10, 1], [2, 20, 2])).toBe(0.5)
  expect(() => pairedRatio([1, 2], [1])).toThrow(RangeError)
  const sample = fc.double({ min: 0.001, max: 1000, noNaN: true })
  const rounds = fc.array(fc.record({ speed: sample, slow: sample }), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(rounds, sample, (given, factor) => {
      const theirs = given.map(({ speed, slow }) => speed * slow)
      const ours = theirs.map((time) => factor * time)
      expect(pairedRatio(ours, theirs) / factor).toBeCloseTo(1, 9)
    }),
  )
})
