import { SPARK_HEIGHT, SPARK_WIDTH, type SparkPoint, sparkPath } from './spark-path.ts'
import classes from './sparkline.module.css'

interface Props {
  /** In order of time. */
  readonly points: readonly SparkPoint[]
  readonly from: number
  readonly to: number
}

/** How a score went. The words beside it say the same. */
export function Sparkline({ points, from, to }: Props) {
  return (
    <svg
      className={classes['line']}
      width={SPARK_WIDTH}
      height={SPARK_HEIGHT}
      viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
      aria-hidden="true"
    >
      <path d={sparkPath(points, from, to)} />
    </svg>
  )
}
