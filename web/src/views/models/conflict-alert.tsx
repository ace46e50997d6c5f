import { Alert, Button, Text as MantineText, Stack } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { Text } from '../../components/text.tsx'
import { type SegmentModel, servingText } from './segment-model.ts'

interface Props {
  readonly model: SegmentModel
  readonly error: unknown
  /** Takes the champion of now for the one that was seen. */
  readonly onGoOn: () => void
}

/** Somebody else was quicker: nothing was done, and the reader decides anew. */
export function ConflictAlert({ model, error, onGoOn }: Props) {
  return (
    <Alert
      role="alert"
      color="orange"
      variant="outline"
      icon={<IconUsers aria-hidden="true" />}
      title="Somebody else was quicker"
    >
      <Stack gap="xs" align="start">
        <MantineText component="div" size="sm">
          Nothing was done. <Text>{error instanceof Error ? error.message : ''}</Text>
        </MantineText>
        <MantineText size="sm">
          What answers now: {servingText(model)}. Look at the history before you go on.
        </MantineText>
        <Button size="xs" variant="default" onClick={onGoOn}>
          I have looked: go on from there
        </Button>
      </Stack>
    </Alert>
  )
}
