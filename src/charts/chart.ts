/**
 * What every chart has in common. A chart is a function of plain data and a document (a browser's, or linkedom's on the server) that
 * gives one SVG: without ids, scripts, fonts or pictures of its own, with text in the colour of what is around it.
 *
 * Colours are custom properties with a value to fall back on, so that a page may change them for the dark. Blue and vermilion are told
 * apart by colour-blind people too (Okabe & Ito 2008); whatever differs in colour differs in dash, place or words as well, for print.
 */
import { link, type Markish, type PlotOptions, plot } from '@observablehq/plot'

export type ChartDocument = NonNullable<PlotOptions['document']>
export type Chart = ReturnType<typeof plot>

export const COLOURS = {
  model: 'var(--chart-model, #0072b2)',
  against: 'var(--chart-against, #d55e00)',
  third: 'var(--chart-third, #009e73)',
  muted: 'var(--chart-muted, #767676)',
} as const

/** Behind words that stand on lines: the colour of the page, where it is told. */
export const HALO = {
  fill: 'currentColor',
  stroke: 'var(--chart-ground, transparent)',
  strokeWidth: 4,
} as const

/** Of the drawing; on the page it is as wide as there is room. */
const WIDTH = 460
const FONT_SIZE = '12'

/** What people who do not see it are told. */
export interface ChartText {
  readonly title: string
  readonly description: string
}

export function drawChart(
  document: ChartDocument,
  { title, description }: ChartText,
  options: PlotOptions,
): Chart {
  const chart = plot({
    document,
    width: WIDTH,
    marginTop: 12,
    marginBottom: 44,
    marginLeft: 64,
    marginRight: 26,
    className: 'chart',
    ariaLabel: title,
    ariaDescription: description,
    ...options,
  })
  chart.setAttribute('role', 'img')
  chart.setAttribute('font-size', FONT_SIZE)
  // The page says how it is laid out; a style of its own would need leave from every content security policy.
  chart.querySelector('style')?.remove()
  return chart
}

/** An axis with its label in the middle and without an arrow. */
export const AXIS = { labelAnchor: 'center', labelArrow: 'none', tickSize: 4 } as const
export const GRID = { strokeOpacity: 0.12 } as const

/** From (0, 0) to (most, most). */
export function diagonal(most: number): Markish {
  return link([[0, most]], {
    x1: '0',
    y1: '0',
    x2: '1',
    y2: '1',
    stroke: COLOURS.muted,
    strokeDasharray: '3,3',
  })
}
