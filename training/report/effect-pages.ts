/** One column, or one pair, of a report in full, for the terminal. */
import { numberText as count } from '../../src/features/wording.ts'
import { valueText } from './effect-value-text.ts'
import type { EffectsReport, InteractionReport, PartialDependenceReport } from './effects-report.ts'
import { pairLines } from './effects-text.ts'
import { indent, percent } from './figures.ts'
import { bar, skyline } from './pictures.ts'
import { textTable } from './text-table.ts'

const BAR_WIDTH = 30

/** @param dependence Of the section. */
export function columnPage(effects: EffectsReport, dependence: PartialDependenceReport): string[] {
  const { column, kind, points } = dependence
  const place = effects.by_column.findIndex((entry) => entry.column === column)
  const { group, mean_absolute_points: moved, gain } = effects.by_column[place]!
  const most = Math.max(...points.map(({ probability }) => probability))
  const rows = points.map(({ value, probability, rows: standing }) => [
    valueText(value, kind),
    percent(probability),
    bar(probability, most, BAR_WIDTH),
    count(standing),
  ])
  const elsewhere = effects.rows.learned - points.reduce((sum, point) => sum + point.rows, 0)
  const pairs = effects.interactions.filter(({ columns }) => columns.includes(column))
  return [
    `${column}${group === column ? '' : ` (${group})`}`,
    `It moves the answer by ${moved.toFixed(2)} points on average, up or down: number ${place + 1} of ${count(effects.columns)} columns${gain === null ? '' : `, ${percent(gain)} of the gain of all splits`}.`,
    '',
    `Mean probability of ${count(effects.rows.partial_dependence)} learned rows if every one of them had the value; learned rows ${kind === 'number' ? 'nearest to' : 'with'} it`,
    ...indent(textTable([['', 'probability', '', 'rows'], ...rows], ['right', 'right', 'left', 'right'])),
    ...(elsewhere > 0 ? indent([`${count(elsewhere)} learned rows hold rarer values.`]) : []),
    ...(pairs.length === 0
      ? []
      : [
          '',
          'Judged together: points that two columns add on average beside what each adds by itself',
          ...indent(pairLines(pairs)),
        ]),
  ]
}

/** @param pair Of the section. */
export function pairPage(effects: EffectsReport, pair: InteractionReport): string[] {
  const { columns, values, probability, rows: standing, mean_absolute_points: points } = pair
  const kinds = columns.map(
    (column) => effects.partial_dependence.find((entry) => entry.column === column)?.kind ?? 'number',
  )
  const all = probability.flat()
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const header = ['', ...values[1].map((value) => valueText(value, kinds[1]!))]
  const lines = values[0].map((value, i) => [
    valueText(value, kinds[0]!),
    ...probability[i]!.map((mean, j) => {
      const figure = `${percent(mean)} ${skyline([mean], low, high)}`
      return standing[i]![j] === 0 ? `(${figure})` : `${figure} `
    }),
  ])
  return [
    `${columns[0]} (down) and ${columns[1]} (across)`,
    `Together they add ${points.toFixed(2)} points on average, beside what each adds by itself.`,
    '',
    `Mean probability of ${count(effects.rows.partial_dependence)} learned rows if every one of them had both values; in brackets where no learned row stands`,
    ...indent(
      textTable(
        [header, ...lines],
        header.map(() => 'right'),
      ),
    ),
  ]
}
