import { gridX, gridY, link } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID } from './chart.ts'
import { type ComparedCurve, comparedLines, legend } from './compared-lines.ts'
import { percentText } from './texts.ts'

const share = { domain: [0, 1], ticks: 5, tickFormat: (value: number) => percentText(value) } as const

/** Cumulative gain: points are the share of all rows, highest score first, then the share of those that reached the target. */
export function gainChart(document: ChartDocument, curves: readonly ComparedCurve[]): Chart {
  return drawChart(
    document,
    {
      title: 'Cumulative gain',
      description:
        'Share of those that reached the target found among the highest scored, by how many are called. The diagonal is calling at random.',
    },
    {
      height: 330,
      x: { ...AXIS, ...share, label: 'called, highest score first' },
      y: { ...AXIS, ...share, label: 'found, of those that reached the target' },
      marks: [
        gridX(GRID),
        gridY(GRID),
        link([[0, 1]], {
          x1: '0',
          y1: '0',
          x2: '1',
          y2: '1',
          stroke: COLOURS.muted,
          strokeDasharray: '3,3',
        }),
        ...comparedLines(curves),
        ...legend(curves, { x: 0.4, y: 0.08 + 0.08 * (curves.length - 1), length: 0.09, step: 0.08 }),
      ],
    },
  )
}
