import { useQueries } from '@tanstack/react-query'
import { Link } from 'wouter'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { EngineNotice } from '../../components/engine-notice.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { Text } from '../../components/text.tsx'
import { ViewHeader } from '../../components/view-header.tsx'
import { AucCell } from './auc-cell.tsx'
import { DriftTag } from './drift-tag.tsx'
import { ModelTitle } from './model-title.tsx'
import { mainEvaluation } from './quality.ts'
import { firstVersion, modelPath, type SegmentModel, segmentModels, servingText } from './segment-model.ts'
import { figuresOptions, monitorOptions, useModels } from './use-models.ts'

/** What answers under each name, how good it was, and whether it still holds. */
export default function ModelsPage() {
  const models = useModels()
  return (
    <>
      <ViewHeader title="Models" />
      <EngineNotice />
      {models.isPending && <LoadingState what="models" />}
      {models.isError && !models.data && (
        <ErrorState error={models.error} retry={() => void models.refetch()} />
      )}
      {models.data &&
        (models.data.models.length === 0 ? (
          <EmptyState title="There are no models">
            A model begins as a definition in the folder models. Then: wonlost train.
          </EmptyState>
        ) : (
          <ModelTable rows={models.data.models.flatMap(segmentModels)} />
        ))}
    </>
  )
}

function ModelTable({ rows }: { readonly rows: readonly SegmentModel[] }) {
  const figures = useQueries({
    queries: rows.map((row) => ({
      ...figuresOptions(row.name, row.segment, firstVersion(row) ?? ''),
      enabled: firstVersion(row) !== null,
    })),
  })
  const runs = useQueries({ queries: rows.map(({ name }) => monitorOptions(name)) })
  const shown = rows.map((row, index) => ({
    row,
    evaluation: mainEvaluation(figures[index]?.data),
    run: runs[index]?.data?.runs.find(({ segment }) => segment === row.segment),
  }))
  return (
    <DataTable
      label="Models"
      rows={shown}
      rowKey={({ row }) => modelPath(row.name, row.segment)}
      columns={[
        {
          id: 'name',
          head: 'Model',
          cell: ({ row }) => (
            <Link href={modelPath(row.name, row.segment)}>
              <ModelTitle model={row} />
            </Link>
          ),
        },
        { id: 'serving', head: 'Answers now', cell: ({ row }) => <Text>{servingText(row)}</Text> },
        {
          id: 'waiting',
          head: 'Challenger',
          cell: ({ row }) => (row.challenger ? `version ${row.challenger.version}` : '–'),
        },
        {
          id: 'auc',
          head: 'AUC forward in time',
          cell: ({ row, evaluation }) => (
            <AucCell metrics={evaluation?.metrics ?? null} version={firstVersion(row)} />
          ),
        },
        {
          id: 'trained',
          head: 'Newest version',
          cell: ({ row: { versions } }) =>
            versions[0] ? <Moment at={versions[0].created_at} /> : 'none yet',
        },
        {
          id: 'drift',
          head: 'Monitor',
          cell: ({ row, run }) => (run || row.champion ? <DriftTag run={run} /> : '–'),
        },
      ]}
    />
  )
}
