/** Points that history suggests for a rubric, the old beside the new, as plain data and in words. */
import { numberText as count } from '../../src/features/wording.ts'
import { percent, withInterval } from './figures.ts'
import { textTable } from './text-table.ts'

interface JudgedCard {
  /** Of the points. */
  readonly auc: number
  readonly auc_interval: readonly [number, number] | null
  /** Of probabilities by Platt's line through the calibration part. */
  readonly log_loss: number
}

export interface RubricSuggestion {
  readonly format: 'wonlost.rubric_suggestion'
  readonly format_version: 1
  readonly model: string
  readonly cutoff: string
  /** Outcomes known until then made the points. */
  readonly learned_until: string
  readonly rows: number
  readonly accounts: number
  readonly subjects: { readonly reached: number; readonly not_reached: number }
  /** Share that got there, an account counted once. */
  readonly average: number
  readonly base_points: { readonly old: number; readonly new: number }
  readonly rules: readonly {
    readonly rule: string
    /** That have it at any of their rows. */
    readonly accounts: number
    /** null without any account. */
    readonly rate: number | null
    readonly interval: readonly [number, number] | null
    /** Of the average; for what is new to the card, what all other rules say of those who have it. */
    readonly expected: number
    /** Smoothed log-odds against what was expected. */
    readonly weight_of_evidence: number
    /** At most; null for what is new to the card. */
    readonly old: number | null
    /** null: too little data, the old ones stay. 0: left out. */
    readonly new: number | null
    readonly may_be_chance: boolean
  }[]
  /** Both cards on rows that came later, of other accounts; a sentence where there are none. */
  readonly judged:
    | {
        readonly since: string
        readonly rows: number
        readonly accounts: number
        readonly old: JudgedCard
        readonly new: JudgedCard
        /** Log loss, new - old: below 0 the new card is better. 95 %, accounts resampled. */
        readonly difference: number
        readonly interval: readonly [number, number] | null
      }
    | string
  /** The new card. */
  readonly yaml: string
}

export function rubricSuggestionLines(report: RubricSuggestion): string[] {
  const { subjects, base_points: base } = report
  const rows = report.rules.map((rule) => [
    rule.rule,
    count(rule.accounts),
    rule.rate === null ? '-' : percent(rule.rate),
    rule.interval === null
      ? ''
      : `${(100 * rule.interval[0]).toFixed(1)} to ${(100 * rule.interval[1]).toFixed(1)}`,
    rule.old === null ? '' : signed(rule.old),
    rule.new === null ? '' : signed(rule.new),
    remark(rule),
  ])
  return [
    `Points for ${report.model} from outcomes known until ${report.learned_until}: ${count(report.rows)} rows of ${count(report.accounts)} accounts, ${count(subjects.reached)} subjects that reached the target and ${count(subjects.not_reached)} that did not.`,
    `Each account counts once; ${percent(report.average)} got there on average. Ten points double the odds, and 50 are the average.`,
    '',
    ...textTable(
      [
        ['rule', 'accounts', 'reached', '95 %', 'old', 'new', ''],
        ['base_points', '', '', '', String(base.old), String(base.new), ''],
        ...rows,
      ],
      ['left', 'right', 'right', 'left', 'right', 'right', 'left'],
    ),
    '',
    ...judgedLines(report.judged),
  ]
}

function judgedLines(judged: RubricSuggestion['judged']): string[] {
  if (typeof judged === 'string') return [judged]
  const { old, new: suggested, difference, interval } = judged
  const card = (name: string, { auc, auc_interval, log_loss }: JudgedCard): string[] => [
    name,
    withInterval(auc, auc_interval),
    log_loss.toFixed(4),
  ]
  return [
    `Both cards on ${count(judged.rows)} rows of ${count(judged.accounts)} other accounts, since ${judged.since}, put on the probability scale alike:`,
    ...textTable(
      [['', 'AUC', 'log loss'], card('  old', old), card('  new', suggested)],
      ['left', 'left', 'right'],
    ),
    conclusion(difference, interval),
  ]
}

function conclusion(difference: number, interval: readonly [number, number] | null): string {
  const size = `log loss ${difference < 0 ? 'lower' : 'higher'} by ${Math.abs(difference).toFixed(4)}`
  if (interval === null) return `The new card: ${size}; a single account does not say how sure that is.`
  const range = `(${interval[0].toFixed(4)} to ${interval[1].toFixed(4)})`
  if (interval[1] < 0) return `The new card is better by more than the noise: ${size} ${range}.`
  if (interval[0] > 0)
    return `The new card is worse by more than the noise: ${size} ${range}. Keep the old one.`
  return `Neither card is better by more than the noise: ${size} ${range}.`
}

function remark(rule: RubricSuggestion['rules'][number]): string {
  if (rule.new === null) return 'too little data: as it was'
  if (rule.old === null) return `new: the other rules say ${percent(rule.expected)}`
  if (rule.new === 0) return 'left out'
  return rule.may_be_chance ? 'perhaps by chance' : ''
}

function signed(points: number): string {
  return points > 0 ? `+${count(points)}` : count(points)
}
