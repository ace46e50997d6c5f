import { Button } from '@mantine/core'
import { IconDownload, IconListNumbers } from '@tabler/icons-react'
import { memo } from 'react'
import { Link } from 'wouter'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { ScoreBadge } from '../../components/score-badge.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import type { Box } from '../../format/box.ts'
import { download } from '../../format/download.ts'
import { leadName, leadPath } from '../../format/lead-name.ts'
import { wholeText } from '../../format/numbers.ts'
import { queueCsv } from '../queue/queue-csv.ts'
import { WHOLE_QUEUE, writeQuery } from '../queue/queue-query.ts'
import type { QueueLead } from '../queue/use-queue.ts'
import classes from './grid.module.css'
import { useBoxLeads } from './use-grid.ts'

interface Props {
  readonly box: Box
  readonly band: string
}

/** A list beside the grid asks for none. */
const NO_REASONS: ReadonlyMap<string, null> = new Map()

/** Who is in the box, the highest score first. */
export const BoxLeads = memo(function BoxLeads({ box, band }: Props) {
  const list = useBoxLeads(box, band)
  const leads = list.data?.pages.flatMap((page) => page.leads) ?? []
  if (list.isPending) return <LoadingState what="leads" />
  if (list.isError && leads.length === 0)
    return <ErrorState error={list.error} retry={() => void list.refetch()} />
  if (leads.length === 0) return <EmptyState title="Nobody is here">Make the box larger.</EmptyState>
  return (
    <>
      <ul className={classes['leads']} aria-label="Leads in the box" aria-busy={list.isPlaceholderData}>
        {leads.map((lead) => (
          <Row key={lead.lead_id} lead={lead} />
        ))}
      </ul>
      <div className={classes['more']}>
        {list.hasNextPage ? (
          <Button
            size="xs"
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        ) : (
          <span>That is everybody: {wholeText(leads.length)}.</span>
        )}
        <Button
          size="xs"
          variant="default"
          component={Link}
          href={`/?${writeQuery({ ...WHOLE_QUEUE, band, box })}`}
          leftSection={<IconListNumbers size={16} aria-hidden="true" />}
        >
          Open in queue
        </Button>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          onClick={() => download('grid.csv', 'text/csv', queueCsv(leads, NO_REASONS))}
        >
          Export {wholeText(leads.length)}
        </Button>
      </div>
    </>
  )
})

function Row({ lead }: { readonly lead: QueueLead }) {
  const { details, score, fit, intent } = lead
  const about = [details?.title, details?.company].filter(Boolean).join(', ')
  return (
    <li className={classes['lead']}>
      {score && <ScoreBadge score={score.score} />}
      <span className={classes['who']}>
        <Link href={leadPath(lead.lead_id)}>
          <Text isClipped>{leadName(lead)}</Text>
        </Link>
        <small>
          <Text isClipped>{about || lead.lead_id}</Text>
        </small>
      </span>
      <span className={classes['scores']}>
        <span>fit {fit}</span>
        <span>intent {intent}</span>
      </span>
      {score && (
        <Tag tone={score.verdict === 'disqualified' ? 'bad' : 'plain'}>
          {score.decision.band ?? score.band}
        </Tag>
      )}
    </li>
  )
}
