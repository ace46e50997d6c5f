import { Button, Modal, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCopy } from '@tabler/icons-react'
import { useShortcuts } from '../../shell/shortcuts.tsx'

interface Props {
  /** null: not known yet. */
  readonly summary: string | null
  readonly onDone: (words: string) => void
}

/** Puts a summary as plain text where it can be pasted from; a browser that does not let a page do so shows it. */
export function CopySummary({ summary, onDone }: Props) {
  const [isShown, { open, close }] = useDisclosure()
  const copy = async (): Promise<void> => {
    if (summary === null) return
    try {
      await navigator.clipboard.writeText(summary)
      onDone('Summary copied.')
    } catch {
      open()
    }
  }
  useShortcuts('Summary', [{ keys: 'y', does: 'copies a summary', run: () => void copy() }])
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCopy size={16} aria-hidden="true" />}
        aria-label="Copy a summary"
        title="Copy a summary: y"
        disabled={summary === null}
        onClick={() => void copy()}
      >
        Copy
      </Button>
      <Modal opened={isShown} onClose={close} title="Summary" closeButtonProps={{ 'aria-label': 'Close' }}>
        <Textarea
          aria-label="Summary"
          description="Your browser does not let this page copy it for you."
          readOnly
          autosize
          value={summary ?? ''}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
      </Modal>
    </>
  )
}
