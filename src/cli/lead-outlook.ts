/** What may become of a lead, for people on a terminal: what changed, when it falls, what could be done. */
import type { Change, LeadExplanation, NextStep, RulesSay } from '../scoring/lead-explanation.ts'
import { printable, signed } from './lead-page.ts'

/** Reasons of a change that have a line of their own; the others are summed up. */
const LINES = 12

export function leadOutlook({ about, changed, falls, next_steps: steps }: LeadExplanation): string {
  const lines: string[] = []
  if (changed) lines.push('', ...changeLines(changed))
  if (falls)
    lines.push('', `The score of ${about} ${falls.text}${falls.at === null ? '' : `, at ${falls.at}`}.`)
  if (steps.length > 0) {
    lines.push('', 'If it happened now, by what such leads have done (not by what it would cause):')
    lines.push(...steps.map(stepLine))
  }
  return lines.map((line) => `\n${printable(line)}`).join('')
}

function stepLine({ points, score, band, verdict, ruled, text }: NextStep): string {
  const said = verdict === 'eligible' ? [band, ...boundTexts(ruled)].join(', ') : verdict
  const result = `score ${String(score).padStart(3)} ${said}`
  return `  ${signed(points).padStart(7)}  ${result.padEnd(22)}  ${text}`
}

function changeLines(changed: Change): string[] {
  if (!changed.applies) return [`What changed since ${changed.since} cannot be told: ${changed.why}.`]
  const { since, raw_points: points, score, band, ruled, difference, reasons, kept, note } = changed
  const rest = reasons.slice(LINES)
  const told = reasons.slice(0, LINES).map(({ group, points, text }) => {
    const words = text.before === text.after ? text.after : `${text.after}; then: ${text.before}`
    return { points, words: text.after === null ? group : `${group}: ${words}` }
  })
  if (rest.length > 0) {
    const sum = rest.reduce((total, { points }) => total + points, 0)
    told.push({ points: sum, words: `${rest.length} smaller reasons` })
  }
  return [
    `Since ${since}: score ${score.before} ${band.before} -> ${score.after} ${band.after}`,
    ...told.map(({ points, words }) => `  ${signed(points).padStart(7)}  ${words}`),
    `  ${signed(difference).padStart(7)}  from ${points.before.toFixed(1)} to ${points.after.toFixed(1)} raw points; ${note}`,
    ...(rulesText(ruled.before) === rulesText(ruled.after)
      ? []
      : [`           by the rules: ${rulesText(ruled.after)}; then: ${rulesText(ruled.before)}`]),
    ...(kept === null
      ? []
      : [
          `           kept then: score ${kept.score} ${kept.band}, by version ${kept.version} and the policy of version ${kept.policy_version}`,
        ]),
  ]
}

/** "review (incomplete)", "eligible, at most warm (tiny-and-cold)". */
function rulesText({ status, cap, raise, excluded_channels: channels, rules }: RulesSay): string {
  const said = [
    status,
    ...boundTexts({ cap, raise }),
    ...(channels.length === 0 ? [] : [`not by ${channels.join(', ')}`]),
  ].join(', ')
  return rules.length === 0 ? said : `${said} (${rules.join(', ')})`
}

function boundTexts({ cap, raise }: Pick<RulesSay, 'cap' | 'raise'>): string[] {
  return [...(cap === null ? [] : [`at most ${cap}`]), ...(raise === null ? [] : [`at least ${raise}`])]
}
