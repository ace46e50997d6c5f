import type { ReactNode } from 'react'
import { figureText } from '../format/numbers.ts'
import classes from './interval-figure.module.css'

interface Props {
  readonly value: number | null
  readonly interval: readonly [number, number] | null | undefined
  /** Said after it, as quietly as the interval. */
  readonly children?: ReactNode
}

/** A figure, and how sure it is: `0.780 0.681 to 0.876`. */
export function IntervalFigure({ value, interval, children }: Props) {
  if (value === null) return <>–</>
  return (
    <span className={classes['figure']}>
      {figureText(value)}{' '}
      <small>
        {interval && `${figureText(interval[0])} to ${figureText(interval[1])}`}
        {children}
      </small>
    </span>
  )
}
