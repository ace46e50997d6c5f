/** A training report for the terminal: short, and with what speaks against the model. */
import { numberText as count } from '../../src/features/wording.ts'
import type { Metrics } from '../evaluate/metrics.ts'
import type { CoefficientReport } from '../logistic/coefficients.ts'
import { auditLines } from './audit-text.ts'
import { boostingSummary, pathLines } from './boosting-text.ts'
import { effectsLines } from './effects-text.ts'
import { fixed, indent, percent, withInterval } from './figures.ts'
import { gateLines } from './gate-text.ts'
import { halfLifeLines } from './half-life-text.ts'
import type { EvaluationReport, TrainingReport } from './model-report.ts'
import { BASELINES, COMPARED, coefficientName, HAND_OFF_NOTE, LEARNERS, SETS } from './names.ts'
import { searchLines } from './search-report.ts'
import { stagesLine } from './stages-report.ts'
import { textTable } from './text-table.ts'

/** Odds ratios that are shown; the report holds more. */
const SHOWN_ODDS_RATIOS = 10

export function modelReportLines(report: TrainingReport): string[] {
  return [
    `${report.model}: ${report.description}`,
    ...(report.segment ? [`Of the segment ${report.segment.name} only: ${report.segment.who}.`] : []),
    ...(report.gate ? ['', ...gateLines(report.gate), ''] : []),
    ...indent(learned(report)),
    ...(report.search ? ['', ...searchLines(report.search)] : []),
    '',
    'What it learned from',
    ...indent(landmarkLines(report)),
    ...indent(partLines(report)),
    '',
    'How good it is on the test part, the most recent one (95 % intervals resample accounts)',
    ...indent(metricLines(report.evaluation)),
    ...(report.evaluation.some(({ set }) => set === 'at_hand_off') ? indent([HAND_OFF_NOTE]) : []),
    ...report.evaluation
      .filter((evaluation) => evaluation.set === 'all_landmarks')
      .flatMap((evaluation) => [
        '',
        'Beside it, on every landmark of the test part',
        ...indent(baselineLines(report.kind, evaluation)),
        '',
        'Does what it says come true?',
        ...indent(reliabilityLines(evaluation)),
        ...indent(calibrationLines(evaluation, report)),
        '',
        'Conversion by band',
        ...indent(bandLines(evaluation)),
      ]),
    ...(report.half_lives ? ['', ...halfLifeLines(report.half_lives)] : []),
    ...(report.effects ? ['', ...effectsLines(report.effects)] : []),
    ...(report.audit ? ['', ...auditLines(report.audit)] : []),
    '',
    ...learnerLines(report),
    ...(report.stages ? ['', stagesLine(report.stages)] : []),
  ]
}

/** What only its learner has to tell. */
function learnerLines(report: TrainingReport): string[] {
  if (report.kind === 'logistic')
    return [
      'Odds ratios: the largest effects that are sure (95 % intervals clustered by account)',
      ...indent(oddsRatioLines(report.odds_ratios.slice(0, SHOWN_ODDS_RATIOS))),
    ]
  return ['Log loss by the number of trees, of the fit that chose it', ...indent(pathLines(report))]
}

function learned(report: TrainingReport): string[] {
  const calibrated = calibrationText(report)
  const model =
    report.kind === 'logistic'
      ? `logistic regression on ${report.columns} columns (numbers as ${NUMBERS[report.numbers]}, penalty strength ${report.strength}: chosen on the validation part),`
      : `${boostingSummary(report)} on ${report.columns} columns, as many as did best on the validation part,`
  return [
    model,
    `fitted on ${count(report.learned_from.rows)} rows of ${count(report.learned_from.subjects)} subjects: what was known when the test part begins; ${calibrated}`,
    report.refit
      ? 'refitted on all usable rows afterwards: the figures below are those of the fit before that'
      : 'not refitted: the model that serves is the one that these figures are of',
    ...(report.learner_choice ? [report.learner_choice.because] : []),
    ...(report.kind === 'logistic' && report.separated
      ? ['the columns tell the fit rows apart without one mistake: look for a column that knows the outcome']
      : []),
  ]
}

function calibrationText({ calibration, not_calibrated_because: because }: TrainingReport): string {
  switch (calibration.kind) {
    case 'identity':
      return `not calibrated: ${because}`
    case 'affine':
      return `calibrated with slope ${calibration.slope.toFixed(3)} and intercept ${calibration.intercept.toFixed(3)}`
    case 'beta':
      return `calibrated by a beta curve, a ${calibration.a.toFixed(3)}, b ${calibration.b.toFixed(3)}, c ${calibration.c.toFixed(3)}`
    case 'isotonic':
      return `calibrated by an isotonic curve of ${calibration.knots.length} knots`
  }
}

/** How sure that is, and why it is calibrated so. */
function calibrationLines(
  { metrics }: EvaluationReport,
  { calibration_choice: choice }: TrainingReport,
): string[] {
  const slope = withInterval(metrics.calibration_slope, metrics.calibration_slope_interval ?? null, 2)
  const error = withInterval(metrics.ece, metrics.ece_interval ?? null, 4)
  return [
    `Slope ${slope}, 1 is calibrated; calibration error ${error}.`,
    ...(choice ? [`Calibration: ${choice.chosen}. On accounts not seen: ${choice.because}.`] : []),
    ...(choice?.interval
      ? [`Intervals of probabilities stand on ${count(choice.interval.accounts)} accounts, one row each.`]
      : []),
  ]
}

