/** The check of the data for the terminal: the verdict, what is wrong by weight, then who converts. Lines of at most 110 columns. */
import { countText, numberText } from '../../src/features/wording.ts'
import { indent, percent } from '../report/figures.ts'
import { textTable } from '../report/text-table.ts'
import { SEVERITIES, type Severity } from './finding.ts'
import { plain, wrap } from './plain-text.ts'
import type { DataCheckReport } from './report.ts'

/** Findings, and rows of a table, that are shown; --json holds all. */
const SHOWN_FINDINGS = 12
const SHOWN_VALUES = 6
const SHOWN_MONTHS = 12
const SHOWN_IN_COMMON = 8
const SHOWN_OF_AN_ATTRIBUTE = 2
const SHOWN_SOURCES = 8

export function dataCheckLines(report: DataCheckReport): string[] {
  return [
    ...wrap(report.verdict.text, ''),
    ...report.verdict.details.flatMap((detail) => wrap(detail, '  ')),
    ...wrap(volumesLine(report), '  '),
    '',
    ...findingLines(report),
    ...section('What the best customers have in common', inCommonLines(report)),
    ...section(`Conversion by segment${average(report)}`, segmentLines(report)),
    ...section(
      `Segments of ${report.model}: is there enough for a model of their own?`,
      modelSegmentLines(report),
    ),
    ...section('Conversion by month of entry', cohortLines(report)),
    ...section('What comes from where', activityLines(report)),
  ]
}

function volumesLine({ volumes }: DataCheckReport): string {
  const { leads, accounts, deals, events, deals_by_pipeline: pipelines } = volumes
  const sum = (outcome: 'won' | 'lost' | 'open'): string =>
    numberText(pipelines.reduce((total, pipeline) => total + pipeline[outcome], 0))
  const outcomes = deals > 0 ? ` (${sum('won')} won, ${sum('lost')} lost, ${sum('open')} open)` : ''
  return `In the database: ${countText(leads, 'lead')}, ${countText(accounts, 'account')}, ${countText(deals, 'deal')}${outcomes}, ${countText(events, 'event')}.`
}

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { stops: 'STOPS', hurts: 'HURTS', look: 'LOOK' }
const SEVERITY_TITLES: Readonly<Record<Severity, string>> = {
  stops: 'stopping training',
  hurts: 'hurting',
  look: 'to look at',
}

