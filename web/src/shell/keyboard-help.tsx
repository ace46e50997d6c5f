import { ActionIcon, Kbd, Modal, Stack, Switch, Table, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKeyboard } from '@tabler/icons-react'
import { useShortcutRegister, useShortcuts } from './shortcuts.tsx'

export function KeyboardHelp() {
  const [isOpen, { open, close }] = useDisclosure()
  const { sections, areOn, turn } = useShortcutRegister()
  useShortcuts('Everywhere', [{ keys: '?', does: 'shows this', run: open }])
  return (
    <>
      <ActionIcon variant="default" size="lg" aria-label="Keys" title="Keys: ?" onClick={open}>
        <IconKeyboard size={18} aria-hidden="true" />
      </ActionIcon>
      <Modal opened={isOpen} onClose={close} title="Keys">
        <Stack>
          <Switch
            label="Keys of one letter do something"
            description="Off: only Enter does, and what has a button. Kept in this browser."
            checked={areOn}
            onChange={(event) => turn(event.currentTarget.checked)}
          />
          {sections.map(({ title, shortcuts }) => (
            <section key={title}>
              <Title order={3} size="h6">
                {title}
              </Title>
              <Table>
                <Table.Tbody>
                  {shortcuts.map(({ keys, does }) => (
                    <Table.Tr key={keys}>
                      <Table.Td w={110}>
                        {keys.split(' ').map((key) => (
                          <Kbd key={key} mr={4}>
                            {key}
                          </Kbd>
                        ))}
                      </Table.Td>
                      <Table.Td>{does}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </section>
          ))}
        </Stack>
      </Modal>
    </>
  )
}
