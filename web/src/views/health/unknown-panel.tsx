import { Button, CopyButton, Text as MantineText, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { trackingYaml } from './tracking-yaml.ts'
import { unknownOptions } from './use-health.ts'

/** Names that live data brought and models/tracking.yaml does not have. */
export function UnknownPanel() {
  const unknown = useQuery(unknownOptions)
  if (unknown.isPending) return <LoadingState what="unknown names" />
  if (unknown.isError && !unknown.data)
    return <ErrorState error={unknown.error} retry={() => void unknown.refetch()} />
  const { names } = unknown.data
  if (names.length === 0)
    return (
      <EmptyState title="Every name is known">
        Events and traits that models/tracking.yaml does not list are counted here when they come.
      </EmptyState>
    )
  return (
    <Stack gap="sm">
      <MantineText size="sm" c="dimmed" maw={760}>
        Events are kept under their own name meanwhile, so nothing is lost; but no model counts them before
        they have a name that its definition asks for. Write it into models/tracking.yaml; a change counts
        within a second, for what comes from then on.
      </MantineText>
      <DataTable
        label="Unknown names"
        rows={names}
        rowKey={({ kind, name, source }) => JSON.stringify([kind, name, source])}
        columns={[
          { id: 'name', head: 'Name', cell: ({ name }) => <Text>{name}</Text> },
          { id: 'kind', head: 'Kind', cell: ({ kind }) => <Tag>{kind}</Tag> },
          { id: 'times', head: 'Times', isFigure: true, cell: ({ times }) => wholeText(times) },
          { id: 'source', head: 'From', cell: ({ source }) => <Text>{source}</Text> },
          { id: 'last', head: 'Last', cell: ({ last_seen }) => <Moment at={last_seen} /> },
          {
            id: 'do',
            head: 'What to do',
            cell: ({ reason, ...unknownName }) =>
              reason === null ? <Written {...unknownName} /> : <Text>{`Left out: ${reason}`}</Text>,
          },
        ]}
      />
    </Stack>
  )
}

const LONGEST_NAME = 60

function Written(unknown: Parameters<typeof trackingYaml>[0]) {
  const yaml = trackingYaml(unknown)
  return (
    <details>
      <summary>Write into models/tracking.yaml</summary>
      <CodeBlock>{yaml}</CodeBlock>
      <CopyButton value={yaml}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="default"
            onClick={copy}
            aria-label={`Copy what to write for ${shownText(unknown.name, LONGEST_NAME)}`}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </details>
  )
}
