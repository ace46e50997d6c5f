import { barY, gridY, link, ruleY, text } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID, HALO } from './chart.ts'
import { percentText, shorten } from './texts.ts'

export interface BandRate {
  readonly band: string
  readonly from: number
  readonly to: number
  readonly rows: number
  /** null: no rows. */
  readonly rate: number | null
  readonly interval: readonly [number, number] | null
}

/** One bar a band, from the lowest to the highest. */
export function bandConversionChart(
  document: ChartDocument,
  bands: readonly BandRate[],
  baseRate: number | null,
): Chart {
  const label = ({ band, from, to }: BandRate): string => `${shorten(band, 12)}\n${from}\u2013${to}`
  const most = Math.min(
    1,
    1.12 * Math.max(0.01, ...bands.flatMap((b) => [b.interval?.[1] ?? 0, b.rate ?? 0])),
  )
  const filled = bands.filter(({ rate }) => rate !== null)
  return drawChart(
    document,
    {
      title: 'Conversion by band',
      description: bands
        .map(({ band, rate }) => `${band}: ${rate === null ? 'no rows' : percentText(rate)}`)
        .join(', '),
    },
    {
      height: 330,
      marginBottom: 50,
      x: { type: 'band', domain: bands.map(label), label: null, tickSize: 0, padding: 0.3 },
      y: {
        ...AXIS,
        domain: [0, most],
        ticks: 5,
        tickFormat: (value: number) => percentText(value),
        label: 'reached the target',
      },
      marks: [
        gridY(GRID),
        barY(filled, { x: label, y: 'rate', fill: COLOURS.model, fillOpacity: 0.75 }),
        ruleY([0]),
        ...(baseRate === null ? [] : [ruleY([baseRate], { stroke: COLOURS.muted, strokeDasharray: '3,3' })]),
        link(
          filled.filter(({ interval }) => interval !== null),
          {
            x: label,
            y1: (band: BandRate) => band.interval?.[0],
            y2: (band: BandRate) => band.interval?.[1],
            strokeWidth: 1.5,
          },
        ),
        text(filled, {
          x: label,
          y: (band: BandRate) => band.interval?.[1] ?? band.rate,
          dy: -9,
          text: (band: BandRate) => percentText(band.rate ?? 0),
          fontWeight: 600,
          ...HALO,
        }),
      ],
    },
  )
}
