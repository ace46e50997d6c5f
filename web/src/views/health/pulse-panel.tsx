import { Text as MantineText, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../components/key-figure.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { useNow } from '../../components/use-now.ts'
import { elapsedText } from '../../format/durations.ts'
import { wholeText } from '../../format/numbers.ts'
import { clockTime } from '../../format/times.ts'
import { dailyTime } from './daily-time.ts'
import { IngestBars } from './ingest-bars.tsx'
import {
  healthOptions,
  type IngestRate,
  jobsOptions,
  type OperationHealth,
  rateOptions,
} from './use-health.ts'

/** Each part of its own: one that is not answered leaves the others. */
export function PulsePanel() {
  const rate = useQuery(rateOptions)
  const health = useQuery(healthOptions)
  if (rate.isPending && health.isPending) return <LoadingState what="how the server does" />
  return (
    <Stack gap="md">
      {rate.isError && !rate.data && <ErrorState error={rate.error} retry={() => void rate.refetch()} />}
      {health.isError && !health.data && (
        <ErrorState error={health.error} retry={() => void health.refetch()} />
      )}
      <KeyFigures>
        {rate.data && <Intake rate={rate.data} />}
        {health.data && <Scoring health={health.data} />}
      </KeyFigures>
      {rate.data && <IngestBars rate={rate.data} />}
      <Jobs />
    </Stack>
  )
}

function Intake({ rate: { last_hour, last_received_at } }: { readonly rate: IngestRate }) {
  return (
    <>
      <KeyFigure
        label="Received in the last hour"
        value={wholeText(last_hour.received)}
        note="events, traits and names"
      />
      <KeyFigure
        label="Of them rejected"
        value={wholeText(last_hour.rejected)}
        {...(last_hour.rejected > 0
          ? { tone: 'bad', note: 'Rejected says why' }
          : { note: last_hour.received === 0 ? 'nothing came' : 'all could be used' })}
      />
      <KeyFigure
        label="Last received"
        value={last_received_at === null ? 'nothing yet' : <Moment at={last_received_at} />}
        note="by any server"
      />
    </>
  )
}

/** Scores may be this far behind what is known before it is told of as bad: docs/live-scores.md promises less. */
const LATE_AFTER = 60

function Scoring({ health: { rescoring, last_scoring } }: { readonly health: OperationHealth }) {
  const { backlog, oldest_seconds: oldest, set_aside: setAside } = rescoring
  return (
    <>
      <KeyFigure
        label="Wait to be scored"
        value={`${wholeText(backlog)} ${backlog === 1 ? 'lead' : 'leads'}`}
        {...(oldest !== null && oldest > LATE_AFTER ? { tone: 'bad' } : {})}
        note={
          oldest === null ? 'scores say all that is known' : `the first for ${elapsedText(oldest * 1_000)}`
        }
      />
      <KeyFigure
        label="Set aside"
        value={wholeText(setAside)}
        {...(setAside > 0
          ? { tone: 'bad', note: 'could not be scored; tried again, ever later' }
          : { note: 'none failed' })}
      />
      <KeyFigure
        label="All leads scored last"
        value={last_scoring === null ? 'never' : <Moment at={last_scoring.ended_at} />}
        note={
          last_scoring === null
            ? 'wonlost score --all, or the nightly sweep'
            : last_scoring.outdated.length === 0
              ? 'by what answers now'
              : `since then another: ${last_scoring.outdated.join(', ')}`
        }
      />
    </>
  )
}

/** Once a day at a time of the reader's zone; any other as it is written. */
function Schedule({ cron }: { readonly cron: string }) {
  const at = dailyTime(cron, useNow())
  const written = `${cron} (UTC)`
  return at === null ? <code>{written}</code> : <span title={written}>every day at {clockTime(at)}</span>
}

function Jobs() {
  const jobs = useQuery(jobsOptions)
  if (jobs.isPending) return <LoadingState what="scheduled jobs" />
  if (jobs.isError && !jobs.data) return <ErrorState error={jobs.error} retry={() => void jobs.refetch()} />
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        Scheduled jobs
      </Title>
      {jobs.data.jobs.length === 0 ? (
        <MantineText size="sm" c="dimmed">
          No server with jobs has run on this database: wonlost serve runs them.
        </MantineText>
      ) : (
        <DataTable
          label="Scheduled jobs"
          rows={jobs.data.jobs}
          rowKey={({ name }) => name}
          columns={[
            { id: 'name', head: 'Job', cell: ({ name }) => <Text>{name}</Text> },
            {
              id: 'state',
              head: 'State',
              cell: ({ running, last }) =>
                running ? (
                  <Tag tone="strong">running</Tag>
                ) : last?.failed ? (
                  <Tag tone="bad">failed</Tag>
                ) : last ? (
                  <Tag tone="good">done</Tag>
                ) : (
                  <Tag tone="quiet">has not run</Tag>
                ),
            },
            { id: 'last', head: 'Ended', cell: ({ last }) => (last ? <Moment at={last.ended_at} /> : '–') },
            {
              id: 'took',
              head: 'Took',
              isFigure: true,
              cell: ({ last }) =>
                last ? elapsedText(Date.parse(last.ended_at) - Date.parse(last.began_at)) : '–',
            },
            { id: 'cron', head: 'Schedule', cell: ({ cron }) => <Schedule cron={cron} /> },
          ]}
        />
      )}
    </Stack>
  )
}
