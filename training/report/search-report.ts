/** What a search tried and found. In snake_case: what goes into a report as it is. No clock: time shows only in what ended it. */
import { stringify } from 'yaml'
import type { BoostingSettings } from '../../src/features/boosting-settings.ts'
import { numberText as count } from '../../src/features/wording.ts'
import { textTable } from './text-table.ts'

export interface SearchReport {
  /** Of the draw. */
  readonly seed: number
  /** time, interrupt: it depends on the machine how far it came. all_tried: the same seed and rows give the same again. */
  readonly ended_by: 'all_tried' | 'no_folds' | 'time' | 'interrupt'
  /** Settings drawn, beside the defaults. */
  readonly candidates: number
  /** Rows that each fold judges. In order of time the latest fold comes first. */
  readonly folds: { readonly order: 'time' | 'mixed'; readonly rows: readonly number[] }
  /** Those begun. `candidates` counts the defaults too, which stay in every one. */
  readonly rungs: readonly { readonly folds: number; readonly candidates: number }[]
  /** The best found against the best of the defaults, on the rows that both were judged on; null when none was judged. */
  readonly compared: {
    readonly rows: number
    readonly accounts: number
    readonly defaults_log_loss: number
    readonly found_log_loss: number
    /** Defaults minus found: above 0 what was found is better. */
    readonly difference: number
    /** Clustered by account; null with a single one. */
    readonly standard_error: number | null
  } | null
  readonly kept: 'found' | 'defaults'
  /** In words. */
  readonly because: string
  /** Of the best found, whether or not they were kept; null when none was judged. */
  readonly settings: BoostingSettings | null
  /** The defaults first, then what was drawn, as far as it was judged. */
  readonly tried: readonly {
    readonly settings: BoostingSettings
    readonly folds: number
    readonly log_loss: number
  }[]
}

const ENDED: Readonly<Record<SearchReport['ended_by'], string>> = {
  all_tried: 'all were tried',
  time: 'the time was over: with more time, or on another machine, it may find others',
  no_folds: 'none was tried',
  interrupt: 'ended by Ctrl-C: run to its end it may find others',
}

/** What to write into a definition, to learn so again without a search. */
export function boostingBlock(settings: BoostingSettings): string {
  return stringify({ boosting: settings }).trimEnd()
}

export function searchLines(report: SearchReport): string[] {
  const { folds, rungs, candidates, settings, kept } = report
  const order = folds.order === 'time' ? 'in order of time' : 'mixed'
  const judged = rungs.map((rung) => [count(rung.candidates), 'on', foldsText(rung.folds)])
  return [
    `Search: ${count(candidates)} settings drawn, beside the defaults; ${foldsText(folds.rows.length)} ${order}, which judge ${count(folds.rows.reduce((sum, rows) => sum + rows, 0))} rows; ${ENDED[report.ended_by]}.`,
    ...textTable(judged, ['right', 'left', 'left']).map((line) => `  ${line}`),
    `  ${report.because}`,
    ...(settings && kept === 'found'
      ? [
          '  In a definition, to learn the same again without a search:',
          ...boostingBlock(settings)
            .split('\n')
            .map((line) => `    ${line}`),
        ]
      : []),
  ]
}

function foldsText(folds: number): string {
  return `${folds} ${folds === 1 ? 'fold' : 'folds'}`
}
