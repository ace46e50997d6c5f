import { NumberInput } from '@mantine/core'
import type { Box } from '../../format/box.ts'
import classes from './grid.module.css'

interface Props {
  readonly box: Box
  readonly onChange: (box: Box) => void
}

const ENDS = [
  { end: 'fitFrom', label: 'Fit from' },
  { end: 'fitTo', label: 'to' },
  { end: 'intentFrom', label: 'Intent from' },
  { end: 'intentTo', label: 'to' },
] as const

const LABELS = {
  fitFrom: 'Fit from',
  fitTo: 'Fit to',
  intentFrom: 'Intent from',
  intentTo: 'Intent to',
} as const

/** The box in four numbers. */
export function BoxForm({ box, onChange }: Props) {
  return (
    <fieldset className={classes['ends']} aria-label="Box">
      {ENDS.map(({ end, label }) => (
        <NumberInput
          key={end}
          size="xs"
          label={label}
          aria-label={LABELS[end]}
          min={end === 'fitTo' ? box.fitFrom : end === 'intentTo' ? box.intentFrom : 0}
          max={end === 'fitFrom' ? box.fitTo : end === 'intentFrom' ? box.intentTo : 100}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          value={box[end]}
          onChange={(value) => {
            if (typeof value === 'number') onChange({ ...box, [end]: value })
          }}
        />
      ))}
    </fieldset>
  )
}
