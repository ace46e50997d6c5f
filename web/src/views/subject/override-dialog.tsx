import {
  Button,
  Group,
  Text as MantineText,
  Modal,
  NativeSelect,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { serverNow } from '../../api/server-clock.ts'
import { ErrorState } from '../../components/error-state.tsx'
import type { Verdict } from './subject-answers.ts'
import type { GivenOverride } from './use-lead-actions.ts'

interface Props {
  readonly verdict: Verdict
  readonly isRunning: boolean
  /** Of the last try. */
  readonly error: unknown
  readonly onSave: (given: GivenOverride) => void
  /** Takes the one in force back. */
  readonly onClear: () => void
  readonly onClose: () => void
}

type Status = Verdict['status']

const DAY = 86_400_000
const DEFAULT_DAYS = 30
/** As the server takes them. */
const MOST_DAYS = 366
const LONGEST_REASON = 1_000

const STATUSES: readonly { readonly value: Status; readonly label: string }[] = [
  { value: 'eligible', label: 'Eligible: sales may call' },
  { value: 'review', label: 'In review: look at it first' },
  { value: 'disqualified', label: 'Disqualified: nobody calls' },
]

/** Another verdict than the rules', with a reason and an end. The score stays as it is. */
export function OverrideDialog({ verdict, isRunning, error, onSave, onClear, onClose }: Props) {
  const [status, setStatus] = useState<Status>(verdict.status === 'eligible' ? 'disqualified' : 'eligible')
  const [reason, setReason] = useState('')
  const [today] = useState(serverNow)
  const [until, setUntil] = useState(dateOf(today + DEFAULT_DAYS * DAY))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSave({ status, reason: reason.trim(), expires_at: new Date(`${until}T00:00:00`).toISOString() })
  }
  return (
    <Modal opened onClose={onClose} title="Overrule the rules" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <MantineText size="sm">
            The rules say {(verdict.override?.without_it ?? verdict).status}. The score stays as it is, and
            what you decide is kept under your name.
          </MantineText>
          <Textarea
            label="Why"
            required
            autosize
            minRows={2}
            maxRows={6}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <NativeSelect
            label="Verdict"
            data={[...STATUSES]}
            value={status}
            onChange={({ currentTarget: { value } }) => {
              const chosen = STATUSES.find((one) => one.value === value)
              if (chosen) setStatus(chosen.value)
            }}
          />
          <TextInput
            type="date"
            label="Until"
            description="Then the rules hold again by themselves."
            required
            min={dateOf(today + DAY)}
            max={dateOf(today + (MOST_DAYS - 1) * DAY)}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          {error != null && <ErrorState error={error} />}
          <Group justify="space-between" gap="xs">
            {verdict.override ? (
              <Button variant="default" onClick={onClear} loading={isRunning}>
                Let the rules hold again
              </Button>
            ) : (
              <span />
            )}
            <Button type="submit" loading={isRunning} disabled={reason.trim() === ''}>
              Overrule
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** As a date field takes it, in the reader's zone. */
function dateOf(time: number): string {
  const date = new Date(time)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
