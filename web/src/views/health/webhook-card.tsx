import { Alert, Button, Group, Text as MantineText, Stack } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { Panel } from '../../components/panel.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { AttemptsTable } from './attempts-table.tsx'
import { useWebhookActions, type Webhook } from './use-health.ts'
import { EVENT_NAMES } from './webhook-events.ts'

interface Props {
  readonly endpoint: Webhook
  /** Called with a secret that is shown once. */
  readonly onSecret: (secret: string) => void
}

const LONGEST_URL = 120

/** One endpoint: what it is told, what waits, what was given up, and what was tried. */
export function WebhookCard({ endpoint, onSecret }: Props) {
  const { id, url, format, events, bands, description, disabled, pending, failed, secrets } = endpoint
  const [asked, setAsked] = useState<'rotate' | 'delete' | null>(null)
  const [isOpen, setOpen] = useState(false)
  const { enable, replayFailed, rotate, remove } = useWebhookActions()
  const name = shownText(description ?? url, LONGEST_URL)
  const error = enable.error ?? replayFailed.error
  return (
    <Panel
      title={name}
      actions={
        <>
          <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide attempts' : 'Attempts'}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsked('rotate')}>
            Rotate secret
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsked('delete')}>
            Delete
          </Button>
        </>
      }
    >
      <Stack gap="xs">
        <Group gap="xs">
          {disabled ? <Tag tone="bad">disabled</Tag> : <Tag tone="good">on</Tag>}
          <Tag>{format}</Tag>
          <Tag tone={pending > 0 ? 'strong' : 'quiet'}>{`${wholeText(pending)} on their way`}</Tag>
          <Tag tone={failed > 0 ? 'bad' : 'quiet'}>{`${wholeText(failed)} failed`}</Tag>
        </Group>
        <MantineText component="div" size="sm">
          <Text>{url}</Text>
        </MantineText>
        <MantineText component="div" size="sm" c="dimmed">
          Told when {events.map((event) => EVENT_NAMES[event]).join('; ')}
          {bands && (
            <>
              , into <Text>{bands.join(', ')}</Text>
            </>
          )}
          . {secrets.length > 1 ? 'Two secrets sign' : 'Its secret is of'}{' '}
          {secrets[0] && <Moment at={secrets[0].created_at} />}
          {secrets.length > 1 && secrets[1]?.expires_at && (
            <>
              , the one before ends <Moment at={secrets[1].expires_at} />
            </>
          )}
          .
        </MantineText>
        {disabled && (
          <Alert
            color="orange"
            variant="outline"
            icon={<IconPlugConnectedX aria-hidden="true" />}
            title="It gets nothing"
          >
            <Stack gap="xs" align="start">
              <MantineText component="div" size="sm">
                Disabled <Moment at={disabled.at} />: <Text>{disabled.because}</Text>{' '}
                {failed > 0
                  ? `It missed ${wholeText(failed)}; they are kept. Enable it, then replay them.`
                  : 'It has missed nothing yet.'}
              </MantineText>
              <Button
                size="xs"
                variant="default"
                loading={enable.isPending}
                onClick={() => enable.mutate(id)}
              >
                Enable
              </Button>
            </Stack>
          </Alert>
        )}
        {!disabled && failed > 0 && (
          <Button
            size="xs"
            variant="default"
            w="fit-content"
            loading={replayFailed.isPending}
            onClick={() => replayFailed.mutate(id)}
          >
            Send the {wholeText(failed)} that failed once more
          </Button>
        )}
        <div role="status">
          {replayFailed.data && (
            <MantineText size="sm">
              {wholeText(replayFailed.data.replayed)} are on their way again.
            </MantineText>
          )}
        </div>
        {error !== null && <ErrorState error={error} />}
        {isOpen && <AttemptsTable endpoint={endpoint} />}
      </Stack>
      {asked === 'rotate' && (
        <ConfirmDialog
          title="Rotate the secret"
          action="Make a new secret"
          isRunning={rotate.isPending}
          error={rotate.error}
          onClose={() => setAsked(null)}
          onConfirm={() =>
            rotate.mutate(id, {
              onSuccess: ({ secret }) => {
                setAsked(null)
                onSecret(secret)
              },
            })
          }
        >
          <MantineText size="sm">
            {name} gets a new secret, shown once. For a day the old one signs beside it, so that the receiver
            may change in peace. To end a secret at once, rotate twice.
          </MantineText>
        </ConfirmDialog>
      )}
      {asked === 'delete' && (
        <ConfirmDialog
          title="Delete the endpoint"
          action="Delete"
          isDangerous
          isRunning={remove.isPending}
          error={remove.error}
          onClose={() => setAsked(null)}
          onConfirm={() => remove.mutate(id, { onSuccess: () => setAsked(null) })}
        >
          <MantineText size="sm">
            {name} gets nothing more. Its {wholeText(pending + failed)} messages that are on their way or
            failed, and all attempts, are deleted with it. This cannot be taken back.
          </MantineText>
        </ConfirmDialog>
      )}
    </Panel>
  )
}
