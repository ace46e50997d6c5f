import { Button, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { ScopeNotice } from '../../components/scope-notice.tsx'
import { NewWebhookDialog } from './new-webhook-dialog.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { webhooksOptions } from './use-health.ts'
import { WebhookCard } from './webhook-card.tsx'

/** Where changes are told, and whether they arrive. */
export function WebhooksPanel({ isAllowed }: { readonly isAllowed: boolean }) {
  if (!isAllowed) return <ScopeNotice scope="admin">see and change webhooks</ScopeNotice>
  return <Webhooks />
}

function Webhooks() {
  const webhooks = useQuery(webhooksOptions)
  const [isNew, setNew] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const add = (
    <Button
      size="xs"
      w="fit-content"
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => setNew(true)}
    >
      New endpoint
    </Button>
  )
  if (webhooks.isPending) return <LoadingState what="webhooks" />
  if (webhooks.isError && !webhooks.data)
    return <ErrorState error={webhooks.error} retry={() => void webhooks.refetch()} />
  const endpoints = webhooks.data.webhooks
  return (
    <Stack gap="md">
      {endpoints.length === 0 ? (
        <EmptyState title="Nobody is told yet" action={add}>
          An endpoint hears of leads that come into another band, whose verdict changes, or to whom nobody
          responded in time.
        </EmptyState>
      ) : (
        <>
          {add}
          {endpoints.map((endpoint) => (
            <WebhookCard key={endpoint.id} endpoint={endpoint} onSecret={setSecret} />
          ))}
        </>
      )}
      {isNew && (
        <NewWebhookDialog
          onClose={() => setNew(false)}
          onMade={(made) => {
            setNew(false)
            setSecret(made)
          }}
        />
      )}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </Stack>
  )
}
