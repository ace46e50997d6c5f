import { gridX, gridY, link } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID } from './chart.ts'
import { type ComparedCurve, comparedLines, legend } from './compared-lines.ts'
import { percentText } from './texts.ts'

const share = { domain: [0, 1], ticks: 5, tickFormat: (value: number) => percentText(value) } as const

/** Receiver operating characteristic: points are the share of the others, then of those that reached the target, above a threshold. */
export function rocChart(document: ChartDocument, curves: readonly ComparedCurve[]): Chart {
  return drawChart(
    document,
    {
      title: 'ROC curve',
      description:
        'Share of those that reached the target found, by the share of the others found along with them. The diagonal is no order at all.',
    },
    {
      height: 380,
      x: { ...AXIS, ...share, label: 'of those that did not reach the target' },
      y: { ...AXIS, ...share, label: 'of those that did' },
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
        ...legend(curves, { x: 0.4, y: 0.08 + 0.07 * (curves.length - 1), length: 0.09, step: 0.07 }),
      ],
    },
  )
}
