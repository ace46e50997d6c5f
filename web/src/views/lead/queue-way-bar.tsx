/** From a lead to the next one of the queue that it was opened from. */
import { ActionIcon, Group } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { leadPath } from '../../format/lead-name.ts'
import { wholeText } from '../../format/numbers.ts'
import { useShortcuts } from '../../shell/shortcuts.tsx'
import { type Neighbours, neighboursOf } from '../queue/neighbours.ts'
import { readQueueWay } from '../queue/queue-way.ts'
import classes from '../subject/subject.module.css'

/** null: it was opened from elsewhere. */
export function useNeighbours(leadId: string): Neighbours | null {
  const [way] = useState(readQueueWay)
  return way && neighboursOf(way, leadId)
}

export function QueueWayBar({ neighbours }: { readonly neighbours: Neighbours | null }) {
  const [way] = useState(readQueueWay)
  const [, go] = useLocation()
  const to = (leadId: string | null | undefined): void => {
    if (leadId != null) go(leadPath(leadId))
  }
  const queue = way && way.query !== '' ? `/?${way.query}` : '/'
  useShortcuts('Way', [
    { keys: 'j', does: 'goes to the next lead of the queue', run: () => to(neighbours?.after) },
    { keys: 'k', does: 'goes to the one before', run: () => to(neighbours?.before) },
    { keys: 'u', does: 'goes back to the queue', run: () => go(queue) },
  ])
  return (
    <nav className={classes['way']} aria-label="Queue">
      <Link href={queue}>← Queue</Link>
      {neighbours && (
        <Group gap={6}>
          <span>
            {wholeText(neighbours.place)} of {wholeText(neighbours.of)}
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
