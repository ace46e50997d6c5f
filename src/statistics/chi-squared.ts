/** The chi-squared distribution, as far as tests need it: its upper tail. */

const LARGEST_TERMS = 10_000

/**
 * The chance that a chi-squared variable exceeds `x`: Q(k/2, x/2), the regularised incomplete gamma function, by its series below
 * the mean and its continued fraction above (Press et al., Numerical Recipes, 6.2). Relative error about 1e-10, far out too.
 *
 * @param x At least 0. @param degrees Above 0, not necessarily whole.
 */
export function chiSquaredTail(x: number, degrees: number): number {
  if (!(x > 0)) return 1
  const a = degrees / 2
  const z = x / 2
  const front = Math.exp(a * Math.log(z) - z - logGamma(a))
  if (z < a + 1) return Math.max(0, 1 - front * lowerSeries(a, z))
  return front * upperFraction(a, z)
}

function lowerSeries(a: number, z: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < LARGEST_TERMS; n++) {
    term *= z / (a + n)
    sum += term
    if (term < sum * 1e-16) break
  }
  return sum
}

/** By Lentz's method. */
function upperFraction(a: number, z: number): number {
  const tiny = 1e-300
  let b = z + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let i = 1; i < LARGEST_TERMS; i++) {
    const numerator = -i * (i - a)
    b += 2
    d = 1 / nonZero(numerator * d + b)
    c = nonZero(b + numerator / c)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return fraction

  function nonZero(value: number): number {
    return Math.abs(value) < tiny ? tiny : value
  }
}

/** Lanczos' approximation, g = 7; relative error below 1e-14. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const t = x + 6.5
  const sum = LANCZOS.reduce(
    (total, coefficient, i) => (i === 0 ? coefficient : total + coefficient / (x - 1 + i)),
    0,
  )
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}
