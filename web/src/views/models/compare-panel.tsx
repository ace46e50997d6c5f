import { Button, Group, Text as MantineText, NativeSelect, Stack } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { IntervalFigure } from '../../components/interval-figure.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useAddress } from '../../components/use-address.ts'
import { figureText, liftText, wholeText } from '../../format/numbers.ts'
import { AucCell } from './auc-cell.tsx'
import { Comparison } from './comparison.tsx'
import { mainEvaluation } from './quality.ts'
import { type SegmentModel, servingText } from './segment-model.ts'
import { comparisonOptions, figuresOptions } from './use-models.ts'

/** In the place of a version: what answers now. */
const NOW = ''

interface Pair {
  readonly before: string
  readonly after: string
}

/** Two versions side by side: what training measured, and whom of today's leads they would put elsewhere. */
export function ComparePanel({ model }: { readonly model: SegmentModel }) {
  const { name, segment, versions, serving, challenger } = model
  const other = versions.find(({ version }) => version !== serving?.version)
  const [before, setBefore] = useAddress('before')
  const [after, setAfter] = useAddress('after')
  const known = (version: string | null): string | undefined =>
    versions.find((one) => one.version === version)?.version
  const pair: Pair = {
    before: known(before) ?? NOW,
    after: known(after) ?? (challenger ?? other ?? versions[0])?.version ?? '',
  }
  const isSame = (pair.before === NOW ? serving?.version : pair.before) === pair.after
  const [asked, setAsked] = useState<Pair | null>(null)
  const comparison = useQuery({
    ...comparisonOptions(name, segment, asked?.before || null, asked?.after ?? ''),
    enabled: asked !== null,
  })
  if (versions.length === 0)
    return <EmptyState title="There is nothing to compare">No version was trained yet.</EmptyState>
  const named = versions.map(({ version, kind, alias }) => ({
    value: version,
    label: `version ${version}, ${kind}${alias ? ` (${alias})` : ''}`,
  }))
  return (
    <Stack gap="md">
      <Group align="end" gap="sm">
        <NativeSelect
          label="Before"
          data={[{ value: NOW, label: `what answers now: ${servingText(model)}` }, ...named]}
          value={pair.before}
          onChange={({ currentTarget: { value } }) => setBefore(value === NOW ? null : value)}
        />
        <NativeSelect
          label="After"
          data={named}
          value={pair.after}
          onChange={({ currentTarget: { value } }) => setAfter(value)}
        />
        <Button
          onClick={() => {
            setAsked(pair)
            if (asked?.before === pair.before && asked.after === pair.after) void comparison.refetch()
          }}
          loading={comparison.isFetching}
          disabled={isSame}
        >
          Compare on leads of today
        </Button>
      </Group>
      {isSame && (
        <MantineText size="sm" c="dimmed">
          The same version on both sides: choose another one to compare.
        </MantineText>
      )}
      <SideBySide model={model} pair={pair} />
      {asked !== null && comparison.isFetching && <LoadingState what="how both score the same leads" />}
      {comparison.isError && !comparison.isFetching && (
        <ErrorState error={comparison.error} retry={() => void comparison.refetch()} />
      )}
      {comparison.data && !comparison.isFetching && <Comparison comparison={comparison.data} />}
    </Stack>
  )
}

function SideBySide({ model, pair }: { readonly model: SegmentModel; readonly pair: Pair }) {
  const { name, segment, serving, versions } = model
  const before = pair.before === NOW ? serving?.version : pair.before
  const pairOf = [before, pair.after].map((version) => versions.find((one) => one.version === version))
  const figures = useQueries({
    queries: pairOf.map((version) => ({
      ...figuresOptions(name, segment, version?.version ?? ''),
      enabled: version !== undefined,
    })),
  })
  const shown = [0, 1].map((place) => ({
    place: place === 0 ? 'Before' : 'After',
    version: pairOf[place],
    figures: figures[place]?.data,
    metrics: mainEvaluation(figures[place]?.data)?.metrics ?? null,
  }))
  return (
    <DataTable
      label="Side by side"
      rows={shown}
      rowKey={({ place }) => place}
      columns={[
        { id: 'place', head: 'Side', cell: ({ place }) => place },
        {
          id: 'version',
          head: 'Version',
          cell: ({ version }) =>
            version ? `${version.version}, ${version.kind}` : serving ? servingText(model) : 'none',
        },
        { id: 'auc', head: 'AUC (95 %)', cell: ({ metrics }) => <AucCell metrics={metrics} /> },
        {
          id: 'loss',
          head: 'Log loss',
          isFigure: true,
          cell: ({ metrics }) => (metrics?.log_loss == null ? '–' : figureText(metrics.log_loss)),
        },
        {
          id: 'ece',
          head: 'Calibration error (95 %)',
          isFigure: true,
          cell: ({ metrics }) => (
            <IntervalFigure value={metrics?.ece ?? null} interval={metrics?.ece_interval} />
          ),
        },
        {
          id: 'lift',
          head: 'Lift of the top tenth',
          isFigure: true,
          cell: ({ metrics }) => (metrics?.lift_top_tenth == null ? '–' : liftText(metrics.lift_top_tenth)),
        },
        {
          id: 'rows',
          head: 'Rows learned from',
          isFigure: true,
          cell: (row) => (row.figures?.learned_from ? wholeText(row.figures.learned_from.rows) : '–'),
        },
      ]}
    />
  )
}
