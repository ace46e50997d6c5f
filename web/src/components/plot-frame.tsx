import { VisuallyHidden } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './plot-frame.module.css'

interface Props {
  readonly title: string
  /** How it is read, below its title. */
  readonly hint?: ReactNode
  /** The same in words or as a table, for whoever does not see the picture. Left out where it stands beside it for everybody. */
  readonly inWords?: ReactNode
  readonly children: ReactNode
}

/** A picture with its title, and the same in words. */
export function PlotFrame({ title, hint, inWords, children }: Props) {
  const id = useId()
  return (
    <figure className={classes['frame']} aria-labelledby={id}>
      <figcaption className={classes['caption']}>
        <strong id={id}>{title}</strong>
        {hint !== undefined && <span>{hint}</span>}
      </figcaption>
      {children}
      {inWords !== undefined && <VisuallyHidden>{inWords}</VisuallyHidden>}
    </figure>
  )
}
