import { gridY, rectY, ruleX, ruleY, text } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID } from './chart.ts'
import { percentText, shorten } from './texts.ts'

/** Scores from `from` to `to`, both included. */
export interface ScoreRange {
  readonly from: number
  readonly to: number
  readonly reached: number
  readonly notReached: number
}

/** Each outcome as shares of its own rows, so that few stand beside many. `bands` by where they begin. */
export function scoreDistributionChart(
  document: ChartDocument,
  ranges: readonly ScoreRange[],
  bands: readonly { readonly band: string; readonly from: number }[],
): Chart {
  const reached = ranges.reduce((sum, range) => sum + range.reached, 0)
  const notReached = ranges.reduce((sum, range) => sum + range.notReached, 0)
  const shares = ranges.map((range) => ({
    ...range,
    end: range.to === 100 ? 100 : range.to + 1,
    ofReached: reached > 0 ? range.reached / reached : 0,
    ofOthers: notReached > 0 ? range.notReached / notReached : 0,
  }))
  const most = 1.2 * Math.max(0.01, ...shares.flatMap(({ ofReached, ofOthers }) => [ofReached, ofOthers]))
  const place = { x1: 'from', x2: 'end', insetLeft: 1, insetRight: 1 } as const
  return drawChart(
    document,
    {
      title: 'Scores of those that reached the target and of those that did not',
      description: 'Share of the rows of each outcome by score. The further apart, the better.',
    },
    {
      height: 330,
      x: { ...AXIS, domain: [0, 100], ticks: 5, label: 'score' },
      y: {
        ...AXIS,
        domain: [0, most],
        ticks: 5,
        tickFormat: (value: number) => percentText(value),
        label: 'of the rows of each outcome',
      },
      marks: [
        gridY(GRID),
        ruleX(
          bands.filter(({ from }) => from > 0),
          { x: 'from', stroke: COLOURS.muted, strokeDasharray: '3,3' },
        ),
        text(bands, {
          x: 'from',
          y: () => most,
          dx: 4,
          dy: 6,
          textAnchor: 'start',
          fill: COLOURS.muted,
          text: ({ band }: { readonly band: string }) => shorten(band, 10),
        }),
        rectY(shares, { ...place, y: 'ofOthers', fill: COLOURS.muted, fillOpacity: 0.45 }),
        rectY(shares, {
          ...place,
          y: 'ofReached',
          fill: COLOURS.model,
          fillOpacity: 0.3,
          stroke: COLOURS.model,
          strokeWidth: 1.5,
        }),
        ruleY([0]),
      ],
    },
  )
}
