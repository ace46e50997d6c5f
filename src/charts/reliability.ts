import { dot, gridX, gridY, link } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, diagonal, drawChart, GRID } from './chart.ts'
import { percentText } from './texts.ts'

/** Rows that were told about the same. */
export interface ReliabilityPoint {
  /** Mean probability. */
  readonly said: number
  /** Share that reached the target. */
  readonly came: number
  readonly interval: readonly [number, number] | null
  readonly rows: number
}

/** Most points lie near 0 where few reach the target: then both axes are of square roots, and the diagonal stays straight. */
const CROWDED = 6

export function reliabilityChart(document: ChartDocument, points: readonly ReliabilityPoint[]): Chart {
  const said = points.map((point) => point.said).sort((a, b) => a - b)
  const most = Math.min(1, Math.max(0.01, ...points.flatMap((p) => [p.said, p.interval?.[1] ?? p.came])))
  const isCrowded = (said[Math.floor(said.length / 2)] ?? most) * CROWDED < most
  const scale = {
    ...AXIS,
    type: isCrowded ? 'sqrt' : 'linear',
    domain: [0, most],
    ticks: 5,
    tickFormat: (value: number) => percentText(value),
  } as const
  const note = isCrowded ? ' (square-root scale)' : ''
  return drawChart(
    document,
    {
      title: 'Reliability',
      description: `What was said against what came, in ${points.length} groups of rows. On the diagonal both are equal.`,
    },
    {
      height: 380,
      x: { ...scale, label: `said: mean probability${note}` },
      y: { ...scale, label: 'came: share that reached the target' },
      marks: [
        gridX(GRID),
        gridY(GRID),
        diagonal(most),
        link(
          points.filter(({ interval }) => interval !== null),
          {
            x1: 'said',
            x2: 'said',
            y1: (point: ReliabilityPoint) => point.interval?.[0],
            y2: (point: ReliabilityPoint) => Math.min(most, point.interval?.[1] ?? 0),
            stroke: COLOURS.model,
            strokeWidth: 1.5,
          },
        ),
        dot(points, {
          x: 'said',
          y: 'came',
          r: 4,
          fill: COLOURS.model,
          title: (point: ReliabilityPoint) =>
            `said ${percentText(point.said)}, came ${percentText(point.came)} of ${point.rows} rows`,
        }),
      ],
    },
  )
}
