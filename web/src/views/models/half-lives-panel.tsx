import { Group, Text as MantineText, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { IntervalBar } from '../../components/interval-bar.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { roughText } from '../../format/numbers.ts'
import type { SegmentModel } from './segment-model.ts'
import { figuresOptions } from './use-models.ts'

interface Props {
  readonly model: SegmentModel
  readonly version: string | null
}

/** In days: what counts longer than a year counts for nothing. */
const SHORTEST = 1
const LONGEST = 365

const FROM = { learned: 'learned', pinned: 'set by hand', prior: 'prior kept' } as const

/** How long each kind of event counts, how sure that is, and where the data said too little. */
export function HalfLivesPanel({ model: { name, segment }, version }: Props) {
  const figures = useQuery({ ...figuresOptions(name, segment, version ?? ''), enabled: version !== null })
  if (version !== null && figures.isPending) return <LoadingState what="half-lives" />
  if (figures.isError) return <ErrorState error={figures.error} retry={() => void figures.refetch()} />
  const found = figures.data?.half_lives
  if (!found || found.events.length === 0)
    return (
      <EmptyState title="No half-lives">
        {version === null ? 'Nothing was trained yet.' : `Version ${version} counts no events by their age.`}
      </EmptyState>
    )
  return (
    <Stack gap="sm">
      <Title order={2} size="h5">
        Days after which an event counts half, in version {version}
      </Title>
      <DataTable
        label="Half-lives"
        rows={[...found.events].sort((a, b) => a.half_life_days - b.half_life_days)}
        rowKey={({ event }) => event}
        columns={[
          { id: 'event', head: 'Event', cell: ({ event }) => <Text>{event.replaceAll('_', ' ')}</Text> },
          {
            id: 'days',
            head: 'Half-life',
            isFigure: true,
            cell: ({ half_life_days: days }) => (days === 1 ? '1 day' : `${roughText(days)} days`),
          },
          {
            id: 'interval',
            head: '1 day to 1 year, and what the data say (90 %)',
            cell: ({ half_life_days: days, interval_days: interval, from }) => (
              <Group gap="sm" wrap="nowrap">
                <IntervalBar
                  value={days}
                  interval={interval}
                  from={SHORTEST}
                  to={LONGEST}
                  scale="log"
                  mark={found.prior_days}
                  tone={from === 'learned' ? 'strong' : 'quiet'}
                />
                <span>{interval ? `${roughText(interval[0])} to ${roughText(interval[1])}` : 'nothing'}</span>
              </Group>
            ),
          },
          {
            id: 'from',
            head: 'Where from',
            cell: ({ from, half_life_days: days }) =>
              from === 'prior' && days !== found.prior_days ? (
                <Tag tone="quiet">next to the prior</Tag>
              ) : (
                <Tag tone={from === 'learned' ? 'good' : 'quiet'}>{FROM[from]}</Tag>
              ),
          },
          {
            id: 'because',
            head: 'Why',
            isSentence: true,
            cell: ({ because }) => <Text>{because ?? ''}</Text>,
          },
        ]}
      />
      <MantineText size="sm" c="dimmed">
        The dashed line is the prior of {roughText(found.prior_days)} days: where the data cannot tell, it is
        kept.
      </MantineText>
    </Stack>
  )
}
