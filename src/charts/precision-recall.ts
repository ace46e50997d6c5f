import { gridX, gridY, ruleY, text } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID } from './chart.ts'
import { type ComparedCurve, comparedLines, legend } from './compared-lines.ts'
import { percentText } from './texts.ts'

/** Points are recall, then precision. `baseRate` is the precision of no order at all. */
export function precisionRecallChart(
  document: ChartDocument,
  curves: readonly ComparedCurve[],
  baseRate: number,
): Chart {
  const format = { ticks: 5, tickFormat: (value: number) => percentText(value) } as const
  return drawChart(
    document,
    {
      title: 'Precision and recall',
      description: `How many of those above a threshold reached the target, by how many of all are found. The base rate is ${percentText(baseRate)}.`,
    },
    {
      height: 380,
      x: { ...AXIS, ...format, domain: [0, 1], label: 'recall: found, of those that reached the target' },
      y: { ...AXIS, ...format, domain: [0, 1], label: 'precision: of those above the threshold' },
      marks: [
        gridX(GRID),
        gridY(GRID),
        ruleY([baseRate], { stroke: COLOURS.muted, strokeDasharray: '3,3' }),
        text([`base rate ${percentText(baseRate)}`], {
          x: () => 0,
          y: () => baseRate,
          dx: 4,
          dy: -8,
          textAnchor: 'start',
          fill: COLOURS.muted,
        }),
        ...comparedLines(curves),
        ...legend(curves, { x: 0.52, y: 0.95, length: 0.09, step: 0.07 }),
      ],
    },
  )
}
