import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { championKey, type SegmentModel } from './segment-model.ts'
import { useHistory } from './use-models.ts'

const LONGEST_REASON = 2_000

/** Who let which version answer, when, and why. */
export function HistoryPanel({ model }: { readonly model: SegmentModel }) {
  const history = useHistory(model.name, model.segment, championKey(model))
  if (history.isPending) return <LoadingState what="the history" />
  if (history.isError) return <ErrorState error={history.error} retry={() => void history.refetch()} />
  const { changes } = history.data
  if (changes.length === 0)
    return (
      <EmptyState title="Nothing has changed yet">
        Promotions and roll-backs are kept here, with why.
      </EmptyState>
    )
  return (
    <DataTable
      label="History of promotions"
      rows={changes}
      rowKey={({ alias, revision, changed_at }) => `${alias} ${revision} ${changed_at}`}
      columns={[
        { id: 'at', head: 'When', cell: ({ changed_at }) => <Moment at={changed_at} /> },
        {
          id: 'what',
          head: 'What',
          cell: ({ alias, version }) =>
            version === null ? (
              `No ${alias} any more`
            ) : (
              <>
                Version {version} <Tag tone={alias === 'champion' ? 'strong' : 'plain'}>{alias}</Tag>
              </>
            ),
        },
        { id: 'who', head: 'Who', cell: ({ changed_by }) => <Text>{changed_by}</Text> },
        {
          id: 'why',
          head: 'Why',
          isSentence: true,
          cell: ({ reason }) => <Text longest={LONGEST_REASON}>{reason}</Text>,
        },
      ]}
    />
  )
}
