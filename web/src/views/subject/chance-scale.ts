/** How long a scale of chances is: to the first of these that all it shows is well within. */
const ENDS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1]
const ROOM = 1.08
const TICKS = 5

export interface ChanceScale {
  readonly end: number
  /** Shares from 0 to `end`. */
  readonly ticks: readonly number[]
}

export function chanceScale(shown: readonly number[]): ChanceScale {
  const highest = Math.min(1, ROOM * Math.max(...shown))
  const end = ENDS.find((one) => one >= highest) ?? 1
  return { end, ticks: Array.from({ length: TICKS + 1 }, (_, index) => (end * index) / TICKS) }
}

/** Of the average row, whose calibrated log-odds is `base`. */
export function averageChance(base: number): number {
  return 1 / (1 + Math.exp(-base))
}
