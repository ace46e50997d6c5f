import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { ALWAYS_SHOWN, COLUMNS } from './queue-columns.tsx'

interface Props {
  readonly visibility: Record<string, boolean>
  readonly onChange: (visibility: Record<string, boolean>) => void
}

/** Which columns are shown. */
export function ColumnsMenu({ visibility, onChange }: Props) {
  const offered = COLUMNS.filter(({ id }) => !ALWAYS_SHOWN.has(String(id)))
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconColumns3 size={16} aria-hidden="true" />}
          visibleFrom="sm"
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap="xs">
          {offered.map(({ id = '', header }) => (
            <Checkbox
              key={id}
              size="sm"
              label={String(header)}
              checked={visibility[id] ?? true}
              onChange={({ currentTarget: { checked } }) => onChange({ ...visibility, [id]: checked })}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