function findingLines({ findings }: DataCheckReport): string[] {
  if (findings.length === 0) return ['Nothing was found wrong with the data.']
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${SEVERITY_TITLES[severity]}: ${count}`]
  })
  const more = findings.length - SHOWN_FINDINGS
  return [
    `What was found (${counts.join(', ')})`,
    ...findings.slice(0, SHOWN_FINDINGS).flatMap(({ severity, text, advice, examples }) => {
      // What the text names already is not told twice.
      const shown = examples.filter((example) => !text.includes(example)).map((example) => plain(example))
      const [first = '', ...rest] = wrap(
        `${plain(text, Number.POSITIVE_INFINITY)}${shown.length > 0 ? ` For example: ${shown.join(', ')}.` : ''}`,
        ' '.repeat(9),
      )
      return [
        `  ${SEVERITY_WORDS[severity].padEnd(5)}  ${first.trimStart()}`,
        ...rest,
        ...wrap(`-> ${advice}`, ' '.repeat(9), '   '),
      ]
    }),
    ...(more > 0
      ? [`  ... and ${countText(more, 'more of less weight', 'more of less weight')}: --json has all.`]
      : []),
  ]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...indent(lines)]
}

function average({ population, conversion: { all } }: DataCheckReport): string {
  return all.rate === null
    ? ''
    : ` (on average ${percent(all.rate)} of ${numberText(all.rows)} ${subjectsOf(population)})`
}

function inCommonLines({ population, conversion: { in_common: found, all } }: DataCheckReport): string[] {
  const subjects = subjectsOf(population)
  if (all.rows === 0 || all.rate === null) return []
  if (found.length === 0) return ['No attribute differs from the average by more than chance would explain.']
  const more = mostTelling(found.filter(({ ratio }) => (ratio ?? 0) > 1))
  const less = mostTelling(found.filter(({ ratio }) => (ratio ?? 0) <= 1))
  const row = (one: (typeof found)[number]): string[] => [
    plain(`${attributeText(one.attribute)}: ${one.value}`, 48),
    rateText(one.rate),
    intervalText(one.interval),
    `${(one.ratio ?? Number.NaN).toFixed(1)} x`,
    numberText(one.rows),
  ]
  const header = ['', 'reached', '95 %', 'to average', subjects]
  const none = (title: string): string[] => [title, '', '', '', '']
  return [
    ...textTable(
      [
        header,
        ...(more.length > 0 ? [none('more often than average'), ...more.map(row)] : []),
        ...(less.length > 0 ? [none('less often'), ...less.map(row)] : []),
      ],
      ['left', 'right', 'left', 'right', 'right'],
    ),
    ...wrap(
      'By what was known when they came (the first landmark); differences that chance explains are left out (false discoveries at most 5 %).',
      '',
    ),
  ]
}

/** The first of those that come surest first, a few of each attribute: a hundred campaigns of one source say one thing. */
function mostTelling<One extends { readonly attribute: string }>(found: readonly One[]): One[] {
  const told = new Map<string, number>()
  return found
    .filter(({ attribute }) => {
      const place = told.get(attribute) ?? 0
      told.set(attribute, place + 1)
      return place < SHOWN_OF_AN_ATTRIBUTE
    })
    .slice(0, SHOWN_IN_COMMON)
}

/** `lead.source` -> source; `account.industry` -> company industry; `event` -> had done. */
function attributeText(attribute: string): string {
  if (attribute === 'event') return 'had done'
  const [of = '', ...name] = attribute.split('.')
  const words = name.join('.').replaceAll('_', ' ')
  return of === 'account' ? `company ${words}` : of === 'mail' ? 'mail address' : words
}

function segmentLines({ population, conversion: { segments, all } }: DataCheckReport): string[] {
  if (all.rows === 0) return []
  const rows = segments.flatMap(({ by, values, not_known_or_rare: rest }) => {
    const shown = values.slice(0, SHOWN_VALUES)
    const left = values.slice(SHOWN_VALUES)
    const others = {
      rows: left.reduce((sum, one) => sum + one.rows, rest.rows),
      reached: left.reduce((sum, one) => sum + one.reached, rest.reached),
    }
    if (shown.length === 0) return []
    return [
      ...shown.map((one, index) => [
        index === 0 ? by : '',
        plain(one.value, 40),
        rateText(one.rate),
        intervalText(one.interval),
        numberText(one.rows),
      ]),
      ...(others.rows > 0
        ? [
            [
              '',
              left.length > 0 ? 'others, not known' : 'not known',
              rateText(others.reached / others.rows),
              '',
              numberText(others.rows),
            ],
          ]
        : []),
    ]
  })
  if (rows.length === 0) return []
  return textTable(
    [['', '', 'reached', '95 %', subjectsOf(population)], ...rows],
    ['left', 'left', 'right', 'left', 'right'],
  )
}

function modelSegmentLines({ segments }: DataCheckReport): string[] {
  const rows = segments.map(({ name, who, reached, not_reached: notReached, lacks }) => [
    name,
    plain(who, 48),
    `${numberText(reached)} reached, ${numberText(notReached)} not`,
    lacks === null ? 'enough' : lacks,
  ])
  return textTable(rows, ['left', 'left', 'left', 'left'])
}

function cohortLines({ conversion: { cohorts } }: DataCheckReport): string[] {
  if (cohorts.length === 0) return []
  const shown = cohorts.slice(-SHOWN_MONTHS)
  const earlier = cohorts.length - shown.length
  const rows = shown.map(({ month, rows: entered, ripe, rate, interval }) => [
    month,
    rateText(rate),
    intervalText(interval),
    numberText(entered),
    ripe === entered
      ? ''
      : ripe === 0
        ? 'not ripe'
        : `not ripe: ${numberText(entered - ripe)} wait for their horizon`,
  ])
  return [
    ...textTable(
      [['', 'reached', '95 %', 'entered', ''], ...rows],
      ['left', 'right', 'left', 'right', 'left'],
    ),
    ...(earlier > 0 ? [`${countText(earlier, 'earlier month')}: --json has all.`] : []),
  ]
}

const ACTIVITY_WORDS: Readonly<Record<string, string>> = {
  event_type: 'event',
  event_source: 'events from',
  lead_source: 'leads from',
  deal_source: 'deals from',
}

function activityLines({ activity }: DataCheckReport): string[] {
  const of = (kinds: readonly string[]) => activity.filter(({ kind }) => kinds.includes(kind))
  const shown = [
    ...of(['lead_source', 'deal_source', 'event_source']).slice(0, SHOWN_SOURCES),
    ...of(['event_type']).slice(0, SHOWN_SOURCES),
  ]
  const more = activity.length - shown.length
  if (shown.length === 0) return []
  const rows = shown.map(({ kind, name, count, first_day: first, last_day: last }) => [
    ACTIVITY_WORDS[kind] ?? kind,
    plain(name, 40),
    numberText(count),
    `${first} to ${last}`,
  ])
  return [
    ...textTable(rows, ['left', 'left', 'right', 'left']),
    ...(more > 0 ? [`${numberText(more)} more: --json has all.`] : []),
  ]
}

function rateText(rate: number | null): string {
  return rate === null ? '-' : percent(rate)
}

function intervalText(interval: readonly [number, number] | null): string {
  return interval === null ? '' : `${(100 * interval[0]).toFixed(1)} to ${(100 * interval[1]).toFixed(1)}`
}

/** A first landmark is a lead, but where deals are asked about. */
function subjectsOf(population: string): string {
  return population === 'deals' ? 'deals' : 'leads'
}
