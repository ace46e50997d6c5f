import { gridX, gridY, ruleY } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID } from './chart.ts'
import { type ComparedCurve, comparedLines, legend } from './compared-lines.ts'
import { percentText } from './texts.ts'

/** Among fewer than this share one row more or less moves the lift by itself. */
const LEAST_SHARE = 0.02

/** How many times the base rate is found among the highest scored. Points as of cumulative gain. */
export function liftChart(document: ChartDocument, gains: readonly ComparedCurve[]): Chart {
  const curves = gains.map(({ name, points }) => ({
    name,
    points: points
      .filter(([share]) => share >= LEAST_SHARE)
      .map(([share, found]): [number, number] => [share, found / share]),
  }))
  const most = Math.max(2, ...curves.flatMap(({ points }) => points.map(([, lift]) => lift)))
  const step = most * 0.075
  return drawChart(
    document,
    {
      title: 'Lift',
      description:
        'How many times the base rate is found among the highest scored, by how many are called. 1 is calling at random.',
    },
    {
      height: 330,
      x: {
        ...AXIS,
        domain: [0, 1],
        ticks: 5,
        tickFormat: (value: number) => percentText(value),
        label: 'called, highest score first',
      },
      y: { ...AXIS, domain: [0, most], ticks: 5, label: 'times the base rate' },
      marks: [
        gridX(GRID),
        gridY(GRID),
        ruleY([1], { stroke: COLOURS.muted, strokeDasharray: '3,3' }),
        ...comparedLines(curves),
        ...legend(curves, { x: 0.52, y: most * 0.95, length: 0.09, step }),
      ],
    },
  )
}
