/** A scored account for people on a terminal: as a lead, with its people. */
import type { ScoredAccount, ScoredPerson } from '../scoring/scored-account.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { leadLines, percent, printable, signed, subjectPage } from './lead-page.ts'

/** People that a list and a page show. */
const FEW = 3
const MANY = 20

/** A line of a list, the strongest reasons where it has an explanation, and the first of its people. */
export function accountLines(scored: ScoredAccount): string[] {
  return [...leadLines(asLead(scored)), ...peopleLines(scored, FEW)]
}

/** As the page of a lead, then everybody with their own score, and what each of them contributed. */
export function accountPage(scored: ScoredAccount): string {
  const { count, behaviour } = scored.people
  const lines = [subjectPage(asLead(scored), 'account'), '', `People: ${count} known`]
  lines.push(...peopleLines(scored, MANY))
  if (behaviour) {
    lines.push(
      '',
      `  Points: what each one's behaviour adds to ${behaviour.model}. Without any behaviour it would have ${behaviour.points_without.toFixed(1)}${
        behaviour.points_of_others === 0
          ? ''
          : `; of people who are not listed ${signed(behaviour.points_of_others)}`
      }.`,
    )
  }
  return lines.join('\n')
}

function asLead({ account_id: leadId, people: _, verdict, ...scored }: ScoredAccount): ScoredLead {
  return { ...scored, lead_id: leadId, verdict: { ...verdict, override: null } }
}

function peopleLines({ people: { listed, count } }: ScoredAccount, most: number): string[] {
  const rest = count - Math.min(most, listed.length)
  return [
    ...listed.slice(0, most).map((person) => printable(`  ${personText(person)}`)),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ]
}

function personText(person: ScoredPerson): string {
  const { lead_id, title, score, band, points, event_count: count, last_event_at: last } = person
  return [
    lead_id.padEnd(14),
    score.applies ? String(score.score).padStart(3) : '  -',
    (band ?? '').padEnd(12),
    (score.applies ? percent(score.probability) : '').padStart(7),
    (points === null ? '' : signed(points)).padStart(6),
    `${title ?? 'no title'}${last === null ? '' : `; ${count} ${count === 1 ? 'event' : 'events'}, the last at ${last}`}`,
  ]
    .join('  ')
    .trimEnd()
}
