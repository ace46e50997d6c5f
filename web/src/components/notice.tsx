import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

const KINDS = {
  good: { color: 'green', icon: IconCircleCheck },
  warning: { color: 'orange', icon: IconAlertTriangle },
  bad: { color: 'red', icon: IconAlertTriangle },
  locked: { color: 'gray', icon: IconLock },
} as const

interface Props {
  readonly kind: keyof typeof KINDS
  readonly title?: string
  readonly children: ReactNode
}

/** Something to know before going on. Its words are in the colour of the text; its edge and sign say which kind it is. */
export function Notice({ kind, title, children }: Props) {
  const { color, icon: Icon } = KINDS[kind]
  return (
    <Alert
      role={kind === 'bad' ? 'alert' : 'note'}
      color={color}
      variant="outline"
      icon={<Icon aria-hidden="true" />}
      title={title}
      classNames={{ title: classes['words'], message: classes['words'] }}
    >
      {children}
    </Alert>
  )
}
