/**
 * Seeded randomness of the simulator: one generator a purpose and subject, so that a change in how names are drawn
 * never changes who buys.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** A source of random numbers. It moves on with each call. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
}

/** The finaliser of MurmurHash3: every input bit changes every output bit about half of the time. */
function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) | 0
}

/** A generator for a path of integers: seed, subject, purpose. Equal paths give equal numbers. */
export function createRandom(...path: readonly number[]): Random {
  const state: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x452821e6]
  for (const step of path) {
    // Each word of the state takes in the step and the word before it.
    let before = state[3]
    for (const word of [0, 1, 2, 3] as const) {
      before = mix(state[word] + Math.imul(before, 0x27d4eb2f) + Math.imul(step | 0, 0x165667b1) + word)
      state[word] = before
    }
  }
  const generator: RandomGenerator = xoroshiro128plusFromState(state)
  return { uniform: () => uniformFloat64(generator) }
}

/** True with the given chance. */
export function happens(random: Random, chance: number): boolean {
  return random.uniform() < chance
}

/** An integer in [low, high], both included. */
export function integerBetween(random: Random, low: number, high: number): number {
  return low + Math.floor(random.uniform() * (high - low + 1))
}

/** One of the values, each as likely as the other. */
export function oneOf<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random.uniform() * values.length)]
  if (value === undefined) throw new RangeError('oneOf needs at least one value')
  return value
}

/** One of the choices, in proportion to its weight. */
export function pickWeighted<T extends { readonly weight: number }>(
  random: Random,
  choices: readonly T[],
): T {
  let total = 0
  for (const choice of choices) total += choice.weight
  let left = random.uniform() * total
  for (const choice of choices) {
    left -= choice.weight
    if (left < 0) return choice
  }
  const last = choices.findLast((choice) => choice.weight > 0)
  if (last === undefined) throw new RangeError('pickWeighted needs a positive weight')
  return last
}

/** Exponential with mean 1. */
export function exponential(random: Random): number {
  return -Math.log1p(-random.uniform())
}

/** Standard normal (Box and Muller, 1958). */
export function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random.uniform())
}

/** Gamma with the given shape and rate 1 (Marsaglia and Tsang, 2000; the boost for shapes below 1 included). */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Poisson. Counts exponential gaps in halves of at most 30, so that exp(-mean) never underflows. */
export function poisson(random: Random, mean: number): number {
  let count = 0
  let left = mean
  while (left > 30) {
    count += poissonSmall(random, 30)
    left -= 30
  }
  return count + poissonSmall(random, left)
}

function poissonSmall(random: Random, mean: number): number {
  if (mean <= 0) return 0
  const limit = Math.exp(-mean)
  let product = random.uniform()
  let count = 0
  while (product > limit) {
    product *= random.uniform()
    count++
  }
  return count
}