const NUMBERS = { curve: 'curves', linear: 'straight lines' } as const

function landmarkLines({ landmarks, left_out: leftOut, cutoff, sampled }: TrainingReport): string[] {
  return [
    `${count(landmarks.usable)} rows before ${cutoff}. No rows: ${count(landmarks.target_reached)} landmarks after the target was reached, ${count(landmarks.lost)} after a loss,`,
    `${count(landmarks.not_elapsed)} whose horizon has not elapsed, ${count(landmarks.not_known)} at which the lead was not known yet.`,
    ...(sampled ? [sampledLine(sampled)] : []),
    `In no part: ${count(leftOut.label_crosses_boundary)} rows whose label crosses a boundary, ${count(leftOut.account_on_other_side)} whose account stands on another side.`,
  ]
}

function sampledLine(sampled: NonNullable<TrainingReport['sampled']>): string {
  const { most, landmarks, of_landmarks: all, accounts, of_accounts: allAccounts } = sampled
  return `Looked at: ${count(landmarks)} of ${count(all)} landmarks, those of ${count(accounts)} accounts drawn from ${count(allAccounts)}; the limit is ${count(most)} landmarks. All figures below are of these.`
}

function partLines({ parts }: TrainingReport): string[] {
  const rows = parts.map((part) => [
    part.name,
    `${part.from.slice(0, 10)} to ${part.until.slice(0, 10)}`,
    count(part.rows),
    count(part.subjects),
    count(part.accounts),
    percent(part.positives / part.rows),
  ])
  const header = ['part', 'landmarks and labels', 'rows', 'subjects', 'accounts', 'reached']
  return textTable([header, ...rows], ['left', 'left', 'right', 'right', 'right', 'right'])
}

function metricLines(evaluations: readonly EvaluationReport[]): string[] {
  const header = [
    '',
    'rows',
    'reached',
    'AUC',
    'avg. precision',
    'log loss',
    'Brier',
    'skill',
    'slope',
    'intercept',
    'ECE',
    'lift top 10 %',
  ]
  const rows = evaluations.map(({ set, metrics }) => [
    SETS[set],
    count(metrics.rows),
    metrics.base_rate === null ? '-' : percent(metrics.base_rate),
    withInterval(metrics.auc, metrics.auc_interval),
    ...figures(metrics),
    fixed(metrics.calibration_slope, 2),
    fixed(metrics.calibration_intercept, 2),
    fixed(metrics.ece, 4),
    fixed(metrics.lift_top_tenth, 2),
  ])
  return textTable([header, ...rows], ['left', ...header.slice(1).map(() => 'right' as const)])
}

function baselineLines(kind: TrainingReport['kind'], { metrics, baselines }: EvaluationReport): string[] {
  const header = ['', 'AUC', 'avg. precision', 'log loss', 'Brier', 'skill', 'AUC lead of the model']
  const own = [LEARNERS[kind], withInterval(metrics.auc, metrics.auc_interval), ...figures(metrics), '']
  const rows = baselines.map(({ name, metrics: other, auc_lead: lead }) => [
    BASELINES[name],
    withInterval(other.auc, other.auc_interval),
    ...figures(other),
    withInterval(lead.difference, lead.interval),
  ])
  return textTable([header, own, ...rows], ['left', ...header.slice(1).map(() => 'right' as const)])
}

function figures(metrics: Metrics): string[] {
  return [
    fixed(metrics.average_precision, 3),
    fixed(metrics.log_loss, 4),
    fixed(metrics.brier, 4),
    metrics.skill === null ? '-' : percent(metrics.skill),
  ]
}

function reliabilityLines({ reliability }: EvaluationReport): string[] {
  const row = (title: string, tell: (bin: EvaluationReport['reliability'][number]) => string): string[] => [
    title,
    ...reliability.map(tell),
  ]
  return textTable(
    [
      row('said', (bin) => percent(bin.mean_probability)),
      row('came', (bin) => percent(bin.rate)),
      row('rows', (bin) => count(bin.rows)),
    ],
    ['left', ...reliability.map(() => 'right' as const)],
  )
}

function bandLines({ bands }: EvaluationReport): string[] {
  const rows = bands.map(({ band, from, to, rows, positives, rate }) => [
    band,
    `${from}-${to}`,
    `${count(rows)} rows`,
    `${count(positives)} reached`,
    rate === null ? '-' : percent(rate),
  ])
  return textTable(rows, ['left', 'left', 'right', 'right', 'right'])
}

function oddsRatioLines(coefficients: readonly CoefficientReport[]): string[] {
  const rows = coefficients.map((coefficient) => [
    coefficientName(coefficient),
    withInterval(coefficient.odds_ratio, coefficient.odds_ratio_interval, 2),
    COMPARED[coefficient.compares],
  ])
  return textTable(rows, ['left', 'right', 'left'])
}
