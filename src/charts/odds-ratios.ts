import { dot, gridX, link, ruleX, text } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID } from './chart.ts'
import { shorten } from './texts.ts'

export interface OddsRatioLine {
  readonly name: string
  readonly ratio: number
  readonly interval: readonly [number, number] | null
}

const LETTERS = 23

/** One line each, with its interval, on a logarithmic axis: as far to the left of 1 as to the right is as strong. */
export function oddsRatioChart(document: ChartDocument, lines: readonly OddsRatioLine[]): Chart {
  const ends = lines.flatMap(({ ratio, interval }) => [ratio, ...(interval ?? [])]).filter((end) => end > 0)
  const reach = Math.max(1.1, ...ends.map((end) => Math.max(end, 1 / end)))
  const placed = lines.map((line, index) => ({ ...line, place: String(index) }))
  const names = new Map(placed.map(({ place, name }) => [place, shorten(name, LETTERS)]))
  return drawChart(
    document,
    {
      title: 'Odds ratios',
      description: lines.map(({ name, ratio }) => `${name}: ${ratio.toFixed(2)}`).join(', '),
    },
    {
      height: 60 + 22 * lines.length,
      marginLeft: 178,
      marginRight: 40,
      x: {
        ...AXIS,
        type: 'log',
        domain: [1 / reach, reach],
        ticks: 4,
        tickFormat: (value: number) => String(Number(value.toPrecision(2))),
        label: 'odds ratio (logarithmic)',
      },
      y: {
        type: 'point',
        domain: placed.map(({ place }) => place),
        tickFormat: (place: string) => names.get(place) ?? '',
        tickSize: 0,
        label: null,
      },
      marks: [
        gridX(GRID),
        ruleX([1], { stroke: COLOURS.muted, strokeDasharray: '3,3' }),
        link(
          placed.filter(({ interval }) => interval !== null),
          {
            y: 'place',
            x1: ({ interval }: OddsRatioLine) => interval?.[0],
            x2: ({ interval }: OddsRatioLine) => interval?.[1],
            stroke: colour,
            strokeWidth: 2,
          },
        ),
        dot(placed, { x: 'ratio', y: 'place', r: 4, fill: colour }),
        text(placed, {
          frameAnchor: 'right',
          y: 'place',
          dx: 36,
          textAnchor: 'end',
          text: ({ ratio }: OddsRatioLine) => ratio.toFixed(2),
        }),
      ],
      color: { type: 'identity' },
    },
  )
}

function colour({ ratio }: OddsRatioLine): string {
  return ratio < 1 ? COLOURS.against : COLOURS.model
}
