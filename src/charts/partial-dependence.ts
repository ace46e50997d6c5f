import { barX, dot, gridX, gridY, line, type PlotOptions, ruleX, ruleY, text } from '@observablehq/plot'
import { AXIS, type Chart, type ChartDocument, COLOURS, drawChart, GRID, HALO } from './chart.ts'
import { percentText, shorten, shortNumber } from './texts.ts'

export interface Dependence {
  readonly column: string
  readonly kind: 'number' | 'flag' | 'category'
  /** `value` null: missing. */
  readonly points: readonly {
    readonly value: number | string | null
    readonly probability: number
    readonly rows: number
  }[]
}

interface NumberPoint {
  readonly value: number
  readonly probability: number
  readonly rows: number
}

const SIZE = { width: 300, height: 200 } as const
const LETTERS = 15
const BASE_RULE = { stroke: COLOURS.muted, strokeDasharray: '3,3' } as const

/**
 * Mean probability if every row had the value: a line over numbers, bars of categories.
 * @param most The top of the scale: the same for several charts that are compared.
 * @param average Probability of the average row, for comparison.
 */
export function partialDependenceChart(
  document: ChartDocument,
  { column, kind, points }: Dependence,
  { most, average }: { readonly most: number; readonly average: number | null },
): Chart {
  const numbers = points.filter((point): point is NumberPoint => typeof point.value === 'number')
  const missing = points.find(({ value }) => value === null)
  const isLine = kind === 'number' && numbers.length > 0
  return drawChart(
    document,
    {
      title: `Probability by ${column}`,
      description: points
        .map(({ value, probability }) => `${valueText(value, kind)}: ${percentText(probability)}`)
        .join(', '),
    },
    isLine ? overNumbers(numbers, missing, most, average) : overCategories(points, kind, most, average),
  )
}

function overNumbers(
  points: readonly NumberPoint[],
  missing: { readonly probability: number } | undefined,
  most: number,
  average: number | null,
): PlotOptions {
  const values = points.map(({ value }) => value)
  const highest = Math.max(...values)
  const lowest = Math.min(...values)
  const middle = values[Math.floor(values.length / 2)] ?? 0
  const isSkewed = lowest >= 0 && highest > 8 * Math.max(middle, 1e-9)
  return {
    ...SIZE,
    marginLeft: 50,
    marginBottom: 32,
    x: {
      ...AXIS,
      type: isSkewed ? 'symlog' : 'linear',
      domain: highest > lowest ? [lowest, highest] : [lowest - 1, highest + 1],
      ticks: isSkewed ? skewedTicks(lowest, highest) : 4,
      tickFormat: shortNumber,
      label: null,
    },
    y: scale(most),
    marks: [
      gridY(GRID),
      ...(average === null ? [] : [ruleY([average], BASE_RULE)]),
      ...(missing
        ? [
            ruleY([missing.probability], { stroke: COLOURS.against, strokeDasharray: '2,3' }),
            text([`missing ${percentText(missing.probability)}`], {
              frameAnchor: 'right',
              y: () => missing.probability,
              // Away from where the line ends.
              dy: missing.probability < (points.at(-1)?.probability ?? 0) ? 9 : -9,
              textAnchor: 'end',
              ...HALO,
              fill: COLOURS.against,
            }),
          ]
        : []),
      line(points, { x: 'value', y: 'probability', stroke: COLOURS.model, strokeWidth: 2.5 }),
      dot(points, {
        x: 'value',
        y: 'probability',
        r: 3,
        fill: COLOURS.model,
        title: ({ value, probability, rows }: NumberPoint) =>
          `${shortNumber(value)}: ${percentText(probability)}; ${rows} rows nearest to it`,
      }),
    ],
  }
}

/** 0, 1, 10, ... as far as the values go: ticks at equal steps would leave the low end without any. */
function skewedTicks(lowest: number, highest: number): number[] {
  const ticks = [0]
  for (let tick = 1; tick <= highest; tick *= 10) ticks.push(tick)
  const within = ticks.filter((tick) => tick >= lowest)
  return within.length > 1 ? within : [lowest, highest]
}

function overCategories(
  points: Dependence['points'],
  kind: Dependence['kind'],
  most: number,
  average: number | null,
): PlotOptions {
  const bars = points
    .map(({ value, probability, rows }, index) => ({
      // Names may be equal once they are cut: each bar has a place of its own.
      place: String(index),
      name: shorten(valueText(value, kind), LETTERS),
      probability,
      rows,
    }))
    .sort((a, b) => b.probability - a.probability)
  const names = new Map(bars.map(({ place, name }) => [place, name]))
  return {
    ...SIZE,
    height: Math.max(90, 36 + 20 * bars.length),
    marginLeft: 116,
    marginRight: 40,
    marginBottom: 28,
    x: { ...scale(most), grid: false, ticks: 3 },
    y: {
      type: 'band',
      domain: bars.map(({ place }) => place),
      tickFormat: (place: string) => names.get(place) ?? '',
      tickSize: 0,
      label: null,
      padding: 0.25,
    },
    marks: [
      gridX(GRID),
      barX(bars, { x: 'probability', y: 'place', fill: COLOURS.model, fillOpacity: 0.75 }),
      ruleX([0]),
      ...(average === null ? [] : [ruleX([average], BASE_RULE)]),
      text(bars, {
        x: 'probability',
        y: 'place',
        dx: 4,
        textAnchor: 'start',
        text: ({ probability }: { readonly probability: number }) => percentText(probability),
        ...HALO,
      }),
    ],
  }
}

function scale(most: number) {
  return {
    ...AXIS,
    domain: [0, most],
    ticks: 4,
    tickFormat: (value: number) => percentText(value),
    label: null,
  }
}

function valueText(value: number | string | null, kind: Dependence['kind']): string {
  if (value === null) return 'missing'
  if (typeof value === 'string') return value
  if (kind === 'flag') return value === 1 ? 'yes' : 'no'
  return shortNumber(value)
}
