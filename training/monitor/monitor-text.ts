/** What the monitor found, for the terminal: what was crossed and what to do first, then the figures. */
import { countText, numberText } from '../../src/features/wording.ts'
import { modelTitle } from '../../src/glossary.ts'
import { indent, percent } from '../report/figures.ts'
import { textTable } from '../report/text-table.ts'
import type {
  BandComparison,
  DriftFigure,
  DriftReport,
  MonitorReport,
  OutcomesReport,
} from './monitor-report.ts'

/** Columns that are shown of a set; --json holds all. */
const SHOWN_COLUMNS = 8

export function monitorLines(report: MonitorReport): string[] {
  const { model: name, segment, version, kind, as_of: asOf, window_days: days, reference, crossed } = report
  return [
    `${modelTitle({ name, segment })} version ${version} (${kind}): ${report.because}`,
    ...indent([
      `Leads of the ${days} days before ${asOf}${reference ? `, against those of ${reference.from.slice(0, 10)} to ${reference.until.slice(0, 10)}` : ''}.`,
      ...crossed.map(({ text, allowed }) => `- ${text} Allowed: ${allowed}.`),
      report.retrain.text,
      ...(report.verdict === 'too_little' ? [] : report.not_watched.map((text) => `Not watched: ${text}`)),
    ]),
    ...section('New leads a week', volumeLines(report)),
    ...report.drift.flatMap((set) => section(driftTitle(set), driftLines(set))),
    ...section(
      'What came true since, of what was said',
      report.outcomes ? outcomeLines(report.outcomes) : [],
    ),
  ]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...indent(lines)]
}

function volumeLines({ volume }: MonitorReport): string[] {
  if (!volume) return []
  const { weeks, per_week: now, reference_per_week: then } = volume
  return [
    `${numberText(Math.round(now))}, in training ${numberText(Math.round(then))}; week by week: ${weeks.map(numberText).join(', ')}`,
  ]
}

const TITLES = { at_entry: 'At entry', later: 'At a later landmark' } as const

function driftTitle({ set, rows, accounts, reference_rows: before }: DriftReport): string {
  return `${TITLES[set]}: ${countText(rows, 'lead')} of ${countText(accounts, 'account')}, against ${numberText(before)}`
}

function driftLines({ score, columns }: DriftReport): string[] {
  const row = ({ column, psi, psi_by_chance: chance, q_value: q, missing }: DriftFigure): string[] => [
    column,
    psi.toFixed(3),
    chance.toFixed(3),
    q < 0.001 ? '< 0.001' : q.toFixed(3),
    missing ? `${percent(missing.reference)} to ${percent(missing.now)}` : '',
  ]
  return textTable(
    [['', 'PSI', 'by chance', 'q', 'missing'], row(score), ...columns.slice(0, SHOWN_COLUMNS).map(row)],
    ['left', 'right', 'right', 'right', 'right'],
  )
}

function outcomeLines({
  all,
  bands,
  metrics,
  reference_auc: before,
  rows,
  accounts,
}: OutcomesReport): string[] {
  const row = (one: BandComparison): string[] => [
    one.band,
    numberText(one.rows),
    numberText(one.positives),
    one.rate === null ? '-' : percent(one.rate),
    one.expected === null ? '-' : numberText(Math.round(one.expected)),
    one.ratio === null ? '-' : one.ratio.toFixed(2),
    one.reference_ratio === null ? '-' : one.reference_ratio.toFixed(2),
  ]
  const auc = metrics?.auc
  return [
    ...textTable(
      [['', 'rows', 'reached', 'rate', 'said', 'ratio', 'on the test part'], ...[...bands, all].map(row)],
      ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    ),
    `${countText(rows, 'row')} of ${countText(accounts, 'account')}${auc == null ? '' : `; AUC ${auc.toFixed(3)}${before === null ? '' : `, on the test part ${before.toFixed(3)}`}`}`,
  ]
}
