import { Alert } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useConnection } from '../api/connection.ts'
import { clockTime } from '../format/times.ts'

const TRY_EVERY = 5_000

/** Says that what is shown may be old, tries again, and goes by itself when the server answers. */
export function ConnectionBanner() {
  const { lostSince, answeredAt } = useConnection()
  const client = useQueryClient()
  const isLost = lostSince !== null
  useEffect(() => {
    if (!isLost) return
    const trying = setInterval(() => void client.refetchQueries({ type: 'active' }), TRY_EVERY)
    return () => clearInterval(trying)
  }, [isLost, client])
  return (
    <div role="status" aria-live="polite">
      {isLost && (
        <Alert
          mb="sm"
          color="orange"
          variant="outline"
          icon={<IconCloudOff aria-hidden="true" />}
          title="No connection to the server"
        >
          {answeredAt === null
            ? 'It has not answered yet.'
            : `What you see is from ${clockTime(answeredAt)} or before.`}{' '}
          Trying again.
        </Alert>
      )}
    </div>
  )
}
