import { expect, test } from 'vitest'
import {
  createRandom,
  exponential,
  gamma,
  normal,
  pickWeighted,
  poisson,
  type Random,
} from '../../data/random.ts'

const DRAWS = 40_000

/** Mean and variance of many draws. */
function momentsOf(draw: (random: Random) => number): { mean: number; variance: number } {
  const random = createRandom(5, 1)
  const values = Array.from({ length: DRAWS }, () => draw(random))
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS
  return { mean, variance }
}

// Means and variances by the books; five standard errors of the mean, and a tenth of the variance.
test.each([
  ['exponential', exponential, 1, 1],
  ['normal', normal, 0, 1],
  ['gamma of shape 0.6', (random: Random) => gamma(random, 0.6), 0.6, 0.6],
  ['gamma of shape 3', (random: Random) => gamma(random, 3), 3, 3],
  ['Poisson of mean 0.3', (random: Random) => poisson(random, 0.3), 0.3, 0.3],
  ['Poisson of mean 47', (random: Random) => poisson(random, 47), 47, 47],
])('%s has the mean and the variance it should have', (_name, draw, mean, variance) => {
  const found = momentsOf(draw)
  expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / DRAWS))
  expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.1)
})

test('equal paths give equal numbers, paths that differ anywhere give others', () => {
  const first = (...path: number[]): number => createRandom(...path).uniform()
  expect(first(7, 3, 1)).toBe(first(7, 3, 1))
  const paths = [first(7, 3, 1), first(7, 3, 2), first(7, 4, 1), first(8, 3, 1), first(3, 7, 1)]
  expect(new Set(paths).size).toBe(paths.length)
})

test('a choice without weight is never picked', () => {
  const random = createRandom(2)
  const choices = [
    { name: 'never', weight: 0 },
    { name: 'often', weight: 3 },
    { name: 'seldom', weight: 1 },
  ]
  const counts = { never: 0, often: 0, seldom: 0 } as Record<string, number>
  for (let draw = 0; draw < 4_000; draw++) counts[pickWeighted(random, choices).name]! += 1
  expect(counts.never).toBe(0)
  expect(counts.often! / counts.seldom!).toBeGreaterThan(2.5)
  expect(counts.often! / counts.seldom!).toBeLessThan(3.6)
})
