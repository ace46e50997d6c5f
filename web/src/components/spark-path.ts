/** A step of a line that is drawn small. */
export interface SparkPoint {
  readonly at: number
  readonly value: number
}

export const SPARK_WIDTH = 52
export const SPARK_HEIGHT = 20

/** Points of score over the whole height at least: noise is not drawn as a mountain. */
const LEAST_RANGE = 20
const MARGIN = 2

/** As an SVG path. Each value holds until the next, the last one to the end. */
export function sparkPath(points: readonly SparkPoint[], from: number, to: number): string {
  if (points.length === 0 || to <= from) return ''
  const values = points.map(({ value }) => value)
  const lowest = Math.min(...values)
  const highest = Math.max(...values)
  const range = Math.max(LEAST_RANGE, highest - lowest)
  const x = (at: number): string => {
    const inside = Math.min(Math.max(at, from), to)
    return (((inside - from) / (to - from)) * SPARK_WIDTH).toFixed(1)
  }
  const y = (value: number): string => {
    const aboveMiddle = (value - (lowest + highest) / 2) / range
    return (SPARK_HEIGHT / 2 - aboveMiddle * (SPARK_HEIGHT - 2 * MARGIN)).toFixed(1)
  }
  const steps = points.map(({ at, value }, index) =>
    index === 0 ? `M${x(at)} ${y(value)}` : `H${x(at)}V${y(value)}`,
  )
  return `${steps.join('')}H${SPARK_WIDTH}`
}
