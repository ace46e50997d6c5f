import classes from './sparkline.module.css'

export interface SparkPoint {
  readonly at: number
  readonly value: number
}

interface Props {
  /** In order of time; a value holds until the next. */
  readonly points: readonly SparkPoint[]
  readonly from: number
  readonly to: number
}

const WIDTH = 64
const HEIGHT = 20
/** Points of score over the whole height at least: noise is not drawn as a mountain. */
const LEAST_RANGE = 20

/** How a score went. The words beside it say the same. */
export function Sparkline({ points, from, to }: Props) {
  return (
    <svg
      className={classes['line']}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      <path d={sparkPath(points, from, to)} />
    </svg>
  )
}

export function sparkPath(points: readonly SparkPoint[], from: number, to: number): string {
  if (points.length === 0 || to <= from) return ''
  const values = points.map(({ value }) => value)
  const middle = (Math.min(...values) + Math.max(...values)) / 2
  const range = Math.max(LEAST_RANGE, Math.max(...values) - Math.min(...values))
  const x = (at: number): string =>
    (((Math.min(Math.max(at, from), to) - from) / (to - from)) * WIDTH).toFixed(1)
  const y = (value: number): string => (HEIGHT / 2 - ((value - middle) / range) * (HEIGHT - 4)).toFixed(1)
  const steps = points.map(
    ({ at, value }, index) => `${index === 0 ? `M${x(at)} ` : `H${x(at)}V`}${y(value)}`,
  )
  return `${steps.join('')}H${WIDTH}`
}
