import { gridY, ruleX } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID } from './chart.ts'
import { comparedLines, legend } from './compared-lines.ts'

/** Log loss by the number of trees. */
export interface PathPoint {
  readonly trees: number
  readonly fit: number
  readonly validation: number
}

/** `chosen`: the number of trees that was kept. */
export function learningPathChart(
  document: ChartDocument,
  path: readonly PathPoint[],
  chosen: number,
): Chart {
  const curves = [
    { name: 'validation part', points: path.map(({ trees, validation }) => [trees, validation] as const) },
    { name: 'fit part', points: path.map(({ trees, fit }) => [trees, fit] as const) },
  ]
  const losses = path.flatMap(({ fit, validation }) => [fit, validation])
  const [low, high] = [Math.min(...losses), Math.max(...losses)]
  const longest = Math.max(...path.map(({ trees }) => trees))
  return drawChart(
    document,
    {
      title: 'Log loss by the number of trees',
      description: `On the fit part and on the validation part; ${chosen} trees were kept.`,
    },
    {
      height: 300,
      x: { ...AXIS, label: 'trees', ticks: 5 },
      y: { ...AXIS, label: 'log loss', ticks: 5 },
      marks: [
        gridY(GRID),
        ruleX([chosen], { stroke: COLOURS.muted, strokeDasharray: '3,3' }),
        ...comparedLines(curves),
        ...legend(curves, {
          x: 0.6 * longest,
          y: high - 0.03 * (high - low),
          length: 0.09 * longest,
          step: 0.09 * (high - low),
        }),
      ],
    },
  )
}
