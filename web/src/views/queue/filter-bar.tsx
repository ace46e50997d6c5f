import { Button, Chip, Group, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useBands } from '../../api/policy.ts'
import { boxWords } from '../../format/box.ts'
import { shownText } from '../../format/shown-text.ts'
import { useShortcuts } from '../../shell/shortcuts.tsx'
import { type QueueQuery, SORTS, VERDICTS } from './queue-query.ts'

interface Props {
  readonly query: QueueQuery
  readonly onChange: (change: Partial<QueueQuery>) => void
}

const TYPING_PAUSE = 250
const LONGEST_SEARCH = 128

/** Search, order and filters. */
export function FilterBar({ query, onChange }: Props) {
  const bands = useBands()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(query.search)
  const [asked, setAsked] = useState(query.search)
  // Set from elsewhere: a saved view, a step back.
  if (query.search !== asked) {
    setAsked(query.search)
    setTyped(query.search)
  }
  const search = useDebouncedCallback((text: string) => {
    setAsked(text)
    onChange({ search: text })
  }, TYPING_PAUSE)
  useShortcuts('Search', [{ keys: '/', does: 'searches', run: () => field.current?.focus() }])
  return (
    <Group gap="xs" mb="sm">
      <TextInput
        ref={field}
        type="search"
        aria-label="Search"
        placeholder="Name, mail, company…  /"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        maxLength={LONGEST_SEARCH}
        value={typed}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value)
          search(value)
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Escape') currentTarget.blur()
        }}
        w={{ base: '100%', xs: 240 }}
      />
      <NativeSelect
        aria-label="Order"
        data={[...SORTS]}
        value={query.sort}
        onChange={({ currentTarget: { value } }) => {
          const sort = SORTS.find((one) => one.value === value)
          if (sort) onChange({ sort: sort.value })
        }}
        w={{ base: '100%', xs: 'auto' }}
      />
      <Group gap={6} role="group" aria-label="Bands">
        {bands.map((band) => (
          <Chip
            key={band}
            size="xs"
            variant="outline"
            checked={query.band === band}
            onChange={(isOn) => onChange({ band: isOn ? band : '' })}
          >
            {shownText(band, 30)}
          </Chip>
        ))}
      </Group>
      <Group gap={6} role="group" aria-label="Verdicts">
        {VERDICTS.map(({ value, label }) => (
          <Chip
            key={value}
            size="xs"
            variant="outline"
            checked={query.verdict === value}
            onChange={(isOn) => onChange({ verdict: isOn ? value : '' })}
          >
            {label}
          </Chip>
        ))}
      </Group>
      {query.box && (
        <Button
          size="compact-xs"
          radius="xl"
          variant="default"
          aria-label={`Whatever their fit and intent, not only ${boxWords(query.box)}`}
          rightSection={<IconX size={14} aria-hidden="true" />}
          onClick={() => onChange({ box: null })}
        >
          {boxWords(query.box)}
        </Button>
      )}
    </Group>
  )
}
