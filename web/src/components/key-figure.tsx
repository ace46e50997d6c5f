import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './key-figure.module.css'

interface Props {
  readonly label: string
  readonly value: ReactNode
  /** What it is to be compared with, or how sure it is. */
  readonly note?: ReactNode
  /** Said in the note too. */
  readonly tone?: 'good' | 'bad'
}

/** One figure that people look for first. Stands in a `KeyFigures`. */
export function KeyFigure({ label, value, note, tone }: Props) {
  return (
    <Paper withBorder px="sm" py="xs" className={classes['figure']}>
      <dt className={classes['label']}>{label}</dt>
      <dd className={classes['value']} data-tone={tone}>
        {value}
      </dd>
      {note !== undefined && <dd className={classes['note']}>{note}</dd>}
    </Paper>
  )
}

export function KeyFigures({ children }: { readonly children: ReactNode }) {
  return <dl className={classes['figures']}>{children}</dl>
}
