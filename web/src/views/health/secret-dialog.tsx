import { Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { CodeBlock } from '../../components/code-block.tsx'

interface Props {
  readonly secret: string
  readonly onClose: () => void
}

/** Shown once: the server keeps it to sign, and hands it out no more. */
export function SecretDialog({ secret, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title="The secret, shown this once" closeOnClickOutside={false}>
      <Stack gap="sm">
        <Text size="sm">
          The receiver checks by it that a message is from here. Put it where the receiver keeps its secrets
          before you close this.
        </Text>
        <CodeBlock>{secret}</CodeBlock>
        <Group justify="end" gap="xs">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={<IconCopy size={16} aria-hidden="true" />}
                onClick={copy}
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>I have it</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
