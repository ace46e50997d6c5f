import { barX, gridX, ruleX, text } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID, HALO } from './chart.ts'
import { shorten } from './texts.ts'

export interface Importance {
  readonly name: string
  /** Points that it moves the answer by on average, up or down. */
  readonly points: number
}

const LETTERS = 24

/** One bar each, in the order given. */
export function importanceBars(document: ChartDocument, importances: readonly Importance[]): Chart {
  const placed = importances.map((importance, index) => ({ ...importance, place: String(index) }))
  const names = new Map(placed.map(({ place, name }) => [place, shorten(name, LETTERS)]))
  return drawChart(
    document,
    {
      title: 'How much each weighs',
      description: importances.map(({ name, points }) => `${name}: ${points.toFixed(2)} points`).join(', '),
    },
    {
      height: 60 + 22 * importances.length,
      marginLeft: 178,
      marginRight: 40,
      x: { ...AXIS, ticks: 4, label: 'points, up or down, on average', zero: true },
      y: {
        type: 'band',
        domain: placed.map(({ place }) => place),
        tickFormat: (place: string) => names.get(place) ?? '',
        tickSize: 0,
        label: null,
        padding: 0.25,
      },
      marks: [
        gridX({ ...GRID, ticks: 4 }),
        barX(placed, { x: 'points', y: 'place', fill: COLOURS.model, fillOpacity: 0.8 }),
        ruleX([0]),
        text(placed, {
          x: 'points',
          y: 'place',
          dx: 4,
          textAnchor: 'start',
          text: ({ points }: Importance) => points.toFixed(2),
          ...HALO,
        }),
      ],
    },
  )
}
