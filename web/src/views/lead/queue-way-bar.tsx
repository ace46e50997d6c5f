/** From a lead to the next one of the queue that it was opened from. */
import { ActionIcon, Group } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import { leadPath } from '../../format/lead-name.ts'
import { wholeText } from '../../format/numbers.ts'
import { useShortcuts } from '../../shell/shortcuts.tsx'
import classes from '../subject/subject.module.css'
import type { QueuePlace } from './use-queue-way.ts'

export function QueueWayBar({ back, neighbours }: QueuePlace) {
  const [, go] = useLocation()
  const to = (leadId: string | null | undefined): void => {
    if (leadId != null) go(leadPath(leadId))
  }
  useShortcuts('Way', [
    { keys: 'j', does: 'goes to the next lead of the queue', run: () => to(neighbours?.after) },
    { keys: 'k', does: 'goes to the one before', run: () => to(neighbours?.before) },
    { keys: 'u', does: 'goes back to the queue', run: () => go(back) },
  ])
  return (
    <nav className={classes['way']} aria-label="Queue">
      <Link href={back}>← Queue</Link>
      {neighbours && (
        <Group gap={6}>
          <span>
            {wholeText(neighbours.place)} of {neighbours.isMore && 'more than '}
            {wholeText(neighbours.of)}
          </span>
          <ActionIcon
            variant="default"
            aria-label="The lead before"
            title="The lead before: k"
            disabled={neighbours.before === null}
            onClick={() => to(neighbours.before)}
          >
            <IconChevronUp size={16} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label="The next lead"
            title="The next lead: j"
            disabled={neighbours.after === null}
            onClick={() => to(neighbours.after)}
          >
            <IconChevronDown size={16} aria-hidden="true" />
          </ActionIcon>
        </Group>
      )}
    </nav>
  )
}
