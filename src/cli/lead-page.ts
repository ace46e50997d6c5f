/** A scored lead for people on a terminal: a line in a list, and a page that adds up. */
import { numberText, percentText } from '../features/wording.ts'
import type { SubjectKind } from '../glossary.ts'
import { isAtLimit, pointsOf, sigmoid } from '../model/link.ts'
import { FOR_EVERYONE } from '../scoring/families.ts'
import type {
  ModelScore,
  ScoredExplanation,
  ScoredLead,
  ScoredReason,
  VerdictOverride,
} from '../scoring/scored-lead.ts'

type AppliedScore = Extract<ModelScore, { applies: true }>

/** Reasons of a page that have a line of their own; the others are summed up. */
const LINES = 12
const BAR_WIDTH = 36

/** `l_123   81 hot   31.2 %   A2   call within 1 hour`, and the strongest reasons when the score has an explanation. */
export function leadLines(scored: ScoredLead): string[] {
  const { decision, verdict } = scored
  const [, deciding] = firstApplied(scored)
  const parts = [
    scored.lead_id.padEnd(14),
    deciding ? String(deciding.score).padStart(3) : '  -',
    decision.band.padEnd(12),
    (deciding ? percent(deciding.probability) : '').padStart(7),
    (decision.grade ?? '').padEnd(2),
    actionText(scored),
  ]
  const reasons = deciding?.explanation?.reasons
  return [
    printable(parts.join('  ').trimEnd()),
    ...verdict.rules.map(({ action, reason, condition }) =>
      printable(`    ${action}: ${reason} (${condition})`),
    ),
    ...(reasons?.for ?? []).slice(0, 3).map((reason) => `    + ${reasonText(reason)}`),
    ...(reasons?.against ?? []).slice(0, 2).map((reason) => `    - ${reasonText(reason)}`),
  ]
}

/** Decision, verdict, every model against the average, and for the one that decides how the points add up. */
export function leadPage(scored: ScoredLead): string {
  return subjectPage(scored, 'lead')
}

/** Of a lead, or of an account that looks like one. */
export function subjectPage(scored: ScoredLead, subject: SubjectKind): string {
  const { verdict } = scored
  const [name, deciding] = firstApplied(scored)
  const lines = [
    `${subject === 'lead' ? 'Lead' : 'Account'} ${scored.lead_id} as of ${scored.as_of}`,
    '',
    `Decision  ${scored.decision.band}${scored.decision.grade ? `, grade ${scored.decision.grade}` : ''}: ${actionText(scored)}`,
    ...decisionLines(scored).map((line) => `          ${line}`),
    `Verdict   ${verdict.status}`,
    ...overrideLines(verdict.override),
    ...verdict.rules.map(
      ({ id, action, reason, condition }) =>
        `          ${action} by the rule ${id}: ${reason} Found: ${condition}.`,
    ),
    '',
    ...Object.entries(scored.scores).flatMap(([model, score]) => [
      `${model.padEnd(12)}${scoreText(score, subject)}`,
      ...(score.applies ? intervalLines(score, subject).map((line) => `${' '.repeat(12)}${line}`) : []),
    ]),
  ]
  const explanation = deciding?.explanation
  if (deciding && explanation) {
    const unit = deciding.basis === 'rubric' ? 'in points' : 'in points (10 more double the odds)'
    lines.push('', `How ${name} adds up, ${unit}:`, '')
    lines.push(...waterfall(deciding, explanation, subject))
    lines.push(
      ...reasonList('For', explanation.reasons.for),
      ...reasonList('Against', explanation.reasons.against),
    )
  }
  return lines.map(printable).join('\n')
}

/** Who overruled it, until when and why; and what would be said otherwise. */
function overrideLines(override: VerdictOverride | null): string[] {
  if (!override) return []
  const { set_by, expires_at, reason, without_it } = override
  const until = expires_at === null ? '' : ` until ${expires_at}`
  const { band, action } = without_it.decision
  return [
    `          by ${set_by}${until}: ${reason}`,
    `          Without it: ${band === without_it.status ? band : `${without_it.status}, ${band}`}: ${action}`,
  ]
}

/** The model that decides comes first, where it applies. */
function firstApplied(scored: ScoredLead): [name: string, score: AppliedScore | undefined] {
  for (const [name, score] of Object.entries(scored.scores)) if (score.applies) return [name, score]
  return ['', undefined]
}

function actionText({ decision: { action, respond_within } }: ScoredLead): string {
  return respond_within === null ? action : `${action} within ${durationText(respond_within)}`
}

/** What else the policy says; nothing where it has no such sections. */
function decisionLines({ decision }: Pick<ScoredLead, 'decision'>): string[] {
  const {
    grade,
    grade_action: action,
    quadrant,
    route,
    route_rule: rule,
    nurture,
    expected_value: value,
  } = decision
  const said = [quadrant, action].filter((text) => text !== null).join('; ')
  return [
    ...(said === '' ? [] : [`${grade}: ${said}`]),
    ...(route === null ? [] : [`to ${route}, by ${rule}${nurture === null ? '' : `; nurture: ${nurture}`}`]),
    ...(value === null
      ? []
      : [
          `worth ${numberText(Math.round(value.value))} ${value.currency} expected, of ${numberText(Math.round(value.amount))} (${value.basis})`,
        ]),
  ]
}

