import { Button, Menu, Text } from '@mantine/core'
import { IconLogout, IconUser } from '@tabler/icons-react'
import { type Session, useSignOut } from '../api/session.ts'
import { Moment } from '../components/moment.tsx'
import { shownText } from '../format/shown-text.ts'

const LONGEST_NAME = 24

/** Who is signed in; nothing where nobody is asked to. */
export function SessionMenu({ session }: { readonly session: Session }) {
  const signOut = useSignOut()
  if (session.name === null) return null
  const name = shownText(session.name, LONGEST_NAME)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="sm" px="xs" aria-label={`Signed in as ${name}`}>
          <IconUser size={18} aria-hidden="true" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          <Text size="xs">
            {session.role ?? 'no role'}: may {session.scopes.join(', ')}
          </Text>
          {session.expires_at && (
            <Text size="xs">
              ends <Moment at={session.expires_at} />
            </Text>
          )}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden="true" />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
