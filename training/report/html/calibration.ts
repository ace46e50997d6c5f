/** Whether what it says comes true, and how raw scores became probabilities. */
import type { ChartDocument } from '../../../src/charts/chart.ts'
import { reliabilityChart } from '../../../src/charts/reliability.ts'
import { numberText as count } from '../../../src/features/wording.ts'
import { fixed, percent, withInterval } from '../figures.ts'
import type { EvaluationReport, TrainingReport } from '../model-report.ts'
import { html, type Markup } from './markup.ts'
import { figure, paragraph, type Section, sentence, table } from './parts.ts'

export function calibrationSection(
  report: TrainingReport,
  all: EvaluationReport | undefined,
  document: ChartDocument,
): Section {
  return {
    id: 'calibration',
    title: 'Does what it says come true?',
    body: [
      all && all.reliability.length > 0
        ? html`<div class="figures large">${reliabilityFigure(all, document)}${reliabilityTable(all)}</div>`
        : null,
      html`<div class="figures large"><div>${all ? summary(all) : null}</div><div>${choice(report)}</div></div>`,
    ],
  }
}

function reliabilityFigure({ reliability }: EvaluationReport, document: ChartDocument): Markup {
  const points = reliability.map(({ mean_probability: said, rate: came, rate_interval: interval, rows }) => ({
    said,
    came,
    interval: interval ?? null,
    rows,
  }))
  return figure(
    reliabilityChart(document, points),
    'Reliability',
    'Groups of equally many rows, with 95 % intervals. On the dashed line, what was said came true.',
  )
}

function summary({ metrics }: EvaluationReport): Markup {
  return table(
    [{ title: 'figure' }, { title: 'value', isFigure: true }, { title: 'calibrated' }],
    [
      ['slope', withInterval(metrics.calibration_slope, metrics.calibration_slope_interval ?? null, 2), '1'],
      ['intercept', fixed(metrics.calibration_intercept, 2), '0'],
      ['expected error (ECE)', withInterval(metrics.ece, metrics.ece_interval ?? null, 4), 'near 0'],
    ],
    'Calibration on the test part',
  )
}

const CALIBRATORS = { identity: 'none', platt: 'Platt', beta: 'beta', isotonic: 'isotonic' } as const

function choice({ calibration_choice: choice, not_calibrated_because: because }: TrainingReport): Markup {
  if (!choice)
    return paragraph(
      because === null
        ? 'Calibrated by a line through the log-odds.'
        : sentence(`Not calibrated: ${because}`),
    )
  const { candidates, chosen, rows, accounts, interval } = choice
  return html`<p><b>Calibration chosen: ${CALIBRATORS[chosen]}.</b> ${sentence(choice.because)}</p>
${
  candidates.length > 0
    ? table(
        [{ title: 'calibration' }, { title: 'log loss', isFigure: true }],
        candidates.map(({ name, log_loss: logLoss }) => [CALIBRATORS[name], logLoss.toFixed(5)]),
        `Tried on ${count(rows)} rows of ${count(accounts)} accounts, each judged on accounts that it was not fitted to`,
      )
    : null
}${
  interval
    ? paragraph(
        `The interval of each probability stands on ${count(interval.accounts)} accounts, one row each.`,
      )
    : null
}`
}

function reliabilityTable({ reliability }: EvaluationReport): Markup {
  return table(
    [
      { title: 'said', isFigure: false },
      { title: 'came', isFigure: true },
      { title: '95 % interval', isFigure: true },
      { title: 'rows', isFigure: true },
    ],
    reliability.map(({ mean_probability: said, rate, rate_interval: interval, rows }) => [
      percent(said),
      percent(rate),
      interval ? `${percent(interval[0])} to ${percent(interval[1])}` : '-',
      count(rows),
    ]),
    'Said and came, group by group',
  )
}
