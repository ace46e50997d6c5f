import { Group, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './panel.module.css'

interface Props {
  readonly title: string
  /** Buttons beside the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a view under a heading of the second level. */
export function Panel({ title, actions, children }: Props) {
  const id = useId()
  return (
    <section className={classes['panel']} aria-labelledby={id}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Title id={id} order={2} size="h5">
          {title}
        </Title>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </section>
  )
}
