import { NumberInput } from '@mantine/core'
import { useState } from 'react'

interface Props {
  readonly band: string
  readonly score: number
  readonly least: number
  readonly most: number
  readonly onMove: (score: number) => void
}

/** Where a band begins, as a number to type. What its neighbours leave no room for is told, and taken back when the field is left. */
export function EdgeField({ band, score, least, most, onMove }: Props) {
  const [typed, setTyped] = useState<number | string | null>(null)
  const fits = (value: number | string): value is number =>
    typeof value === 'number' && value >= least && value <= most
  return (
    <NumberInput
      size="xs"
      w={70}
      aria-label={`${band} begins at`}
      min={least}
      max={most}
      clampBehavior="none"
      allowDecimal={false}
      allowNegative={false}
      value={typed ?? score}
      error={typed !== null && !fits(typed) && `${least} to ${most}`}
      onChange={(value) => {
        setTyped(fits(value) ? null : value)
        if (fits(value)) onMove(value)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
