import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { ALWAYS_SHOWN, COLUMNS } from './queue-columns.tsx'

interface Props {
  readonly visibility: Record<string, boolean>
  /** Those with nothing to show in any row, which are not drawn. */
  readonly empty: ReadonlySet<string>
  readonly onChange: (visibility: Record<string, boolean>) => void
}

/** Which columns are shown. */
export function ColumnsMenu({ visibility, empty, onChange }: Props) {
  const offered = COLUMNS.filter(({ id }) => !ALWAYS_SHOWN.has(String(id)))
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
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
              description={empty.has(id) ? 'Nothing to show in these rows' : undefined}
              checked={visibility[id] ?? true}
              onChange={({ currentTarget: { checked } }) => onChange({ ...visibility, [id]: checked })}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
