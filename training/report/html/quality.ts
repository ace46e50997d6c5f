/** How good it is on the test part, beside what there is without it. */
import { bandConversionChart } from '../../../src/charts/band-conversion.ts'
import type { ChartDocument } from '../../../src/charts/chart.ts'
import { gainChart } from '../../../src/charts/gain.ts'
import { liftChart } from '../../../src/charts/lift.ts'
import { precisionRecallChart } from '../../../src/charts/precision-recall.ts'
import { rocChart } from '../../../src/charts/roc.ts'
import { scoreDistributionChart } from '../../../src/charts/score-distribution.ts'
import { numberText as count } from '../../../src/features/wording.ts'
import type { Metrics } from '../../evaluate/metrics.ts'
import type { RankingReport } from '../curves-report.ts'
import { fixed, percent, withInterval } from '../figures.ts'
import type { EvaluationReport, TrainingReport } from '../model-report.ts'
import { BASELINES, HAND_OFF_NOTE, LEARNERS, SETS } from '../names.ts'
import type { Markup } from './markup.ts'
import { figure, figures, paragraph, type Section, table } from './parts.ts'

export function qualitySection(
  report: TrainingReport,
  all: EvaluationReport | undefined,
  document: ChartDocument,
): Section {
  const isHandOff = report.evaluation.some(({ set }) => set === 'at_hand_off')
  return {
    id: 'quality',
    title: 'How good it is',
    body: [
      paragraph(
        'All figures are of the test part, the most recent one, of accounts that the model has never seen. 95 % intervals draw accounts, not rows.',
      ),
      all ? baselineTable(report, all) : null,
      figures(rankingFigures(report, all, document)),
      figures([bandFigure(all, document), scoreFigure(report, all, document)]),
      setTable(report.evaluation),
      isHandOff ? paragraph(HAND_OFF_NOTE) : null,
    ],
  }
}

function figuresOf(metrics: Metrics): string[] {
  return [
    withInterval(metrics.auc, metrics.auc_interval),
    fixed(metrics.average_precision, 3),
    fixed(metrics.log_loss, 4),
    fixed(metrics.brier, 4),
    metrics.skill === null ? '-' : percent(metrics.skill),
    fixed(metrics.lift_top_tenth, 2),
  ]
}

const FIGURES = ['AUC', 'avg. precision', 'log loss', 'Brier', 'skill', 'lift top 10 %'].map((title) => ({
  title,
  isFigure: true,
}))

function baselineTable({ kind }: TrainingReport, { metrics, baselines }: EvaluationReport): Markup {
  return table(
    [{ title: '' }, ...FIGURES, { title: 'AUC lead of the model', isFigure: true }],
    [
      [`${LEARNERS[kind]} (this model)`, ...figuresOf(metrics), ''],
      ...baselines.map(({ name, metrics: other, auc_lead: lead }) => [
        BASELINES[name],
        ...figuresOf(other),
        withInterval(lead.difference, lead.interval),
      ]),
    ],
    'The model beside its baselines, on every landmark',
  )
}

function setTable(evaluation: readonly EvaluationReport[]): Markup {
  return table(
    [
      { title: 'asked' },
      { title: 'rows', isFigure: true },
      { title: 'reached', isFigure: true },
      ...FIGURES,
      { title: 'slope', isFigure: true },
      { title: 'intercept', isFigure: true },
      { title: 'ECE', isFigure: true },
    ],
    evaluation.map(({ set, metrics }) => [
      SETS[set],
      count(metrics.rows),
      metrics.base_rate === null ? '-' : percent(metrics.base_rate),
      ...figuresOf(metrics),
      fixed(metrics.calibration_slope, 2),
      fixed(metrics.calibration_intercept, 2),
      fixed(metrics.ece, 4),
    ]),
    'The model at other moments',
  )
}

function rankingFigures(
  { kind, curves }: TrainingReport,
  all: EvaluationReport | undefined,
  document: ChartDocument,
): (Markup | null)[] {
  if (!curves || curves.rankings.length === 0) return []
  const nameOf = (name: RankingReport['name']): string =>
    name === 'model' ? LEARNERS[kind] : BASELINES[name]
  const curve = (points: 'roc' | 'precision_recall' | 'gain') =>
    curves.rankings.map((ranking) => ({ name: nameOf(ranking.name), points: ranking[points] }))
  const aucOf = (name: RankingReport['name']): number | null | undefined =>
    name === 'model'
      ? all?.metrics.auc
      : all?.baselines.find((baseline) => baseline.name === name)?.metrics.auc
  const roc = curves.rankings.map(({ name, roc: points }) => {
    const auc = aucOf(name)
    return {
      name: auc === null || auc === undefined ? nameOf(name) : `${nameOf(name)}, AUC ${auc.toFixed(3)}`,
      points,
    }
  })
  return [
    figure(rocChart(document, roc), 'ROC', 'Is one that reaches the target ranked above one that does not?'),
    figure(
      precisionRecallChart(document, curve('precision_recall'), curves.positives / curves.rows),
      'Precision and recall',
      'Of those above a threshold, how many reach the target?',
    ),
    figure(
      gainChart(document, curve('gain')),
      'Cumulative gain',
      'How much of all success is found by calling the top of the list.',
    ),
    figure(
      liftChart(document, curve('gain')),
      'Lift',
      'How much richer the top of the list is than the list.',
    ),
  ]
}

function bandFigure(all: EvaluationReport | undefined, document: ChartDocument): Markup | null {
  if (!all) return null
  const bands = all.bands.map(({ rate_interval: interval, ...band }) => ({
    ...band,
    interval: interval ?? null,
  }))
  const rows = all.bands.map(({ band, rows: ofBand }) => `${band} ${count(ofBand)}`).join(', ')
  return figure(
    bandConversionChart(document, bands, all.metrics.base_rate),
    'Conversion by band',
    `With 95 % intervals; the dashed line is the base rate. Rows: ${rows}.`,
  )
}

function scoreFigure(
  { curves }: TrainingReport,
  all: EvaluationReport | undefined,
  document: ChartDocument,
): Markup | null {
  if (!curves) return null
  const ranges = curves.scores.map(({ not_reached: notReached, ...range }) => ({ ...range, notReached }))
  return figure(
    scoreDistributionChart(document, ranges, all?.bands ?? []),
    'Scores by outcome',
    'Blue outline: rows that reached the target. Grey: those that did not. Each sums to 100 %.',
  )
}
