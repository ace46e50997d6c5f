/** How long each kind of event counts. */
import type { ChartDocument } from '../../../src/charts/chart.ts'
import { decayCurve } from '../../../src/charts/decay-curve.ts'
import { numberText as count } from '../../../src/features/wording.ts'
import type { EventHalfLife, HalfLifeReport } from '../half-life-report.ts'
import { priorText } from '../half-life-text.ts'
import type { Markup } from './markup.ts'
import { badge, figure, figures, paragraph, type Section, table } from './parts.ts'

const FROM = {
  learned: ['learned', 'good'],
  pinned: ['set in the definition', 'plain'],
  prior: ['prior kept', 'look'],
} as const

/** The longest age shown, in half-lives of the longest. */
const SHOWN_HALF_LIVES = 2.5
const YEAR = 365

export function halfLifeSection(report: HalfLifeReport | undefined, document: ChartDocument): Section | null {
  if (!report || report.events.length === 0) return null
  const { events, rows, cases, lost = 0, share = null, prior_days: prior } = report
  const learned = events.filter(({ from }) => from === 'learned')
  const longest = Math.max(30, ...learned.map((event) => event.half_life_days))
  const days = Math.min(YEAR, Math.ceil((SHOWN_HALF_LIVES * longest) / 30) * 30)
  return {
    id: 'half-lives',
    title: 'How long an event counts',
    body: [
      paragraph(
        `An event counts half after its half-life.${rows > 0 ? ` Learned from ${count(cases)} moments at which the target was reached${lost > 0 ? ` and ${count(lost)} at which a deal was lost` : ''}, beside ${count(rows - cases - lost)} others, with 90 % intervals;` : ''} where the data cannot tell, the prior of ${daysText(prior)} is kept: ${priorText(report)}.${share === null ? '' : ` What others of the account did counts ${numberOf(share)} of what its first contact did.`}${rows > 0 && learned.length === 0 ? ' Here they can tell none of them.' : ''}`,
      ),
      figures(
        learned.map((event) =>
          figure(
            decayCurve(
              document,
              { event: event.event, halfLifeDays: event.half_life_days, intervalDays: event.interval_days },
              days,
            ),
            event.event,
            `half after ${daysText(event.half_life_days)}${event.interval_days ? ` (${intervalText(event.interval_days)})` : ''}`,
          ),
        ),
        'small',
      ),
      table(
        [
          { title: 'event' },
          { title: 'half-life', isFigure: true },
          { title: '90 % interval', isFigure: true },
          { title: 'adds to the pace', isFigure: true },
          { title: 'from' },
          { title: 'why' },
        ],
        events.map((event) => [
          event.event,
          daysText(event.half_life_days),
          event.interval_days ? intervalText(event.interval_days) : '-',
          event.weight === null ? '-' : `${numberOf(event.weight)}x`,
          originBadge(event),
          event.because ?? '',
        ]),
        'Every half-life of the model',
      ),
    ],
  }
}

function daysText(days: number): string {
  return `${numberOf(days)} days`
}

function intervalText([low, high]: NonNullable<EventHalfLife['interval_days']>): string {
  return `${numberOf(low)} to ${numberOf(high)}`
}

function numberOf(value: number): string {
  return count(Number(value.toPrecision(3)))
}

function originBadge({ from }: EventHalfLife): Markup {
  const [words, tone] = FROM[from]
  return badge(words, tone)
}
