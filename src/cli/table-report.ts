/** The report of `fit-table` for people: plain text that fits a terminal. */
import { auditLines } from '../../training/report/audit-text.ts'
import { effectsLines } from '../../training/report/effects-text.ts'
import { searchLines } from '../../training/report/search-report.ts'
import type { TableReport } from '../../training/table/report.ts'
import { printable } from './lead-page.ts'

const SHOWN_ODDS_RATIOS = 12

export function renderTableReport(report: TableReport, seconds: number): string {
  return [
    ...heading(report),
    ...search(report),
    '',
    ...figures(report),
    '',
    ...reliability(report),
    '',
    ...effectsLines(report.effects),
    '',
    ...(report.odds_ratios ? [...oddsRatios(report.odds_ratios), ''] : []),
    ...auditLines(report.audit),
    '',
    ...columns(report),
    '',
    `${seconds.toFixed(1)} s`,
  ]
    .map(printable)
    .join('\n')
}

function heading(report: TableReport): string[] {
  const { file, target, positive, rows, positives, learner, evaluation, boosting } = report
  const { learner_choice: choice } = report
  const how =
    evaluation.method === 'folds'
      ? `${evaluation.folds} stratified folds, seed ${evaluation.seed}`
      : `split in order of ${evaluation.by === 'file' ? 'the file' : 'time'}: ${Object.entries(
          evaluation.parts,
        )
          .map(([part, count]) => `${part} ${count.rows} (${count.positives} reached)`)
          .join(', ')}`
  return [
    `${file}: ${rows} rows, ${positives} (${percent(positives / rows)}) reached ${target} = ${positive}`,
    `learner ${learner}${boosting ? ` of ${boosting.trees} trees with ${boosting.leaves} leaves` : ''}, ${how}`,
    ...(choice ? [choice.because] : []),
    ...(evaluation.method === 'order'
      ? [`calibration: ${evaluation.calibration.choice.chosen}; ${evaluation.calibration.choice.because}`]
      : []),
    ...(evaluation.method === 'folds' && choice ? [`by fold: ${evaluation.learner_by_fold.join(', ')}`] : []),
    `figures ${evaluation.figures}`,
  ]
}

function search({ search: found, evaluation }: TableReport): string[] {
  if (!found) return []
  const byFold = evaluation.method === 'folds' ? (evaluation.search_by_fold ?? []) : []
  return [
    '',
    ...searchLines(found),
    ...(byFold.length === 0
      ? []
      : [
          `  The figures are of searches that each saw only what their fold learns from. They kept: ${byFold.map(({ kept }) => kept).join(', ')}.`,
        ]),
  ]
}

function figures({ metrics, baseline }: TableReport): string[] {
  const [low, high] = metrics.auc_interval ?? [null, null]
  return table([
    ['', 'model', 'naive Bayes', 'base rate'],
    ['AUC', fixed(metrics.auc), fixed(baseline.naive_bayes.auc), fixed(metrics.auc === null ? null : 0.5)],
    ['  95 % interval', metrics.auc_interval ? `${fixed(low)} .. ${fixed(high)}` : '-'],
    ['log loss', fixed(metrics.log_loss), fixed(baseline.naive_bayes.log_loss), fixed(baseline.log_loss)],
    ['Brier score', fixed(metrics.brier)],
    ['average precision', fixed(metrics.average_precision), '', fixed(metrics.base_rate)],
    ['skill against the base rate', fixed(metrics.skill)],
    [
      'calibration slope, intercept',
      `${fixed(metrics.calibration_slope)}, ${fixed(metrics.calibration_intercept)}`,
    ],
    ...ofInterval('  95 % interval of the slope', metrics.calibration_slope_interval),
    ['expected calibration error', fixed(metrics.ece)],
    ...ofInterval('  95 % interval', metrics.ece_interval),
    ['lift of the top tenth', metrics.lift_top_tenth === null ? '-' : metrics.lift_top_tenth.toFixed(2)],
  ])
}

function ofInterval(title: string, interval: TableReport['metrics']['ece_interval']): string[][] {
  return interval ? [[title, `${fixed(interval[0])} .. ${fixed(interval[1])}`]] : []
}

function reliability({ reliability: bins }: TableReport): string[] {
  const rows = bins.map((bin) => [
    `${percent(bin.low)} .. ${percent(bin.high)}`,
    percent(bin.mean_probability),
    percent(bin.rate),
    String(bin.rows),
  ])
  return table([['probability', 'said', 'seen', 'rows'], ...rows])
}

function oddsRatios(all: NonNullable<TableReport['odds_ratios']>): string[] {
  const compares = {
    standard_deviation: 'one standard deviation more',
    yes_no: 'yes against no',
    average: 'against the average row',
  }
  const rows = all.slice(0, SHOWN_ODDS_RATIOS).map((entry) => {
    const [low, high] = entry.odds_ratio_interval ?? [null, null]
    const what = entry.missing ? ' is missing' : entry.category === null ? '' : ` = ${entry.category}`
    const interval = low === null || high === null ? '-' : `${low.toFixed(2)} .. ${high.toFixed(2)}`
    return [`${entry.column}${what}`, entry.odds_ratio.toFixed(2), interval, compares[entry.compares]]
  })
  return table([[`strongest of ${all.length} odds ratios`, '', '95 % interval', ''], ...rows])
}

function columns({ columns_left_out: leftOut, notices }: TableReport): string[] {
  return [
    ...leftOut.map(({ column, because }) => `Not used: "${column}": ${because}.`),
    ...notices.map((notice) => `Note: ${notice}`),
  ]
}

/** Left-aligned columns, as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [c, cell] of row.entries()) widths[c] = Math.max(widths[c] ?? 0, cell.length)
  return rows.map((row) =>
    row
      .map((cell, c) => cell.padEnd(widths[c] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function fixed(value: number | null): string {
  return value === null ? '-' : value.toFixed(4)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
