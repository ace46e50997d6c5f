import { Button, Stack } from '@mantine/core'
import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { ScopeNotice } from '../../components/scope-notice.tsx'
import { Text } from '../../components/text.tsx'
import { useRejected } from './use-health.ts'

/** Messages that could not be used, with the reason. They hold what people sent, so not every key may see them. */
export function RejectedPanel({ isAllowed }: { readonly isAllowed: boolean }) {
  if (!isAllowed) return <ScopeNotice scope="admin">see rejected messages</ScopeNotice>
  return <Rejected />
}

const LONGEST_MESSAGE = 2_000

function Rejected() {
  const rejected = useRejected()
  if (rejected.isPending) return <LoadingState what="rejected messages" />
  if (rejected.isError && !rejected.data)
    return <ErrorState error={rejected.error} retry={() => void rejected.refetch()} />
  const messages = rejected.data.pages.flatMap((page) => page.messages)
  if (messages.length === 0)
    return (
      <EmptyState title="Nothing was rejected">
        A message without an event, a person or a possible time is kept here, with the reason.
      </EmptyState>
    )
  return (
    <Stack gap="sm">
      <DataTable
        label="Rejected messages"
        rows={messages}
        rowKey={({ number }) => String(number)}
        columns={[
          { id: 'at', head: 'Received', cell: ({ received_at }) => <Moment at={received_at} /> },
          { id: 'why', head: 'Why: the message', cell: ({ reason }) => <Text>{reason}</Text> },
          { id: 'from', head: 'From', cell: ({ source }) => <Text>{source}</Text> },
          {
            id: 'who',
            head: 'Who',
            cell: ({ user_id, anonymous_id }) => <Text>{user_id ?? anonymous_id ?? 'nobody'}</Text>,
          },
          {
            id: 'message',
            head: 'Message',
            cell: ({ message }) => (
              <details>
                <summary>As it came</summary>
                <CodeBlock longest={LONGEST_MESSAGE}>{message}</CodeBlock>
              </details>
            ),
          },
        ]}
      />
      {rejected.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          loading={rejected.isFetchingNextPage}
          onClick={() => void rejected.fetchNextPage()}
        >
          Older ones
        </Button>
      )}
    </Stack>
  )
}
