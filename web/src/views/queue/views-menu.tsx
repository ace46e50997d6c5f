import { ActionIcon, Button, Group, Text as MantineText, Popover, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { shownText } from '../../format/shown-text.ts'
import { type SavedView, useSavedViews } from './saved-views.ts'

interface Props {
  /** What is shown, as it stands in the address. */
  readonly query: string
  readonly onOpen: (view: SavedView) => void
}

const LONGEST_NAME = 60

/** Opens, keeps and forgets views of the queue. */
export function ViewsMenu({ query, onOpen }: Props) {
  const { views, keep, forget } = useSavedViews()
  const [isOpen, { toggle, close }] = useDisclosure()
  const [name, setName] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    keep({ name: name.trim(), query })
    setName('')
  }
  return (
    <Popover opened={isOpen} onChange={close} position="bottom-end" trapFocus returnFocus width={290}>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconBookmark size={16} aria-hidden="true" />}
          onClick={toggle}
        >
          Views
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views">
        <Stack gap="xs">
          {views.length === 0 && (
            <MantineText size="sm" c="dimmed">
              Filters and order that you come back to, kept in this browser.
            </MantineText>
          )}
          {views.map((view) => (
            <Group key={view.name} gap={4} wrap="nowrap">
              <Button
                variant="subtle"
                size="xs"
                flex={1}
                justify="start"
                onClick={() => {
                  onOpen(view)
                  close()
                }}
              >
                {shownText(view.name, LONGEST_NAME)}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Forget ${shownText(view.name, LONGEST_NAME)}`}
                onClick={() => forget(view.name)}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </Group>
          ))}
          <form onSubmit={submit}>
            <Group gap={6} wrap="nowrap" align="end">
              <TextInput
                label="Keep this view as"
                size="xs"
                flex={1}
                required
                maxLength={LONGEST_NAME}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" size="xs" disabled={name.trim() === ''}>
                Keep
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
