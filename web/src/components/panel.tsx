import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './panel.module.css'

interface Props {
  readonly title: string
  /** Beside the title. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A part of a view, with a heading of the second level. */
export function Panel({ title, aside, children }: Props) {
  const id = useId()
  return (
    <section className={classes['panel']} aria-labelledby={id}>
      <div className={classes['head']}>
        <Title id={id} order={2} size="h5">
          {title}
        </Title>
        {aside}
      </div>
      {children}
    </section>
  )
}
