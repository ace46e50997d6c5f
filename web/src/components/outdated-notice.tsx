import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import classes from './outdated-notice.module.css'

interface Props {
  readonly isOutdated: boolean
  readonly onShow: () => void
}

/** Rows stay where they are until the reader asks for the order of now. Lies over the rows. */
export function OutdatedNotice({ isOutdated, onShow }: Props) {
  return (
    <div className={classes['outdated']} role="status">
      {isOutdated && (
        <Button
          size="xs"
          radius="xl"
          leftSection={<IconRefresh size={16} aria-hidden="true" />}
          onClick={onShow}
        >
          The order has changed: show it
        </Button>
      )}
    </div>
  )
}
