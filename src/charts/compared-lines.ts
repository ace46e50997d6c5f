/** Several curves over one another with a legend inside the frame: the model in front, what it is compared with behind. */
import { line, link, type Markish, text } from '@observablehq/plot'
import { COLOURS, HALO } from './chart.ts'

/** The first one is what the chart is about. */
export interface ComparedCurve {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
}

const STYLES = [
  { stroke: COLOURS.model, strokeWidth: 2.5 },
  { stroke: COLOURS.against, strokeWidth: 1.5, strokeDasharray: '7,3' },
  { stroke: COLOURS.third, strokeWidth: 1.5, strokeDasharray: '2,3' },
  { stroke: COLOURS.muted, strokeWidth: 1.5, strokeDasharray: '9,3,2,3' },
] as const

/** How curve `index` is drawn. */
function styleOf(index: number): (typeof STYLES)[number] {
  return STYLES[Math.min(index, STYLES.length - 1)]!
}

/** Behind first. */
export function comparedLines(curves: readonly ComparedCurve[]): Markish[] {
  return curves.map(({ points }, index) => line(points, { ...styleOf(index), curve: 'linear' })).reverse()
}

/** Where the legend stands, in units of the axes: the left end of its first line, the length of a sample, the step to the next line. */
export interface LegendPlace {
  readonly x: number
  readonly y: number
  readonly length: number
  readonly step: number
}

export function legend(curves: readonly ComparedCurve[], { x, y, length, step }: LegendPlace): Markish[] {
  return curves.flatMap(({ name }, index) => {
    const at = y - index * step
    return [
      link([[x, x + length]], { x1: '0', x2: '1', y1: () => at, y2: () => at, ...styleOf(index) }),
      text([name], {
        x: () => x + length,
        y: () => at,
        dx: 6,
        textAnchor: 'start',
        text: (shown: string) => shown,
        fontWeight: index === 0 ? 600 : 400,
        ...HALO,
      }),
    ]
  })
}
