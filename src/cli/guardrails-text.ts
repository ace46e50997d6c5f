/** A backtest of guardrails for people. */
import { numberText } from '../features/wording.ts'
import type { Conversion, GuardrailsBacktest, RuleFigures } from '../scoring/backtest/backtest-report.ts'
import type { ChangedLead, ComparedVerdict } from '../scoring/backtest/compare-verdicts.ts'

/** Leads of a comparison that have a line of their own. */
const SHOWN_LEADS = 20

export function backtestLines(found: GuardrailsBacktest): string[] {
  return [headLine(found), '', ...ruleLines(found), ...totalLines(found), ...noteLines(found)]
}

/** The changed file, each of its figures beside the one of the file in force; then lead by lead. */
export function changeLines(
  before: GuardrailsBacktest,
  after: GuardrailsBacktest,
  changed: readonly ChangedLead[],
): string[] {
  const ids = new Set(after.rules.map(({ id }) => id))
  const gone = before.rules.filter(({ id }) => !ids.has(id))
  return [
    headLine(after),
    '',
    ...ruleLines(after),
    ...gone.flatMap((rule) => [`${rule.id}: not in the changed file`, '']),
    'In force',
    ...totalLines(before),
    'Changed file',
    ...totalLines(after),
    ...noteLines(after),
    '',
    `${numberText(changed.length)} of ${numberText(after.leads)} leads are told something else as of ${after.until}`,
    ...changed
      .slice(0, SHOWN_LEADS)
      .map(
        ({ lead_id, before, after }) =>
          `  ${lead_id.padEnd(14)}${verdictText(before)} -> ${verdictText(after)}`,
      ),
    ...(changed.length > SHOWN_LEADS
      ? [`  and ${numberText(changed.length - SHOWN_LEADS)} more (all of them with --json)`]
      : []),
  ]
}

function headLine(found: GuardrailsBacktest): string {
  const { leads, sampled, won_deals, currency, revenue, revenue_unconverted, until, horizon_days } = found
  const worth = moneyText(currency, revenue, revenue_unconverted)
  return `${numberText(leads)} leads${sampled ? ' (a sample)' : ''}, ${numberText(won_deals)} won deals worth ${worth}, up to ${until}; won within ${horizon_days} days`
}

function ruleLines({ rules, currency }: GuardrailsBacktest): string[] {
  return rules.flatMap((rule) => [
    `${rule.id} (${rule.action})`,
    ...figureLines(rule, rule.action, currency),
    '',
  ])
}

function totalLines({ disqualified, currency }: GuardrailsBacktest): string[] {
  return ['all that disqualify, together', ...figureLines(disqualified, 'disqualify', currency), '']
}

/** `1,058,000 EUR, beside 300 CHF`: what has no rate is never added. */
function moneyText(
  currency: string | null,
  amount: number,
  unconverted: Readonly<Record<string, number>>,
): string {
  const text = (money: number, unit: string | null): string =>
    `${numberText(Math.round(money))}${unit === null ? '' : ` ${unit}`}`
  const apart = Object.entries(unconverted).map(([unit, money]) => text(money, unit))
  return `${text(amount, currency)}${apart.length > 0 ? `, beside ${apart.join(' and ')}` : ''}`
}

const WOULD: Readonly<Record<string, string>> = {
  disqualify: 'would have cost',
  review: 'would have held up',
  cap: 'would have capped',
  raise: 'would have raised',
  exclude: 'would have kept from a channel',
}

function figureLines(
  { stopped, rest, won_deals: deals }: RuleFigures,
  action: string,
  currency: string | null,
): string[] {
  if (stopped.leads === 0 && deals.lost === 0 && deals.touched === 0) return ['  held for nobody']
  const alone = action === 'disqualify' && deals.lost_by_this_alone < deals.lost
  const examples = deals.examples.slice(0, 3).join(', ')
  return [
    `  ${numberText(stopped.leads)} leads, of whom ${conversionText(stopped)}; of the others ${conversionText(rest)}`,
    `  ${WOULD[action] ?? 'held for'} ${numberText(deals.lost)} of ${numberText(deals.judged)} won deals, worth ${moneyText(currency, deals.revenue_lost, deals.revenue_lost_unconverted)}${
      alone ? ` (${numberText(deals.lost_by_this_alone)} by this rule alone)` : ''
    }${deals.touched > 0 ? `; held for some of the contacts of ${numberText(deals.touched)} more` : ''}${
      examples ? `: ${examples}${deals.lost > 3 ? ', ...' : ''}` : ''
    }`,
  ]
}

function conversionText({ rate, interval, won }: Conversion): string {
  if (rate === null || interval === null) return 'none were left'
  return `${numberText(won)} won: ${percent(rate)} (${percent(interval[0])} to ${percent(interval[1])})`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.01 ? 2 : 1)} %`
}

function noteLines({ notes }: GuardrailsBacktest): string[] {
  return notes.map((note) => `Note: ${note}`)
}

function verdictText({ status, cap, raise, excluded_channels: channels, rules }: ComparedVerdict): string {
  const parts = [
    status,
    ...(cap === null ? [] : [`at most ${cap}`]),
    ...(raise === null ? [] : [`at least ${raise}`]),
    ...(channels.length > 0 ? [`not by ${channels.join(', ')}`] : []),
  ]
  return `${parts.join(', ')}${rules.length > 0 ? ` (${rules.join(', ')})` : ''}`
}
