/** Pieces that every section is made of. */
import type { Chart } from '../../../src/charts/chart.ts'
import { html, type Markup } from './markup.ts'
import { svgMarkup } from './svg-markup.ts'

type Cell = string | Markup

/** `id` is what the contents at the top point at. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: readonly (Markup | null)[]
}

export function figure(chart: Chart, title: string, note?: string): Markup {
  return html`<figure>
<figcaption><b>${title}</b>${note ? html`<span>${note}</span>` : null}</figcaption>
${svgMarkup(chart)}
</figure>`
}

/** Side by side where there is room. */
export function figures(
  charts: readonly (Markup | null)[],
  size: 'large' | 'small' = 'large',
): Markup | null {
  const shown = charts.filter((chart) => chart !== null)
  return shown.length === 0 ? null : html`<div class="figures ${size}">${shown}</div>`
}

/** Columns are of words, or of figures, which stand at the right. The first cell of a row is its head. */
export function table(
  header: readonly { readonly title: string; readonly isFigure?: boolean }[],
  rows: readonly (readonly Cell[])[],
  caption: string,
): Markup {
  const kind = (column: number): string => (header[column]?.isFigure ? 'figure' : 'words')
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${header.map(({ title }, i) => html`<th scope="col" class="${kind(i)}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) => html`<tr>${row.map((cell, i) =>
    i === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${kind(i)}">${cell}</td>`,
  )}</tr>
`,
)}</tbody>
</table></div>`
}

export function paragraph(text: string): Markup {
  return html`<p>${text}</p>`
}

/** Words of another part as a sentence of their own. */
export function sentence(text: string): string {
  const whole = /[.!?]$/.test(text) ? text : `${text}.`
  return capitalised(whole)
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function subheading(title: string): Markup {
  return html`<h3>${title}</h3>`
}

/** A word with a colour: what it says never depends on the colour. */
export function badge(text: string, tone: 'good' | 'look' | 'bad' | 'plain'): Markup {
  return html`<span class="badge ${tone}">${text}</span>`
}

/** ISO 8601 in UTC, for people: to the minute. */
export function timeMarkup(time: string): Markup {
  return html`<time datetime="${time}">${time.slice(0, 10)} ${time.slice(11, 16)} UTC</time>`
}
