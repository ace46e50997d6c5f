/** What the model goes by, in which direction, and how strongly. */
import type { ChartDocument } from '../../../src/charts/chart.ts'
import { importanceBars } from '../../../src/charts/importance-bars.ts'
import { oddsRatioChart } from '../../../src/charts/odds-ratios.ts'
import { partialDependenceChart } from '../../../src/charts/partial-dependence.ts'
import { numberText as count } from '../../../src/features/wording.ts'
import type { EffectsReport } from '../effects-report.ts'
import { percent } from '../figures.ts'
import type { TrainingReport } from '../model-report.ts'
import { COMPARED, coefficientName } from '../names.ts'
import { directionText } from './direction.ts'
import type { Markup } from './markup.ts'
import { figure, figures, paragraph, type Section, subheading, table } from './parts.ts'

const SHOWN = { groups: 12, columns: 15, dependences: 9, ratios: 12, pairs: 5 } as const

export function effectsSection(report: TrainingReport, document: ChartDocument): Section | null {
  const { effects } = report
  const odds = oddsFigure(report, document)
  if (!effects) return odds && { id: 'effects', title: 'What it goes by', body: [odds] }
  if (effects.columns === 0 || effects.by_column.length === 0)
    return {
      id: 'effects',
      title: 'What it goes by',
      body: [paragraph('It goes by nothing: every row gets the same answer.')],
    }
  return {
    id: 'effects',
    title: 'What it goes by',
    body: [
      figures([groupFigure(effects, document), odds]),
      columnTable(effects),
      subheading('How the probability moves with each'),
      paragraph(
        `Mean probability of ${count(effects.rows.partial_dependence)} learned rows if every one of them had the value. The dashed line is their average; all are on one scale.`,
      ),
      figures(dependenceFigures(effects, document), 'small'),
      pairTable(effects),
    ],
  }
}

function groupFigure({ by_group: groups, columns }: EffectsReport, document: ChartDocument): Markup {
  const shown = groups.slice(0, SHOWN.groups)
  return figure(
    importanceBars(
      document,
      shown.map(({ group, mean_absolute_points: points }) => ({ name: group, points })),
    ),
    'How much each group weighs',
    `Points that each group of columns moves the answer by on average, up or down. 10 points double the odds. ${count(columns)} columns in all.`,
  )
}

function oddsFigure(report: TrainingReport, document: ChartDocument): Markup | null {
  if (report.kind !== 'logistic' || report.odds_ratios.length === 0) return null
  const shown = report.odds_ratios.slice(0, SHOWN.ratios)
  const compared = [...new Set(shown.map(({ compares }) => COMPARED[compares]))].join('; ')
  return figure(
    oddsRatioChart(
      document,
      shown.map((coefficient) => ({
        name: coefficientName(coefficient),
        ratio: coefficient.odds_ratio,
        interval: coefficient.odds_ratio_interval,
      })),
    ),
    'Odds ratios',
    `The largest effects that are sure, with 95 % intervals. Above 1 the odds rise. Compared: ${compared}.`,
  )
}

function columnTable(effects: EffectsReport): Markup {
  const hasGain = effects.by_column.some(({ gain }) => gain !== null)
  const dependences = new Map(effects.partial_dependence.map((entry) => [entry.column, entry]))
  const rows = effects.by_column.slice(0, SHOWN.columns).map((entry) => {
    const dependence = dependences.get(entry.column)
    const probabilities = dependence?.points.map(({ probability }) => probability) ?? []
    return [
      entry.column,
      entry.group,
      entry.mean_absolute_points.toFixed(2),
      ...(hasGain ? [entry.gain === null ? '-' : percent(entry.gain)] : []),
      dependence ? directionText(dependence) : '',
      probabilities.length > 0
        ? `${percent(Math.min(...probabilities))} to ${percent(Math.max(...probabilities))}`
        : '',
    ]
  })
  return table(
    [
      { title: 'column' },
      { title: 'group' },
      { title: 'points', isFigure: true },
      ...(hasGain ? [{ title: 'gain', isFigure: true }] : []),
      { title: 'direction' },
      { title: 'probability', isFigure: true },
    ],
    rows,
    'The columns that weigh most',
  )
}

function dependenceFigures(effects: EffectsReport, document: ChartDocument): Markup[] {
  const shown = effects.partial_dependence.slice(0, SHOWN.dependences)
  const all = shown.flatMap(({ points }) => points)
  const most = 1.1 * Math.max(...all.map(({ probability }) => probability))
  const average = averageProbability(effects)
  return shown.map((dependence) =>
    figure(
      partialDependenceChart(document, dependence, { most, average }),
      dependence.column,
      directionText(dependence),
    ),
  )
}

/** As each column sees it: its values, weighted by the rows that hold them. Nearly the same for all; the first is taken. */
function averageProbability({ partial_dependence: [first] }: EffectsReport): number | null {
  if (!first) return null
  const rows = first.points.reduce((sum, point) => sum + point.rows, 0)
  return rows === 0
    ? null
    : first.points.reduce((sum, { probability, rows: held }) => sum + probability * held, 0) / rows
}

function pairTable({ interactions }: EffectsReport): Markup | null {
  if (interactions.length === 0) return null
  return table(
    [{ title: 'columns' }, { title: 'points', isFigure: true }],
    interactions
      .slice(0, SHOWN.pairs)
      .map(({ columns: [a, b], mean_absolute_points: points }) => [`${a} and ${b}`, points.toFixed(2)]),
    'Judged together: points that two columns add on average beside what each adds by itself',
  )
}
