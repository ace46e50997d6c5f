/** Curves of one share against another, from (0, 0) to (1, 1), with the diagonal of no order at all. */
import { gridX, gridY } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, type ChartText, diagonal, drawChart, GRID } from './chart.ts'
import { type ComparedCurve, comparedLines, legend } from './compared-lines.ts'
import { percentText } from './texts.ts'

const SHARE = { domain: [0, 1], ticks: 5, tickFormat: (value: number) => percentText(value) } as const

/** @param size Height in pixels, labels of the axes, and the step of the legend from line to line in units of the axes. */
export function shareSquare(
  document: ChartDocument,
  text: ChartText,
  curves: readonly ComparedCurve[],
  {
    height,
    x,
    y,
    step,
  }: { readonly height: number; readonly x: string; readonly y: string; readonly step: number },
): Chart {
  return drawChart(document, text, {
    height,
    x: { ...AXIS, ...SHARE, label: x },
    y: { ...AXIS, ...SHARE, label: y },
    marks: [
      gridX(GRID),
      gridY(GRID),
      diagonal(1),
      ...comparedLines(curves),
      ...legend(curves, { x: 0.4, y: 0.08 + step * (curves.length - 1), length: 0.09, step }),
    ],
  })
}
