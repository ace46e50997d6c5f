import { areaY, gridX, gridY, line, link } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID } from './chart.ts'
import { percentText } from './texts.ts'

export interface Decay {
  readonly event: string
  readonly halfLifeDays: number
  readonly intervalDays: readonly [number, number] | null
}

const STEPS = 60

/** What an event of each age counts, 2^(-age / half-life), with the curves of both ends of the interval. `days`: the longest age. */
export function decayCurve(
  document: ChartDocument,
  { event, halfLifeDays, intervalDays }: Decay,
  days: number,
): Chart {
  const weight = (age: number, halfLife: number): number => 2 ** (-age / halfLife)
  const ages = Array.from({ length: STEPS + 1 }, (_, step) => (days * step) / STEPS)
  const ribbon = intervalDays
    ? ages.map((age) => ({ age, low: weight(age, intervalDays[0]), high: weight(age, intervalDays[1]) }))
    : []
  return drawChart(
    document,
    {
      title: `Decay of ${event}`,
      description: `One event counts half after ${Number(halfLifeDays.toPrecision(3))} days.`,
    },
    {
      width: 300,
      height: 190,
      marginLeft: 50,
      x: { ...AXIS, domain: [0, days], ticks: 4, label: 'age in days' },
      y: {
        ...AXIS,
        domain: [0, 1],
        ticks: 3,
        tickFormat: (value: number) => percentText(value),
        label: null,
      },
      marks: [
        gridX(GRID),
        gridY(GRID),
        areaY(ribbon, { x: 'age', y1: 'low', y2: 'high', fill: COLOURS.model, fillOpacity: 0.22 }),
        line(
          ages.map((age) => [age, weight(age, halfLifeDays)]),
          { stroke: COLOURS.model, strokeWidth: 2.5 },
        ),
        ...(halfLifeDays > days
          ? []
          : [
              link([halfLifeDays], {
                x: (half: number) => half,
                y1: () => 0,
                y2: () => 0.5,
                stroke: COLOURS.muted,
                strokeDasharray: '3,3',
              }),
            ]),
      ],
    },
  )
}
