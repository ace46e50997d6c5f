import { Button, Group, Text as MantineText, NativeSelect, Stack } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { wholeText } from '../../format/numbers.ts'
import {
  type Attempt,
  type MessageState,
  useAttempts,
  useWebhookActions,
  type Webhook,
} from './use-health.ts'
import { EVENT_NAMES } from './webhook-events.ts'

const STATES: readonly { readonly value: MessageState | ''; readonly label: string }[] = [
  { value: '', label: 'all messages' },
  { value: 'pending', label: 'on their way' },
  { value: 'delivered', label: 'delivered' },
  { value: 'failed', label: 'failed' },
]

const LONGEST_ANSWER = 1_024

/** What was sent to an endpoint and what it answered, the newest first. */
export function AttemptsTable({ endpoint: { id, disabled } }: { readonly endpoint: Webhook }) {
  const [state, setState] = useState<MessageState | null>(null)
  const attempts = useAttempts(id, state)
  const { replay } = useWebhookActions()
  if (attempts.isPending) return <LoadingState what="attempts" />
  if (attempts.isError && !attempts.data)
    return <ErrorState error={attempts.error} retry={() => void attempts.refetch()} />
  const rows = attempts.data.pages.flatMap((page) => page.attempts)
  return (
    <Stack gap="xs">
      <NativeSelect
        aria-label="Of which messages"
        size="xs"
        w="fit-content"
        data={[...STATES]}
        value={state ?? ''}
        onChange={({ currentTarget: { value } }) =>
          setState(STATES.find((one) => one.value === value)?.value || null)
        }
      />
      {rows.length === 0 ? (
        <MantineText size="sm" c="dimmed">
          Nothing was sent yet. Messages that were not sent while it was disabled have no attempts; they count
          as failed.
        </MantineText>
      ) : (
        <DataTable
          label="Attempts"
          rows={rows}
          rowKey={({ attempt_id }) => String(attempt_id)}
          columns={[
            { id: 'at', head: 'Sent', cell: ({ began_at }) => <Moment at={began_at} /> },
            {
              id: 'answer',
              head: 'Answer',
              isSentence: true,
              cell: (attempt) => <Answer attempt={attempt} />,
            },
            { id: 'type', head: 'What', isSentence: true, cell: ({ type }) => EVENT_NAMES[type] },
            { id: 'whom', head: 'Whom', cell: (attempt) => <Whom attempt={attempt} /> },
            {
              id: 'try',
              head: 'Try',
              isFigure: true,
              cell: ({ round, attempt }) => (round > 1 ? `${attempt}, replay ${round - 1}` : attempt),
            },
            {
              id: 'took',
              head: 'Took',
              isFigure: true,
              cell: ({ milliseconds }) => `${wholeText(milliseconds)} ms`,
            },
            { id: 'message', head: 'Message now', cell: (attempt) => <MessageNow attempt={attempt} /> },
            {
              id: 'do',
              head: 'Do',
              cell: ({ attempt_id, message }) => (
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={disabled !== null || message.state === 'pending'}
                  title={disabled ? 'Enable the endpoint first.' : undefined}
                  aria-label={`Replay attempt ${attempt_id}`}
                  onClick={() => replay.mutate({ id, attempt: attempt_id })}
                >
                  Replay
                </Button>
              ),
            },
          ]}
        />
      )}
      <div role="status">{replay.data && <MantineText size="sm">It is on its way again.</MantineText>}</div>
      {replay.error !== null && <ErrorState error={replay.error} />}
      {attempts.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          loading={attempts.isFetchingNextPage}
          onClick={() => void attempts.fetchNextPage()}
        >
          Older attempts
        </Button>
      )}
    </Stack>
  )
}

function Answer({ attempt: { status, problem, answer } }: { readonly attempt: Attempt }) {
  return (
    <>
      <Group gap={6}>
        <Tag tone={problem === null ? 'good' : 'bad'}>{status === null ? 'no answer' : String(status)}</Tag>
        {problem !== null && <Text>{problem}</Text>}
      </Group>
      {answer !== null && answer !== '' && (
        <details>
          <summary>What it answered</summary>
          <CodeBlock longest={LONGEST_ANSWER}>{answer}</CodeBlock>
        </details>
      )}
    </>
  )
}

function Whom({ attempt: { lead_id, account_id } }: { readonly attempt: Attempt }) {
  const path = lead_id === undefined ? '/accounts/' : '/leads/'
  const id = lead_id ?? account_id ?? ''
  return (
    <Link href={`${path}${encodeURIComponent(id)}`}>
      <Text>{id}</Text>
    </Link>
  )
}

const TONES = { pending: 'plain', delivered: 'good', failed: 'bad' } as const
const WORDS = { pending: 'on its way', delivered: 'delivered', failed: 'failed' } as const

function MessageNow({ attempt: { message } }: { readonly attempt: Attempt }) {
  return (
    <>
      <Tag tone={TONES[message.state]}>{WORDS[message.state]}</Tag>
      {message.next_attempt_at && (
        <>
          {' '}
          next <Moment at={message.next_attempt_at} />
        </>
      )}
    </>
  )
}
