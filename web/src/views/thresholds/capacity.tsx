import { Button, Group, NativeSelect, NumberInput, Progress } from '@mantine/core'
import { Panel } from '../../components/panel.tsx'
import { countText, percentText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { edgeWithin, type Line, moveEdge, weeklyFrom } from './band-sums.ts'
import classes from './thresholds.module.css'
import { MOST_CAPACITY } from './use-choice.ts'

interface Props {
  readonly lines: readonly Line[]
  readonly names: readonly string[]
  readonly starts: readonly number[]
  /** The lowest band that the team works on. */
  readonly worked: number
  /** Leads a week; 0: not said. */
  readonly capacity: number
  readonly onCapacity: (capacity: number) => void
  readonly onWorked: (band: number) => void
  readonly onMove: (band: number, score: number) => void
}

/** What comes to the team a week, against what it can do. */
export function Capacity({ lines, names, starts, worked, capacity, onCapacity, onWorked, onMove }: Props) {
  const weekly = weeklyFrom(lines, starts[worked] ?? 0)
  const share = capacity > 0 ? weekly / capacity : null
  const fitting = capacity > 0 ? edgeWithin(lines, capacity) : null
  const moved = fitting === null ? null : moveEdge(starts, worked, fitting)[worked]
  return (
    <Panel title="Capacity">
      <Group gap="sm" align="end">
        <NativeSelect
          size="xs"
          label="The team works on"
          value={names[worked] ?? ''}
          onChange={({ currentTarget: { value } }) => onWorked(names.indexOf(value))}
          data={names.slice(1).map((name) => ({
            value: name,
            label: name === names.at(-1) ? shownText(name, 40) : `${shownText(name, 40)} and better`,
          }))}
        />
        <NumberInput
          size="xs"
          w={190}
          label="Leads it can take a week"
          placeholder="not said"
          min={0}
          max={MOST_CAPACITY}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          value={capacity === 0 ? '' : capacity}
          onChange={(value) => onCapacity(typeof value === 'number' ? value : 0)}
        />
        {moved !== null && moved !== undefined && moved !== starts[worked] && (
          <Button size="xs" variant="default" onClick={() => onMove(worked, moved)}>
            Begin {shownText(names[worked] ?? '', 40)} at {moved}
          </Button>
        )}
      </Group>
      <p className={classes['capacity']}>
        {countText(weekly)} leads a week reach it
        {share === null
          ? '. Say what the team can take, and it is set against that.'
          : `: ${percentText(share)} of ${wholeText(capacity)}${share > 1 ? ', more than the team can take.' : '.'}`}
      </p>
      {share !== null && (
        <Progress
          value={Math.min(100, 100 * share)}
          color={share > 1 ? 'red' : 'indigo'}
          aria-label={`Share of the capacity: ${percentText(share)}`}
        />
      )}
    </Panel>
  )
}