const UNITS = { W: 'week', D: 'day', H: 'hour', M: 'minute', S: 'second' } as const

/** P1DT12H: 1 day 12 hours. The policy has no months, so M is minutes. */
export function durationText(duration: string): string {
  const parts = [...duration.matchAll(/(\d+)([WDHMS])/g)].map(([, count, unit]) => {
    const word = UNITS[unit as keyof typeof UNITS]
    return `${count} ${word}${count === '1' ? '' : 's'}`
  })
  return parts.join(' ')
}

function scoreText(score: ModelScore, subject: SubjectKind): string {
  if (!score.applies) return `does not apply: ${score.why}`
  const { version, because } = score.model
  const why = because === FOR_EVERYONE ? '' : `; ${because}`
  const model = `${score.basis}${version === '0' ? '' : `, version ${version}`}${why}`
  const base = score.explanation?.base ?? null
  const average = base === null ? '' : `, the average ${subject} ${percent(sigmoid(base))}`
  const chance = score.probability === null ? 'no probability' : `${percent(score.probability)}${average}`
  return `score ${String(score.score).padStart(3)}  ${score.band.padEnd(8)}${chance}  (${model})`
}

function intervalLines({ interval }: AppliedScore, subject: SubjectKind): string[] {
  if (interval === null) return []
  const [low, high] = interval
  return [`${subject}s that look like this have converted at between ${percent(low)} and ${percent(high)}`]
}

interface Step {
  readonly label: string
  readonly points: number
  readonly text: string
}

/** What the `calibration` of an explanation is. */
const LIMIT = { label: 'limit', text: 'probabilities stay within 0.0001 % and 99.9999 %' } as const
const BENT = { label: 'calibration', text: 'what a calibration that is no line bends here' } as const

function waterfall(score: AppliedScore, explanation: ScoredExplanation, subject: SubjectKind): string[] {
  const { base_points: start, calibration, reasons } = explanation
  const all = [...reasons.for, ...reasons.against].sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
  const rest = all.slice(LINES)
  const steps: Step[] = all.slice(0, LINES).map(({ group, points, text }) => ({ label: group, points, text }))
  if (rest.length > 0) {
    const points = rest.reduce((sum, reason) => sum + reason.points, 0)
    steps.push({ label: `${rest.length} smaller reasons`, points, text: '' })
  }
  if (calibration !== null && calibration !== 0) {
    steps.push({
      ...(score.probability !== null && isAtLimit(score.probability) ? LIMIT : BENT),
      points: pointsOf(calibration),
    })
  }
  const levels = [start]
  for (const { points } of steps) levels.push(levels.at(-1)! + points)
  const lowest = Math.min(...levels)
  const unit = Math.max(Math.max(...levels) - lowest, 1) / BAR_WIDTH
  const bar = (from: number, to: number, mark: string): string => {
    const begin = Math.round((Math.min(from, to) - lowest) / unit)
    const end = Math.max(begin + 1, Math.round((Math.max(from, to) - lowest) / unit))
    return `${' '.repeat(begin)}${mark.repeat(end - begin)}`.padEnd(BAR_WIDTH + 1)
  }
  const line = (label: string, points: string, drawn: string, text: string) =>
    `  ${label.slice(0, 26).padEnd(26)} ${points.padStart(7)}  ${drawn} ${text}`.trimEnd()
  const first = score.basis === 'rubric' ? 'base' : `average ${subject}`
  return [
    line(first, start.toFixed(1), bar(start, start, '|'), ''),
    ...steps.map(({ label, points, text }, i) =>
      line(label, signed(points), bar(levels[i]!, levels[i + 1]!, points < 0 ? '-' : '+'), text),
    ),
    line(
      'raw points',
      score.raw_points.toFixed(1),
      bar(score.raw_points, score.raw_points, '|'),
      `score ${score.score}`,
    ),
  ]
}

function reasonList(title: string, reasons: readonly ScoredReason[]): string[] {
  if (reasons.length === 0) return []
  return ['', title, ...reasons.slice(0, 5).map((reason) => `  ${reasonText(reason)}`)]
}

/** "3 pricing page visits, the last 2 days ago (pricing page, +10.2)". */
export function reasonText({ group, points, text }: ScoredReason): string {
  return printable(`${text} (${group}, ${signed(points)})`)
}

export function signed(points: number): string {
  return `${points < 0 ? '-' : '+'}${Math.abs(points).toFixed(1)}`
}

export function percent(probability: number | null): string {
  return probability === null ? '' : percentText(probability)
}

/** Texts hold what leads typed: control characters and marks that turn the direction of text must not reach a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')
}
