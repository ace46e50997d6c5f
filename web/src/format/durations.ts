/** ISO 8601 durations of a policy in the reader's language. */
const UNITS = [
  ['week', /(\d+)W/],
  ['day', /(\d+)D/],
  ['hour', /T.*?(\d+)H/],
  ['minute', /T.*?(\d+)M/],
  ['second', /T.*?(\d+)S/],
] as const

const FORMATS = new Map(
  UNITS.map(([unit]) => [
    unit,
    new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'long' }),
  ]),
)

/** `P1DT12H` as `1 day 12 hours`; what is none is given back as it is. */
export function durationText(duration: string): string {
  const parts = UNITS.flatMap(([unit, pattern]) => {
    const amount = Number(pattern.exec(duration)?.[1] ?? 0)
    return amount === 0 ? [] : [FORMATS.get(unit)?.format(amount) ?? '']
  })
  return parts.join(' ') || duration
}
