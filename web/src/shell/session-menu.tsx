import { Button, Popover, Stack, Text } from '@mantine/core'
import { IconLogout, IconUser } from '@tabler/icons-react'
import { type Session, useSignOut } from '../api/session.ts'
import { ErrorState } from '../components/error-state.tsx'
import { Moment } from '../components/moment.tsx'
import { shownText } from '../format/shown-text.ts'

const LONGEST_NAME = 24

/** Who is signed in; nothing where nobody is asked to. */
export function SessionMenu({ session }: { readonly session: Session }) {
  const signOut = useSignOut()
  if (session.name === null) return null
  const name = shownText(session.name, LONGEST_NAME)
  return (
    <Popover position="bottom-end" trapFocus width={280} onClose={signOut.reset}>
      <Popover.Target>
        <Button variant="default" size="sm" px="xs" aria-label={`Signed in as ${name}`}>
          <IconUser size={18} aria-hidden="true" />
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {session.role ?? 'no role'}: may {session.scopes.join(', ')}
            {session.expires_at && (
              <>
                ; ends <Moment at={session.expires_at} />
              </>
            )}
          </Text>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconLogout size={16} aria-hidden="true" />}
            loading={signOut.isPending}
            onClick={() => signOut.mutate()}
          >
            Sign out
          </Button>
          {signOut.isError && (
            <>
              <Text size="sm" fw={600}>
                You are still signed in.
              </Text>
              <ErrorState error={signOut.error} />
            </>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
