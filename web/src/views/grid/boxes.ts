/** Fit and intent as the page counts them. */
import type { components } from '../../api/openapi.ts'
import type { Box } from '../../format/box.ts'

export type Grid = components['schemas']['Grid']
export type GradeGrid = NonNullable<Grid['grid']>
type Bin = Pick<Grid['bins'][number], 'fit' | 'intent' | 'leads'>

export interface GradeCell {
  readonly grade: string
  readonly action: string | null
  readonly quadrant: string | null
  readonly box: Box
}

const HIGHEST = 100

/** Every pair of grades with the box in which its leads lie, A1 first. */
export function gradeCells({ fit, intent, grades }: GradeGrid): readonly GradeCell[] {
  const fits: Readonly<Record<string, readonly [number, number]>> = {
    A: [fit.A, HIGHEST],
    B: [fit.B, fit.A - 1],
    C: [fit.C, fit.B - 1],
    D: [0, fit.C - 1],
  }
  const intents: Readonly<Record<string, readonly [number, number]>> = {
    1: [intent[1], HIGHEST],
    2: [intent[2], intent[1] - 1],
    3: [intent[3], intent[2] - 1],
    4: [0, intent[3] - 1],
  }
  return grades.flatMap(({ grade, action, quadrant }) => {
    const across = fits[grade.slice(0, 1)]
    const up = intents[grade.slice(1)]
    if (!across || !up) return []
    const box = { fitFrom: across[0], fitTo: across[1], intentFrom: up[0], intentTo: up[1] }
    return [{ grade, action, quadrant, box }]
  })
}

export interface Quadrant {
  readonly name: string
  /** Of all its cells together. */
  readonly box: Box
}

export function quadrantsOf(cells: readonly GradeCell[]): readonly Quadrant[] {
  const boxes = new Map<string, Box>()
  for (const { quadrant, box } of cells) {
    if (quadrant === null) continue
    const so = boxes.get(quadrant) ?? box
    boxes.set(quadrant, {
      fitFrom: Math.min(so.fitFrom, box.fitFrom),
      fitTo: Math.max(so.fitTo, box.fitTo),
      intentFrom: Math.min(so.intentFrom, box.intentFrom),
      intentTo: Math.max(so.intentTo, box.intentTo),
    })
  }
  return [...boxes].map(([name, box]) => ({ name, box }))
}

/** Leads in the box, of bins that are one point wide. */
export function countIn(bins: readonly Bin[], { fitFrom, fitTo, intentFrom, intentTo }: Box): number {
  return bins
    .filter(({ fit, intent }) => fit >= fitFrom && fit <= fitTo && intent >= intentFrom && intent <= intentTo)
    .reduce((sum, { leads }) => sum + leads, 0)
}

/** The same leads in wider bins. */
export function widen(bins: readonly Bin[], size: number): readonly Bin[] {
  const wide = new Map<string, Bin>()
  for (const bin of bins) {
    const fit = size * Math.floor(bin.fit / size)
    const intent = size * Math.floor(bin.intent / size)
    const key = `${fit} ${intent}`
    wide.set(key, { fit, intent, leads: (wide.get(key)?.leads ?? 0) + bin.leads })
  }
  return [...wide.values()]
}

/** The angle by which the seeds of a sunflower follow one another. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5))

/** One place for each lead, in scores: those of one bin stand apart inside its square, always in the same way. */
export function dotsOf(bins: readonly Bin[]): readonly (readonly [number, number])[] {
  return bins.flatMap(({ fit, intent, leads }) =>
    Array.from({ length: leads }, (_, lead) => {
      const away = leads === 1 ? 0 : 0.5 * Math.sqrt((lead + 0.5) / leads)
      const angle = lead * GOLDEN
      return [fit + 0.5 + away * Math.cos(angle), intent + 0.5 + away * Math.sin(angle)] as const
    }),
  )
}

/** From any corner to the opposite one. */
export function boxBetween(
  [fit, intent]: readonly [number, number],
  [otherFit, otherIntent]: readonly [number, number],
): Box {
  return {
    fitFrom: Math.min(fit, otherFit),
    fitTo: Math.max(fit, otherFit),
    intentFrom: Math.min(intent, otherIntent),
    intentTo: Math.max(intent, otherIntent),
  }
}

const STEP = 5
const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [STEP, 0],
  ArrowLeft: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}

/** What an arrow key makes of the box: it moves, as it is, inside the grid; or its right and upper ends do. null: another key. */
export function pushBox(box: Box, key: string, isResized: boolean): Box | null {
  const way = WAYS[key]
  if (!way) return null
  const push = (from: number, to: number, by: number): readonly [number, number] => {
    if (isResized) return [from, Math.min(HIGHEST, Math.max(from, to + by))]
    const moved = Math.min(HIGHEST - to, Math.max(-from, by))
    return [from + moved, to + moved]
  }
  const [fitFrom, fitTo] = push(box.fitFrom, box.fitTo, way[0])
  const [intentFrom, intentTo] = push(box.intentFrom, box.intentTo, way[1])
  return { fitFrom, fitTo, intentFrom, intentTo }
}
