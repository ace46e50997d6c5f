import classes from './interval-bar.module.css'
import { intervalPlaces } from './interval-places.ts'

interface Props {
  readonly value: number
  readonly interval: readonly [number, number] | null
  readonly from: number
  readonly to: number
  readonly scale?: 'linear' | 'log'
  /** A value that tells nothing, such as an AUC of 0.5: a dashed line. */
  readonly mark?: number
  readonly tone?: 'strong' | 'quiet'
}

const WIDTH = 140
const HEIGHT = 16

/** A value with its interval on a scale that the rows of a table share. The cell beside it says the same in figures. */
export function IntervalBar({ value, interval, from, to, scale = 'linear', mark, tone = 'strong' }: Props) {
  const place = intervalPlaces(from, to, scale, WIDTH)
  const middle = HEIGHT / 2
  return (
    <svg
      className={classes['bar']}
      data-tone={tone}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      <line className={classes['axis']} x1="0" x2={WIDTH} y1={middle} y2={middle} />
      {mark !== undefined && (
        <line className={classes['mark']} x1={place(mark)} x2={place(mark)} y1="0" y2={HEIGHT} />
      )}
      {interval && (
        <line
          className={classes['interval']}
          x1={place(interval[0])}
          x2={place(interval[1])}
          y1={middle}
          y2={middle}
        />
      )}
      <circle className={classes['value']} cx={place(value)} cy={middle} r="4" />
    </svg>
  )
}
