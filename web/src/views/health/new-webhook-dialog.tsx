import { Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useBands } from '../../api/policy.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { shownText } from '../../format/shown-text.ts'
import { type GivenWebhook, useWebhookActions } from './use-health.ts'
import { EVENT_NAMES, EVENTS } from './webhook-events.ts'

interface Props {
  readonly onClose: () => void
  /** With the secret. */
  readonly onMade: (secret: string) => void
}

const LONGEST_BAND = 30
const AT_FIRST = EVENTS.filter((event) => event.startsWith('lead.'))

/** An address that is told of changes. */
export function NewWebhookDialog({ onClose, onMade }: Props) {
  const [url, setUrl] = useState('')
  const [description, setDescription] = useState('')
  const [format, setFormat] = useState<NonNullable<GivenWebhook['format']>>('standard')
  const [events, setEvents] = useState<readonly string[]>(AT_FIRST)
  const [bands, setBands] = useState<readonly string[]>([])
  const known = useBands()
  const { create } = useWebhookActions()
  const given: GivenWebhook = {
    url: url.trim(),
    format,
    events: EVENTS.filter((event) => events.includes(event)),
    ...(bands.length > 0 ? { bands: [...bands] } : {}),
    ...(description.trim() === '' ? {} : { description: description.trim() }),
  }
  return (
    <ConfirmDialog
      title="New endpoint"
      action="Create"
      isDisabled={url.trim() === '' || events.length === 0}
      isRunning={create.isPending}
      error={create.error}
      onClose={onClose}
      onConfirm={() => create.mutate(given, { onSuccess: ({ secret }) => onMade(secret) })}
    >
      <TextInput
        label="Address"
        description="https, and public: the server looks where it leads before each message."
        placeholder="https://crm.example.com/wonlost"
        required
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="What it is for"
        maxLength={200}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <NativeSelect
        label="Format"
        data={[
          { value: 'standard', label: 'Standard Webhooks: ids and bands, signed, no personal data' },
          { value: 'slack', label: 'Slack: a line of text for an incoming webhook' },
        ]}
        value={format}
        onChange={({ currentTarget: { value } }) => setFormat(value === 'slack' ? 'slack' : 'standard')}
      />
      <Checkbox.Group label="Tell of" value={[...events]} onChange={setEvents}>
        <Stack gap={6} mt={6}>
          {EVENTS.map((event) => (
            <Checkbox key={event} value={event} label={EVENT_NAMES[event]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox.Group
        label="Only what leads into one of these bands"
        description="None: any band."
        value={[...bands]}
        onChange={setBands}
      >
        <Group gap="sm" mt={6}>
          {known.map((band) => (
            <Checkbox key={band} value={band} label={shownText(band, LONGEST_BAND)} />
          ))}
        </Group>
      </Checkbox.Group>
    </ConfirmDialog>
  )
}
