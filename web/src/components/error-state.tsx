import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiProblem, isPassing } from '../api/problem.ts'
import { Text as ForeignText } from './text.tsx'

interface Props {
  readonly error: unknown
  /** Tries again. */
  readonly retry?: () => void
}

/** Letters: some say what is wrong in many places. */
const LONGEST_MESSAGE = 2_000

/** What went wrong, in the server's own words, with the number under which its log has it. */
export function ErrorState({ error, retry }: Props) {
  const problem = error instanceof ApiProblem ? error.problem : null
  const message = problem?.detail ?? (error instanceof Error ? error.message : 'Something went wrong.')
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden="true" />}
      title={problem?.title ?? 'This did not work'}
    >
      <Stack gap="xs">
        <Text component="div">
          <ForeignText longest={LONGEST_MESSAGE}>{message}</ForeignText>
        </Text>
        {isPassing(error) && <Text c="dimmed">It may pass: try again in a while.</Text>}
        <Group gap="sm">
          {retry && (
            <Button size="xs" variant="default" onClick={retry}>
              Try again
            </Button>
          )}
          {problem && (
            <Text size="xs" c="dimmed">
              {problem.code}, request <Code>{problem.request_id}</Code>
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}
