/** What may become of a lead, for people on a terminal: what changed, when it falls, what could be done. */
import type { Change, LeadExplanation, NextStep } from '../scoring/lead-explanation.ts'
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

function stepLine({ points, score, band, verdict, text }: NextStep): string {
  const result = `score ${String(score).padStart(3)} ${verdict === 'eligible' ? band : verdict}`
  return `  ${signed(points).padStart(7)}  ${result.padEnd(22)}  ${text}`
}

function changeLines(changed: Change): string[] {
  if (!changed.applies) return [`What changed since ${changed.since} cannot be told: ${changed.why}.`]
  const { since, raw_points: points, score, band, difference, reasons, kept, note } = changed
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
    ...(kept === null
      ? []
      : [
          `           kept then: score ${kept.score} ${kept.band}, by version ${kept.version} and the policy of version ${kept.policy_version}`,
        ]),
  ]
}
