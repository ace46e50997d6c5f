import { Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

interface Props {
  readonly title: string
  /** Buttons of the view. */
  readonly children?: ReactNode
}

/** The one heading of the first level of a view, and the name of the window. */
export function ViewHeader({ title, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Wonlost`
  }, [title])
  return (
    <Group justify="space-between" gap="xs" mb="sm">
      <Title order={1} size="h3">
        {title}
      </Title>
      <Group gap="xs">{children}</Group>
    </Group>
  )
}
