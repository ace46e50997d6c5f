/** Half-lives for the terminal: how long each type of event counts, and how sure that is. */
import { numberText } from '../../src/features/wording.ts'
import { indent } from './figures.ts'
import type { EventHalfLife, HalfLifeReport } from './half-life-report.ts'
import { textTable } from './text-table.ts'

export function halfLifeLines(report: HalfLifeReport): string[] {
  const { prior_days: prior, rows, cases, lost = 0, share = null, events } = report
  const header = ['', 'half-life', '90 % interval', 'adds', '']
  const table = events.map((event) => [
    event.feature,
    daysText(event.half_life_days),
    event.interval_days ? `${daysText(event.interval_days[0])} to ${daysText(event.interval_days[1])}` : '-',
    event.weight === null ? '-' : `${event.weight.toFixed(2)}x`,
    sourceText(event),
  ])
  return [
    'How long what was done counts (adds: what one such event now adds to the pace of a lead without any)',
    ...indent([
      `Learned from ${numberText(cases)} moments at which the target was reached, ${lost > 0 ? `${numberText(lost)} at which a deal was lost, ` : ''}beside ${numberText(rows - cases - lost)} others. Prior, kept where the data cannot tell: ${daysText(prior)}, ${priorText(report)}.`,
      ...(share === null
        ? []
        : [`What others of the account did counts ${share.toFixed(2)} of what its first contact did.`]),
    ]),
    ...indent(textTable([header, ...table], ['left', 'right', 'right', 'right', 'left'])),
  ]
}

/** Half of what the prior is. */
export function priorText({ prior_basis: basis = 'median_cycle' }: HalfLifeReport): string {
  switch (basis) {
    case 'median_cycle':
      return 'half the median way from entry to target'
    case 'horizon':
      return 'half the horizon, for nobody has reached the target'
    case 'default':
      return 'for nobody has reached the target'
  }
}

function sourceText({ from, because }: EventHalfLife): string {
  if (from === 'pinned') return 'pinned in the definition'
  return because === null ? 'learned' : `prior: ${because}`
}

/** `14.5 d`; below two days `31 h`. */
function daysText(days: number): string {
  if (days < 2) return `${Math.round(days * 24)} h`
  return `${days.toFixed(days < 100 ? 1 : 0)} d`
}
