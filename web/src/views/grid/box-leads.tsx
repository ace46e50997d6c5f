import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { memo } from 'react'
import { Link } from 'wouter'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { ScoreBadge } from '../../components/score-badge.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { download } from '../../format/download.ts'
import { leadName, leadPath } from '../../format/lead-name.ts'
import { wholeText } from '../../format/numbers.ts'
import { boxCsv } from './box-csv.ts'
import type { Box } from './boxes.ts'
import classes from './grid.module.css'
import { type BoxLead, useBoxLeads } from './use-grid.ts'

interface Props {
  readonly box: Box
  readonly band: string
}

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
          variant="subtle"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          onClick={() => download('grid.csv', 'text/csv', boxCsv(leads))}
        >
          Export {wholeText(leads.length)}
        </Button>
      </div>
    </>
  )
})

function Row({ lead }: { readonly lead: BoxLead }) {
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
