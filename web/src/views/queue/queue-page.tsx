import { Button } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { OutdatedNotice } from '../../components/outdated-notice.tsx'
import { ViewHeader } from '../../components/view-header.tsx'
import { download } from '../../format/download.ts'
import { wholeText } from '../../format/numbers.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import classes from './queue.module.css'
import { emptyColumns } from './queue-columns.tsx'
import { queueCsv } from './queue-csv.ts'
import { type QueueQuery, readQuery, writeQuery } from './queue-query.ts'
import { QueueTable } from './queue-table.tsx'
import { useQueue } from './use-queue.ts'
import { ViewsMenu } from './views-menu.tsx'

const ALL_SHOWN: Readonly<Record<string, boolean>> = {}

/** What somebody else put there counts as nothing. */
function readVisibility(text: string | undefined): Record<string, boolean> {
  try {
    const kept: unknown = JSON.parse(text ?? '{}')
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
    return Object.fromEntries(entries.filter(([, isShown]) => typeof isShown === 'boolean'))
  } catch {
    return {}
  }
}

/** Whom to call, and why. */
export default function QueuePage() {
  const [parameters, setParameters] = useSearchParams()
  const query = readQuery(parameters)
  const address = writeQuery(query).toString()
  const { list, rows, reasons, isOutdated, rearrange } = useQueue(query)
  const [visibility, setVisibility] = useLocalStorage<Record<string, boolean>>({
    key: 'wonlost.queue.columns',
    defaultValue: ALL_SHOWN,
    deserialize: readVisibility,
  })
  const empty = useMemo(() => emptyColumns(rows), [rows])
  const drawn = useMemo(
    () => ({ ...visibility, ...Object.fromEntries([...empty].map((id) => [id, false])) }),
    [visibility, empty],
  )
  const change = (part: Partial<QueueQuery>): void => {
    // A search is one step back, however often it was typed on.
    const isTypedOn = part.search !== undefined && query.search !== ''
    setParameters(writeQuery({ ...query, ...part }), { replace: isTypedOn })
  }
  const { fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError } = list
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError])
  return (
    <div className={classes['page']}>
      <ViewHeader title="Queue">
        <ViewsMenu query={address} onOpen={(view) => setParameters(new URLSearchParams(view.query))} />
        <ColumnsMenu visibility={visibility} empty={empty} onChange={setVisibility} />
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          disabled={rows.length === 0}
          onClick={() => download('queue.csv', 'text/csv', queueCsv(rows, reasons))}
        >
          Export {rows.length > 0 && wholeText(rows.length)}
        </Button>
      </ViewHeader>
      <FilterBar query={query} onChange={change} />
      {list.isPending && <LoadingState what="leads" />}
      {list.isError && rows.length === 0 && (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      )}
      {list.isSuccess && rows.length === 0 && <NobodyHere query={query} />}
      {rows.length > 0 && (
        <div className={classes['table']}>
          <OutdatedNotice isOutdated={isOutdated} onShow={rearrange} />
          <QueueTable
            key={address}
            rows={rows}
            reasons={reasons}
            visibility={drawn}
            next={list.data?.pages.at(-1)?.next_cursor ?? null}
            onEnd={more}
            end={
              <div className={classes['end']}>
                {isFetchNextPageError ? (
                  <Button variant="default" size="xs" onClick={() => void fetchNextPage()}>
                    The next ones could not be loaded: try again
                  </Button>
                ) : hasNextPage ? (
                  'Loading more…'
                ) : (
                  `That is everybody: ${wholeText(rows.length)}.`
                )}
              </div>
            }
          />
        </div>
      )}
    </div>
  )
}

function NobodyHere({ query }: { readonly query: QueueQuery }) {
  if (query.sort === 'respond_by')
    return (
      <EmptyState title="No response is due">
        Leads come here when they enter a band that asks for a response, until somebody contacts them.
      </EmptyState>
    )
  if (writeQuery(query).size > 0)
    return <EmptyState title="Nobody is like this">Take a filter away, or search for less.</EmptyState>
  return (
    <EmptyState title="There are no leads yet">
      Import them, or send events: README.md shows both in a minute.
    </EmptyState>
  )
}
