import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ErrorState } from './error-state.tsx'

interface Props {
  readonly title: string
  /** What will happen. */
  readonly children: ReactNode
  /** On the button that does it. */
  readonly action: string
  readonly isDangerous?: boolean
  /** Whether a reason is asked for; it goes into the history. */
  readonly asksWhy?: boolean
  readonly isDisabled?: boolean
  readonly isRunning: boolean
  /** Of the last try. */
  readonly error: unknown
  readonly onConfirm: (reason: string) => void
  readonly onClose: () => void
}

const LONGEST_REASON = 1000

/** Says what will happen before it does. Drawn only while it is open. */
export function ConfirmDialog({
  title,
  children,
  action,
  isDangerous = false,
  asksWhy = false,
  isDisabled = false,
  isRunning,
  error,
  onConfirm,
  onClose,
}: Props) {
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onConfirm(reason.trim())
  }
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {children}
          {asksWhy && (
            <Textarea
              label="Why"
              description="Kept in the history, with who you are."
              required
              autosize
              minRows={2}
              maxRows={8}
              maxLength={LONGEST_REASON}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
            />
          )}
          {error != null && <ErrorState error={error} />}
          <Group justify="end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={isDangerous ? 'red' : 'indigo'}
              loading={isRunning}
              disabled={isDisabled || (asksWhy && reason.trim() === '')}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
