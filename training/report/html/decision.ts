/** The decision in words, and the figures that it stands on. */
import { numberText as count } from '../../../src/features/wording.ts'
import { fixed, percent } from '../figures.ts'
import type { GateCheck, GateReport } from '../gate-report.ts'
import { CHECK_NAMES, DECISIONS } from '../gate-text.ts'
import type { EvaluationReport, TrainingReport } from '../model-report.ts'
import { html, type Markup } from './markup.ts'
import { badge, capitalised } from './parts.ts'

const TONES = { pass: 'good', by_hand: 'look', refuse: 'bad' } as const

const BASES = {
  champion: 'the champion',
  rubric: 'the rubric',
  base_rate: 'the base rate',
} as const

export function decisionPart({ gate }: TrainingReport): Markup | null {
  if (!gate) return null
  return html`<section id="decision" class="decision ${TONES[gate.verdict]}">
<h2>Decision: ${DECISIONS[gate.verdict].replace(/\.$/, '')}</h2>
<p class="lead">${summary(gate.checks)}</p>
<p class="note">${comparedText(gate)}</p>
<ul class="checks">${gate.checks.map(checkItem)}</ul>
</section>`
}

/** What did not pass, by name; each check tells the rest below. */
function summary(checks: readonly GateCheck[]): string {
  const named = (wanted: false | null): string =>
    checks
      .filter(({ passed }) => passed === wanted)
      .map(({ id }) => CHECK_NAMES[id])
      .join(', ')
  const [failed, open] = [named(false), named(null)]
  if (failed === '' && open === '') return `All ${checks.length} checks passed.`
  const passed = checks.filter((check) => check.passed).length
  return [
    `${passed} of ${checks.length} checks passed.`,
    failed && `Not passed: ${failed}.`,
    open && `Could not be asked: ${open}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function comparedText({ against: { basis, version, without, rows, accounts } }: GateReport): string {
  const others = without?.map((other) => `version ${other.version} for ${other.segment ?? 'everyone'}`)
  const serving =
    basis !== 'champion'
      ? BASES[basis]
      : version !== null
        ? `${BASES[basis]}, version ${version},`
        : `what scores its leads without it, ${others?.join(' and ')},`
  return `Compared with ${serving} on ${count(rows)} rows of ${count(accounts)} accounts that neither has learned from.`
}

function checkItem(check: GateCheck): Markup {
  const figure = measured(check)
  return html`<li>${outcome(check)}<div><b>${capitalised(CHECK_NAMES[check.id])}</b><p>${check.text}</p><p class="note">${figure === null ? null : `Measured: ${figure}. `}Limit: ${check.limit}.</p></div></li>`
}

function outcome({ passed }: GateCheck): Markup {
  if (passed === null) return badge('not asked', 'plain')
  return passed ? badge('passed', 'good') : badge('not passed', 'bad')
}

function measured({ figure, interval }: GateCheck): string | null {
  if (figure === null) return null
  const digits = Number.isInteger(figure) && interval === null ? 0 : 4
  if (interval === null) return figure.toFixed(digits)
  return `${figure.toFixed(digits)} (${interval[0].toFixed(digits)} to ${interval[1].toFixed(digits)})`
}

/** The figures that are asked for first. */
export function keyFigures(evaluation: EvaluationReport | undefined): Markup | null {
  if (!evaluation) return null
  const { metrics } = evaluation
  const interval = (ends: readonly [number, number] | null | undefined, digits: number): string =>
    ends ? `${ends[0].toFixed(digits)} to ${ends[1].toFixed(digits)}` : ''
  const tiles: readonly (readonly [name: string, value: string, note: string])[] = [
    ['AUC', fixed(metrics.auc, 3), interval(metrics.auc_interval, 3)],
    [
      'log loss',
      fixed(metrics.log_loss, 4),
      metrics.skill === null ? '' : `${percent(metrics.skill)} less than the base rate`,
    ],
    [
      'calibration slope',
      fixed(metrics.calibration_slope, 2),
      interval(metrics.calibration_slope_interval, 2),
    ],
    ['calibration error', fixed(metrics.ece, 4), interval(metrics.ece_interval, 4)],
    ['lift of the top 10 %', fixed(metrics.lift_top_tenth, 2), 'times the base rate'],
    [
      'base rate',
      metrics.base_rate === null ? '-' : percent(metrics.base_rate),
      `${count(metrics.positives)} of ${count(metrics.rows)} rows`,
    ],
  ]
  return html`<dl class="tiles">${tiles.map(
    ([name, value, note]) => html`<div><dt>${name}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`,
  )}</dl>`
}
