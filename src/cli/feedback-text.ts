/** Feedback, overrides and their report for people on a terminal. */
import { fixed, indent, percent } from '../../training/report/figures.ts'
import { textTable } from '../../training/report/text-table.ts'
import { countText, numberText } from '../features/wording.ts'
import type { FeedbackReport } from '../jobs/feedback/report.ts'
import type { CycleFigures } from '../jobs/feedback/sales-cycles.ts'
import type { Share } from '../jobs/feedback/share.ts'
import type { shownFeedback, shownOverride } from '../server/shown-feedback.ts'
import { durationText, printable } from './lead-page.ts'

export function feedbackLine(feedback: ReturnType<typeof shownFeedback>): string {
  const { kind, reason, comment, correction, by, occurred_at: at, seen } = feedback
  const what = correction
    ? `${kind} ${correction.of === 'account' ? 'account ' : ''}${correction.trait}: ${JSON.stringify(correction.value)}`
    : `${kind}${reason === null ? '' : ` (${reason})`}`
  const saw = seen
    ? `saw ${seen.score} ${seen.decision_band} of ${seen.model} ${seen.version}`
    : 'saw no score'
  return printable(`${at}  ${what}, by ${by}, who ${saw}${comment === null ? '' : `: ${comment}`}`)
}

export function overrideLine(override: ReturnType<typeof shownOverride>): string {
  const { status, reason, set_by, set_at, expires_at, ended_at, ended_by } = override
  const end = ended_at === null ? '' : `, ended at ${ended_at} by ${ended_by}`
  const until = expires_at === null ? '' : ` until ${expires_at}`
  return printable(`${set_at}  verdict by hand: ${status}${until}, by ${set_by}${end}: ${reason}`)
}

/** @param labels Of reasons, by name. */
export function feedbackReportLines(report: FeedbackReport, labels: ReadonlyMap<string, string>): string[] {
  return [
    `What came of the scores of ${report.model}, as of ${report.as_of}`,
    ...judgementLines(report, labels),
    ...correctionLines(report),
    ...responseLines(report),
    ...stageLines(report),
    ...cycleLines(report),
    ...report.notes.flatMap((note) => ['', note]),
  ]
}

function judgementLines(
  { judgements, window_days }: FeedbackReport,
  labels: ReadonlyMap<string, string>,
): string[] {
  if (judgements.length === 0) return []
  const rows = judgements.map(({ band, rejected, reasons }) => [
    band ?? 'no score',
    `${rejected.count} of ${rejected.of}`,
    shareText(rejected),
    reasons
      .slice(0, 3)
      .map(({ reason, count }) => `${count} ${labels.get(reason) ?? reason}`)
      .join('; '),
  ])
  return [
    '',
    `Rejected by sales, of the leads accepted or rejected in ${window_days} days, by the band that was seen`,
    ...indent(textTable(rows, ['left', 'right', 'left', 'left'])),
  ]
}

function correctionLines({ corrections }: FeedbackReport): string[] {
  if (corrections.length === 0) return []
  const said = corrections
    .slice(0, 8)
    .map(({ of, trait, count }) => `${count} ${of === 'account' ? 'account ' : ''}${trait}`)
  return ['', `Traits corrected: ${said.join(', ')}`]
}

function responseLines({ responses, window_days }: FeedbackReport): string[] {
  if (responses.every(({ entered }) => entered === 0)) return []
  const rows = responses.map(
    ({ band, respond_within, entered, pending, withdrawn, in_time, median_hours }) => [
      band,
      `within ${durationText(respond_within)}`,
      `${numberText(in_time.count)} of ${numberText(in_time.of)}`,
      shareText(in_time),
      median_hours === null ? 'median: none' : `median ${numberText(median_hours)} h`,
      `${numberText(entered)} entered, ${numberText(pending)} pending, ${numberText(withdrawn)} withdrawn`,
    ],
  )
  return [
    '',
    `Responded to in time, of the leads that came into a band in ${window_days} days and were due`,
    ...indent(textTable(rows, ['left', 'left', 'right', 'left', 'right', 'left'])),
  ]
}

function stageLines({ stages, hand_off, horizon_days }: FeedbackReport): string[] {
  const { leads, figures } = stages
  if (leads.above + leads.below + leads.outside === 0) return []
  const rows = figures.map(({ stage, above, below, all, lift }) => [
    stage.replaceAll('_', ' '),
    shareText(above),
    shareText(below),
    shareText(all),
    lift === null ? '' : fixed(lift, 2),
  ])
  return [
    '',
    `Reached within ${horizon_days} days, by where the lead stood between ${stages.from} and ${stages.until}`,
    ...indent(
      textTable(
        [
          [
            '',
            `above the line${hand_off === null ? '' : ` (${hand_off} and up)`}`,
            'below',
            'of all',
            'above / all',
          ],
          ...rows,
        ],
        ['left', 'left', 'left', 'left', 'right'],
      ),
    ),
    `  ${countText(leads.above, 'lead')} above, ${numberText(leads.below)} below, ${numberText(leads.outside)} disqualified or in review`,
  ]
}

function cycleLines({ sales_cycle, horizon_days }: FeedbackReport): string[] {
  if (!sales_cycle) return []
  const { began, days, before, after } = sales_cycle
  const row = (when: string, { won, median_days, interval_days }: CycleFigures): string[] => [
    when,
    median_days === null
      ? '-'
      : `${fixed(median_days, 1)} days${interval_days ? ` (${interval_days.map((day) => day.toFixed(1)).join(' to ')})` : ''}`,
    `${numberText(won.count)} won of ${numberText(won.of)} opened`,
    shareText(won),
  ]
  return [
    '',
    `From opening to winning, of deals won within ${horizon_days} days, opened within ${countText(days, 'day')} of ${began}`,
    ...indent(
      textTable([row('before', before), row('after, scored', after)], ['left', 'left', 'right', 'left']),
    ),
  ]
}

function shareText({ share, interval }: Share): string {
  if (share === null || interval === null) return '-'
  return `${percent(share)} (${percent(interval[0])} to ${percent(interval[1])})`
}
