import { Alert, Button, Group } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { useConnection } from '../api/connection.ts'
import { useOutdated } from '../api/outdated.ts'
import { isAlive } from '../api/patient-fetch.ts'
import { Text } from '../components/text.tsx'
import { clockTime } from '../format/times.ts'

const TRY_EVERY = 3_000

/** Says that what is shown may be old, tries again, and goes by itself when the server answers. */
export function ConnectionBanner() {
  const { lostSince, answeredAt } = useConnection()
  const outdated = useOutdated()
  const client = useQueryClient()
  const isLost = lostSince !== null
  useEffect(() => {
    if (!isLost) return
    // What is being asked is left to come: a slow server would never get an answer out.
    const readAnew = () => void client.refetchQueries({ type: 'active' }, { cancelRefetch: false })
    // Only whether it lives is asked: views that never came would go from error to loading and back each time.
    const trying = setInterval(async () => {
      if (await isAlive()) readAnew()
    }, TRY_EVERY)
    return () => {
      clearInterval(trying)
      // Found by somebody else, perhaps, who read no more than one thing.
      readAnew()
    }
  }, [isLost, client])
  return (
    <div role="status" aria-live="polite">
      {isLost ? (
        <Warning title="No connection to the server">
          {answeredAt === null
            ? 'It has not answered yet.'
            : `What you see is from ${clockTime(answeredAt)} or before.`}{' '}
          Trying again.
        </Warning>
      ) : (
        outdated && (
          <Warning title="Some of what you see may be old">
            <Group gap="xs">
              <Text>{outdated.because}</Text>
              <Button size="compact-xs" variant="default" onClick={outdated.tryAgain}>
                Try again
              </Button>
            </Group>
          </Warning>
        )
      )}
    </div>
  )
}

function Warning({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Alert mb="sm" color="orange" variant="outline" icon={<IconCloudOff aria-hidden="true" />} title={title}>
      {children}
    </Alert>
  )
}
