/** Seeded randomness for training: the same seed, the same numbers, on every machine. */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Uniform integers in [0, bound), bound >= 1. */
export function randomIntegers(seed: number): (bound: number) => number {
  const generator = xoroshiro128plus(seed)
  return (bound) => uniformInt(generator, 0, bound - 1)
}

/** Shuffles in place (Fisher & Yates). */
export function shuffle(values: Int32Array, nextInteger: (bound: number) => number): Int32Array {
  for (let i = values.length - 1; i > 0; i--) {
    const j = nextInteger(i + 1)
    const value = values[i]!
    values[i] = values[j]!
    values[j] = value
  }
  return values
}
