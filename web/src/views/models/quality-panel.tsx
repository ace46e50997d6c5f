import { SegmentedControl, SimpleGrid, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { ChartDocument } from '../../../../src/charts/chart.ts'
import { liftChart } from '../../../../src/charts/lift.ts'
import { reliabilityChart } from '../../../../src/charts/reliability.ts'
import { ChartFrame } from '../../components/chart-frame.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { IntervalFigure } from '../../components/interval-figure.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { figureText, liftText, percentText, wholeText } from '../../format/numbers.ts'
import { AucCell } from './auc-cell.tsx'
import { GateChecks } from './gate-checks.tsx'
import { type Evaluation, predictorName, SETS } from './quality.ts'
import type { SegmentModel } from './segment-model.ts'
import { type Figures, figuresOptions } from './use-models.ts'

interface Props {
  readonly model: SegmentModel
  readonly version: string | null
}

/** How good a version was on rows later than what it learned from, beside what is simpler. */
export function QualityPanel({ model: { name, segment }, version }: Props) {
  const figures = useQuery({ ...figuresOptions(name, segment, version ?? ''), enabled: version !== null })
  if (version === null)
    return <EmptyState title="Nothing was trained yet">There is nothing to measure.</EmptyState>
  if (figures.isPending) return <LoadingState what="its quality" />
  if (figures.isError) return <ErrorState error={figures.error} retry={() => void figures.refetch()} />
  const { evaluation, curves, gate } = figures.data
  return (
    <Stack gap="lg">
      {evaluation && evaluation.length > 0 ? (
        <Judged key={version} version={version} evaluation={evaluation} curves={curves} />
      ) : (
        <EmptyState title={`Version ${version} was not judged on later rows`}>
          It was trained elsewhere, recalibrated, or is a rubric: only versions that were trained here have
          these figures.
        </EmptyState>
      )}
      {gate && <GateChecks gate={gate} />}
    </Stack>
  )
}

interface JudgedProps {
  readonly version: string
  readonly evaluation: readonly Evaluation[]
  readonly curves: Figures['curves']
}

function Judged({ version, evaluation, curves }: JudgedProps) {
  const [set, setSet] = useState<string>(evaluation[0]?.set ?? '')
  const shown = evaluation.find((one) => one.set === set) ?? evaluation[0]!
  const { metrics, baselines, reliability, accounts } = shown
  const rows = [
    { name: 'model', metrics, lead: null },
    ...baselines.map((baseline) => ({ ...baseline, lead: baseline.auc_lead })),
  ]
  return (
    <Stack gap="md">
      <SegmentedControl
        w="fit-content"
        maw="100%"
        style={{ overflowX: 'auto' }}
        size="xs"
        aria-label="At which moment of a lead"
        value={shown.set}
        onChange={setSet}
        data={evaluation.map((one) => ({ value: one.set, label: SETS[one.set] }))}
      />
      <Title order={2} size="h5">
        Version {version} on {wholeText(metrics.rows)} later rows of {wholeText(accounts)} accounts,{' '}
        {wholeText(metrics.positives)} reached the target
      </Title>
      <DataTable
        label="Beside the baselines"
        rows={rows}
        rowKey={(row) => row.name}
        isCurrent={(row) => row.name === 'model'}
        columns={[
          { id: 'name', head: 'Judged', cell: (row) => predictorName(row.name) },
          {
            id: 'auc',
            head: 'AUC (95 %)',
            cell: (row) => <AucCell metrics={row.metrics} tone={row.name === 'model' ? 'strong' : 'quiet'} />,
          },
          {
            id: 'lead',
            head: 'AUC this version leads by',
            isFigure: true,
            cell: ({ lead }) =>
              lead ? <IntervalFigure value={lead.difference} interval={lead.interval} /> : '',
          },
          {
            id: 'loss',
            head: 'Log loss',
            isFigure: true,
            cell: (row) => (row.metrics.log_loss === null ? '–' : figureText(row.metrics.log_loss)),
          },
          {
            id: 'ece',
            head: 'Calibration error (95 %)',
            isFigure: true,
            cell: (row) => <IntervalFigure value={row.metrics.ece} interval={row.metrics.ece_interval} />,
          },
          {
            id: 'lift',
            head: 'Lift of the top tenth',
            isFigure: true,
            cell: (row) => (row.metrics.lift_top_tenth === null ? '–' : liftText(row.metrics.lift_top_tenth)),
          },
        ]}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Reliability points={reliability} />
        {curves && curves.rankings.length > 0 && <Lift curves={curves} />}
      </SimpleGrid>
    </Stack>
  )
}

function Reliability({ points }: { readonly points: Evaluation['reliability'] }) {
  const draw = useCallback(
    (document: ChartDocument) =>
      reliabilityChart(
        document,
        points.map(({ rows, mean_probability: said, rate: came, rate_interval: interval = null }) => ({
          ...{ rows, said, came, interval },
        })),
      ),
    [points],
  )
  return (
    <ChartFrame
      title="Reliability"
      hint="Groups of rows that were told about the same. On the line, as many came as were said."
      draw={draw}
      figures={
        <DataTable
          label="Figures of reliability"
          rows={points}
          rowKey={({ mean_probability }) => String(mean_probability)}
          columns={[
            { id: 'said', head: 'Said', isFigure: true, cell: (row) => percentText(row.mean_probability) },
            { id: 'came', head: 'Came', isFigure: true, cell: (row) => percentText(row.rate) },
            {
              id: 'interval',
              head: '95 %',
              isFigure: true,
              cell: ({ rate_interval: interval }) =>
                interval ? `${percentText(interval[0])} to ${percentText(interval[1])}` : '–',
            },
            { id: 'rows', head: 'Rows', isFigure: true, cell: (row) => wholeText(row.rows) },
          ]}
        />
      }
    />
  )
}

/** Shares of leads called that the table tells of. */
const CALLED = [0.05, 0.1, 0.2, 0.3, 0.5, 1]

function Lift({ curves }: { readonly curves: NonNullable<Figures['curves']> }) {
  const draw = useCallback(
    (document: ChartDocument) =>
      liftChart(
        document,
        curves.rankings.map(({ name, gain }) => ({ name: predictorName(name), points: gain })),
      ),
    [curves],
  )
  const found = (gain: readonly (readonly [number, number])[], called: number): number =>
    gain.findLast(([share]) => share <= called)?.[1] ?? 0
  return (
    <ChartFrame
      title="Lift"
      hint="How many times as many as at random are found among the highest scored, over every landmark."
      draw={draw}
      figures={
        <DataTable
          label="Figures of lift"
          rows={CALLED}
          rowKey={String}
          columns={[
            { id: 'called', head: 'Called', isFigure: true, cell: (called) => percentText(called) },
            ...curves.rankings.map(({ name, gain }) => ({
              id: name,
              head: predictorName(name),
              isFigure: true,
              cell: (called: number) => liftText(found(gain, called) / called),
            })),
          ]}
        />
      }
    />
  )
}
