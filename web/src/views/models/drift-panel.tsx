import { Button, List, Text as MantineText, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { figureText, wholeText } from '../../format/numbers.ts'
import { DriftTag } from './drift-tag.tsx'
import { type DriftSet, readFindings } from './monitor-findings.ts'
import { PsiBar } from './psi-bar.tsx'
import type { SegmentModel } from './segment-model.ts'
import { type MonitorRun, monitorOptions } from './use-models.ts'

/** Whether leads are still those that it learned from, and what it says still comes true: in the words of the monitor. */
export function DriftPanel({ model: { name, segment } }: { readonly model: SegmentModel }) {
  const monitor = useQuery(monitorOptions(name))
  if (monitor.isPending) return <LoadingState what="runs of the monitor" />
  if (monitor.isError) return <ErrorState error={monitor.error} retry={() => void monitor.refetch()} />
  const runs = monitor.data.runs.filter((run) => run.segment === segment)
  const [last, ...earlier] = runs
  if (!last)
    return (
      <EmptyState title="The monitor has not run">
        It runs every day where wonlost serve does, on what answers, or by hand: wonlost monitor. Rubrics of
        the files are not watched.
      </EmptyState>
    )
  return (
    <Stack gap="lg">
      <Findings run={last} />
      {earlier.length > 0 && (
        <Stack gap="xs">
          <Title order={2} size="h5">
            Runs before
          </Title>
          <DataTable
            label="Runs of the monitor before"
            rows={earlier}
            rowKey={({ run_id }) => String(run_id)}
            columns={[
              { id: 'at', head: 'As of', cell: (run) => <Moment at={run.as_of} /> },
              { id: 'version', head: 'Version', cell: (run) => run.version },
              { id: 'verdict', head: 'Found', cell: (run) => <DriftTag run={run} /> },
              { id: 'because', head: 'Why', cell: (run) => <Text>{readFindings(run.report).because}</Text> },
            ]}
          />
        </Stack>
      )}
    </Stack>
  )
}

const LONGEST_FINDING = 2_000

function Findings({ run }: { readonly run: MonitorRun }) {
  const { because, retrain, crossed, notWatched, drift } = readFindings(run.report)
  return (
    <Stack gap="sm">
      <Title order={2} size="h5">
        Version {run.version}: <DriftTag run={run} />
      </Title>
      <MantineText component="div" maw={800}>
        <Text longest={LONGEST_FINDING}>{because}</Text>
      </MantineText>
      <MantineText size="sm" c="dimmed">
        Leads of {run.window_days} days before <Moment at={run.as_of} />.
      </MantineText>
      {crossed.length > 0 && (
        <List spacing={4} maw={800}>
          {crossed.map(({ text, allowed }) => (
            <List.Item key={text}>
              <Text>{text}</Text>{' '}
              <MantineText span size="sm" c="dimmed">
                Allowed: <Text>{allowed}</Text>.
              </MantineText>
            </List.Item>
          ))}
        </List>
      )}
      {retrain !== '' && (
        <MantineText component="div" fw={600} maw={800}>
          <Text longest={LONGEST_FINDING}>{retrain}</Text>
        </MantineText>
      )}
      {notWatched.map((text) => (
        <MantineText key={text} component="div" size="sm" c="dimmed" maw={800}>
          Not watched: <Text>{text}</Text>
        </MantineText>
      ))}
      {drift.map((set) => (
        <DriftTable key={set.set} drift={set} />
      ))}
    </Stack>
  )
}

const SETS: Readonly<Record<string, string>> = { at_entry: 'At entry', later: 'At a later landmark' }
const AT_FIRST = 8
/** Below this a probability is no longer told apart. */
const LEAST_SHOWN = 0.001

function DriftTable({ drift: { set, rows, referenceRows, figures } }: { readonly drift: DriftSet }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? figures : figures.slice(0, AT_FIRST)
  return (
    <Stack gap="xs" mt="sm">
      <Title order={3} size="h6">
        {SETS[set] ?? set}: {wholeText(rows)} leads against {wholeText(referenceRows)} of training
      </Title>
      <DataTable
        label={`Drift ${SETS[set] ?? set}`}
        rows={shown}
        rowKey={({ column, isScore }) => (isScore ? 'score' : column)}
        columns={[
          {
            id: 'column',
            head: 'What',
            cell: ({ column, isScore }) =>
              isScore ? <Tag tone="strong">score</Tag> : <Text>{column.replaceAll('_', ' ')}</Text>,
          },
          {
            id: 'bar',
            head: 'PSI above chance; the line is the limit',
            cell: ({ psi, psiByChance }) => <PsiBar above={Math.max(0, psi - psiByChance)} />,
          },
          { id: 'psi', head: 'PSI', isFigure: true, cell: ({ psi }) => figureText(psi) },
          { id: 'chance', head: 'by chance', isFigure: true, cell: (row) => figureText(row.psiByChance) },
          {
            id: 'q',
            head: 'q',
            isFigure: true,
            cell: ({ qValue }) =>
              qValue < LEAST_SHOWN ? `< ${figureText(LEAST_SHOWN)}` : figureText(qValue),
          },
        ]}
      />
      {figures.length > AT_FIRST && (
        <Button variant="default" size="xs" w="fit-content" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Only what moved most' : `All ${wholeText(figures.length)}`}
        </Button>
      )}
    </Stack>
  )
}
