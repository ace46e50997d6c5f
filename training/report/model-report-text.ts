/** A training report for the terminal: short, and with what speaks against the model. */
import { numberText as count } from '../../src/features/wording.ts'
import type { Metrics } from '../evaluate/metrics.ts'
import type { CoefficientReport } from '../logistic/coefficients.ts'
import { boostingSummary, pathLines } from './boosting-text.ts'
import { effectsLines } from './effects-text.ts'
import { indent, percent } from './figures.ts'
import type { EvaluationReport, TrainingReport } from './model-report.ts'
import { searchLines } from './search-report.ts'
import { textTable } from './text-table.ts'

const SETS: Readonly<Record<EvaluationReport['set'], string>> = {
  all_landmarks: 'every landmark',
  at_entry: 'at entry',
  at_hand_off: 'at hand-off (deal opened)',
  on_a_random_day: 'on a random day',
}

const LEARNERS = { logistic: 'logistic regression', boosting: 'boosting' } as const

const BASELINES = {
  base_rate: 'base rate',
  naive_bayes: 'naive Bayes',
  rubric: 'rubric',
  ...LEARNERS,
} as const

const HAND_OFF_NOTE =
  'At hand-off somebody has just opened a deal, which is no column: read the order of the scores there, not their level.'

/** Odds ratios that are shown; the report holds more. */
const SHOWN_ODDS_RATIOS = 10

export function modelReportLines(report: TrainingReport): string[] {
  return [
    `${report.model}: ${report.description}`,
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
        '',
        'Conversion by band',
        ...indent(bandLines(evaluation)),
      ]),
    ...(report.effects ? ['', ...effectsLines(report.effects)] : []),
    '',
    ...learnerLines(report),
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
  const { calibration } = report
  const calibrated =
    calibration.kind === 'affine'
      ? `calibrated with slope ${calibration.slope.toFixed(3)} and intercept ${calibration.intercept.toFixed(3)}`
      : `not calibrated: ${report.not_calibrated_because}`
  const model =
    report.kind === 'logistic'
      ? `logistic regression on ${report.columns} columns (numbers as ${NUMBERS[report.numbers]}, penalty strength ${report.strength}: chosen on the validation part),`
      : `${boostingSummary(report)} on ${report.columns} columns, as many as did best on the validation part,`
  return [
    model,
    `fitted on ${count(report.learned_from.rows)} rows of ${count(report.learned_from.subjects)} subjects: what was known when the calibration part begins; ${calibrated}`,
    report.refit
      ? 'refitted on all usable rows afterwards: the figures below are those of the fit before that'
      : 'not refitted: the model that serves is the one that these figures are of',
    ...(report.learner_choice ? [report.learner_choice.because] : []),
    ...(report.kind === 'logistic' && report.separated
      ? ['the columns tell the fit rows apart without one mistake: look for a column that knows the outcome']
      : []),
  ]
}

const NUMBERS = { curve: 'curves', linear: 'straight lines' } as const

function landmarkLines({ landmarks, left_out: leftOut, cutoff }: TrainingReport): string[] {
  return [
    `${count(landmarks.usable)} rows before ${cutoff}. No rows: ${count(landmarks.target_reached)} landmarks after the target was reached, ${count(landmarks.lost)} after a loss,`,
    `${count(landmarks.not_elapsed)} whose horizon has not elapsed, ${count(landmarks.not_known)} at which the lead was not known yet.`,
    `In no part: ${count(leftOut.label_crosses_boundary)} rows whose label crosses a boundary, ${count(leftOut.account_on_other_side)} whose account stands on another side.`,
  ]
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

const COMPARED: Readonly<Record<CoefficientReport['compares'], string>> = {
  standard_deviation: 'one standard deviation more',
  yes_no: 'yes against no',
  average: 'against the average',
}

function coefficientName({ column, category, missing }: CoefficientReport): string {
  if (missing) return `${column} not known`
  return category === null ? column : `${column} = ${category}`
}

function withInterval(value: number | null, interval: readonly [number, number] | null, digits = 3): string {
  if (value === null) return '-'
  if (interval === null) return value.toFixed(digits)
  return `${value.toFixed(digits)} (${interval[0].toFixed(digits)} to ${interval[1].toFixed(digits)})`
}

function fixed(value: number | null, digits: number): string {
  return value === null ? '-' : value.toFixed(digits)
}
