import { expect, it } from 'vitest'
import { paceText } from '../../src/cli/progress.ts'

it.each<[number, number, number, string]>([
  [1_000, 3_000, 2, ', 500/s, 6 s left'],
  [3, 1, 10, ', 0.3/s, 4 s left'],
  [1_000, 90_000, 1, ', 1000/s, 2 min left'],
  [100, 720_100, 1, ', 100/s, 2 h 1 min left'],
  [1_000, 0, 2, ', 500/s'],
  // Of what was done before the start, and at once, nothing follows.
  [0, 10, 5, ''],
  [10, 10, 0, ''],
])('of %i done, %i left in %i s says "%s"', (done, left, seconds, says) => {
  expect(paceText(done, left, seconds)).toBe(says)
})
