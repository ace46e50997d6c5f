/** From where everybody begins to where this one stands, reason by reason: in points, so that what is shown adds up to the tenth. */
import type { AppliedScore } from './subject-answers.ts'

export interface WaterfallStep {
  /** Side and group of the reason. */
  readonly key: string
  readonly group: string
  readonly text: string
  readonly points: number
  /** In tenths of a point, as it is shown: `start` and all steps add up to `end`. */
  readonly tenths: number
  /** In points: where its bar begins and ends. */
  readonly from: number
  readonly to: number
}

export interface WaterfallPart {
  readonly name: 'for' | 'against' | 'others'
  readonly steps: readonly WaterfallStep[]
}

export interface Waterfall {
  readonly startTenths: number
  readonly endTenths: number
  /** Bars lie between these. */
  readonly low: number
  readonly high: number
  /** Those that speak for it, against it, and the small ones of both; without those that are empty. */
  readonly parts: readonly WaterfallPart[]
}

type Step = Pick<WaterfallStep, 'key' | 'group' | 'text' | 'points'>

/** Smaller ones are others, if there are some of them. */
const SMALL_POINTS = 1
/** Of either direction, the largest first; the rest are others. */
const MOST_SHOWN = 7

/** `score`: with its explanation. */
export function waterfallOf({ raw_points, explanation }: AppliedScore): Waterfall | null {
  if (!explanation) return null
  const { reasons, base_points } = explanation
  const steps: Step[] = [...reasons.for, ...reasons.against].map(({ group, side, text, points }) => ({
    ...{ key: `${side} ${group}`, group, text, points },
  }))
  const bent = raw_points - base_points - sumOf(steps)
  if (Math.abs(bent) > 1e-6) steps.push({ ...CALIBRATION, points: bent })
  const isShown = (all: readonly Step[]) => (step: Step) =>
    Math.abs(step.points) >= SMALL_POINTS && all.indexOf(step) < MOST_SHOWN
  const speaking = {
    for: steps.filter(({ points }) => points > 0),
    against: steps.filter(({ points }) => points < 0),
  }
  const shown = {
    for: speaking.for.filter(isShown(speaking.for)),
    against: speaking.against.filter(isShown(speaking.against)),
  }
  const small = steps.filter((step) => !shown.for.includes(step) && !shown.against.includes(step))
  // One alone takes no more room than the line that would hide it.
  const parts =
    small.length > 1
      ? { ...shown, others: small }
      : {
          for: speaking.for.filter((step) => shown.for.includes(step) || small.includes(step)),
          against: speaking.against.filter((step) => shown.against.includes(step) || small.includes(step)),
          others: [],
        }
  return place(parts, base_points, raw_points)
}

const CALIBRATION = {
  key: 'calibration',
  group: 'calibration',
  text: 'what such scores came to in the past, beyond the reasons',
} as const

function place(
  parts: Readonly<Record<WaterfallPart['name'], readonly Step[]>>,
  start: number,
  end: number,
): Waterfall {
  // Never -0, which would be shown as such.
  const startTenths = Math.round(10 * start) + 0
  const endTenths = Math.round(10 * end) + 0
  const ordered = [...parts.for, ...parts.against, ...parts.others]
  const tenths = apportion(
    ordered.map(({ points }) => 10 * points),
    endTenths - startTenths,
  )
  let reached = start
  const placed = new Map(
    ordered.map((step, index) => {
      const from = reached
      reached += step.points
      return [step, { ...step, tenths: tenths[index] ?? 0, from, to: reached }] as const
    }),
  )
  const ends = [start, ...[...placed.values()].map(({ to }) => to)]
  const partsPlaced = (['for', 'against', 'others'] as const).map((name) => ({
    name,
    steps: parts[name].flatMap((step) => placed.get(step) ?? []),
  }))
  return {
    startTenths,
    endTenths,
    low: Math.min(...ends),
    high: Math.max(...ends),
    parts: partsPlaced.filter(({ steps }) => steps.length > 0),
  }
}

/**
 * Whole numbers next to `values` that add up to `total`, which is next to their sum: what is missing after rounding down goes to
 * those that lost most by it (Hamilton's method).
 */
function apportion(values: readonly number[], total: number): readonly number[] {
  const floors = values.map((value) => Math.floor(value) + 0)
  let missing = total - floors.reduce((sum, value) => sum + value, 0)
  const byLoss = values
    .map((value, index) => ({ index, loss: value - Math.floor(value) }))
    .sort((a, b) => b.loss - a.loss || a.index - b.index)
  const given = [...floors]
  for (const { index } of byLoss) {
    if (missing <= 0) break
    given[index] = (given[index] ?? 0) + 1
    missing -= 1
  }
  return given
}

function sumOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { points }) => sum + points, 0)
}
