import { barX, dot, gridX, link, ruleX, text } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID, HALO } from './chart.ts'
import { shorten, signed, withMinus } from './texts.ts'

/** From where a row without anything stands, step by step, to where this one does: in points. */
export interface Waterfall {
  readonly title: string
  readonly start: number
  readonly steps: readonly { readonly name: string; readonly points: number }[]
}

const LETTERS = 25

export function waterfallChart(document: ChartDocument, { title, start, steps }: Waterfall): Chart {
  let reached = start
  const bars = steps.map(({ name, points }, index) => {
    const from = reached
    reached += points
    return { place: String(index), name: shorten(name, LETTERS), from, to: reached, points }
  })
  const places = [
    { place: 'start', name: 'average row', at: start },
    { place: 'end', name: 'this row', at: reached },
  ]
  const names = new Map([...bars, ...places].map(({ place, name }) => [place, name]))
  const ends = [start, ...bars.map(({ to }) => to)]
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const room = Math.max(4, 0.16 * (high - low))
  const order = ['start', ...bars.map(({ place }) => place), 'end']
  return drawChart(
    document,
    { title, description: steps.map(({ name, points }) => `${name}: ${signed(points)} points`).join(', ') },
    {
      height: 64 + 22 * order.length,
      marginLeft: 192,
      x: { ...AXIS, domain: [low - room, high + room], ticks: 4, label: 'points' },
      y: {
        type: 'band',
        domain: order,
        tickFormat: (place: string) => names.get(place) ?? '',
        tickSize: 0,
        label: null,
        padding: 0.2,
      },
      color: { type: 'identity' },
      marks: [
        gridX({ ...GRID, ticks: 4 }),
        ruleX([start], { stroke: COLOURS.muted, strokeDasharray: '3,3' }),
        link(
          bars.map(({ place, to }, index) => ({ place, to, next: order[index + 2] })),
          { x: 'to', y1: 'place', y2: 'next', stroke: COLOURS.muted, strokeOpacity: 0.6 },
        ),
        barX(bars, { x1: 'from', x2: 'to', y: 'place', fill: colour }),
        text(bars, {
          x: ({ from, to }: { readonly from: number; readonly to: number }) => Math.max(from, to),
          y: 'place',
          dx: 4,
          textAnchor: 'start',
          text: ({ points }: { readonly points: number }) => signed(points),
          ...HALO,
        }),
        dot(places, { x: 'at', y: 'place', r: 3.5, fill: 'currentColor' }),
        text(places, {
          x: 'at',
          y: 'place',
          dx: 8,
          textAnchor: 'start',
          fontWeight: 600,
          ...HALO,
          text: ({ at }: { readonly at: number }) => withMinus(at.toFixed(1)),
        }),
      ],
    },
  )
}

function colour({ points }: { readonly points: number }): string {
  return points < 0 ? COLOURS.against : COLOURS.model
}
