/** The people of an account as its answer lists them: by their own score, with what each of them contributed. */
import type { Facts, Person } from '../features/facts.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'
import type { BehaviourShares } from './behaviour-shares.ts'
import type { Engine } from './engine.ts'
import { personName } from './person-name.ts'
import type { AccountPeople, ScoredPerson } from './scored-account.ts'
import type { ScoredLead } from './scored-lead.ts'

/** People of an account that are listed; of more, those who did something last. The others count all the same. */
const MOST_LISTED = 50

/** In order of leadId. */
export function listedPeople({ people }: Pick<Facts, 'people'>): readonly Person[] {
  if (people === null || people.length <= MOST_LISTED) return people ?? []
  const latest = new Set(people.toSorted((a, b) => lastAt(b) - lastAt(a)).slice(0, MOST_LISTED))
  return people.filter((person) => latest.has(person))
}

/**
 * @param listed As `listedPeople` gives them.
 * @param scoredOf By leadId; undefined: not scored yet.
 * @param shares Of `listed`, in their order; null: not asked for, or no model applies.
 */
export function rankPeople(
  engine: Engine,
  { people }: Pick<Facts, 'people'>,
  listed: readonly Person[],
  scoredOf: (leadId: string) => ScoredLead | undefined,
  shares: (BehaviourShares & { readonly model: string }) | null = null,
): AccountPeople {
  const { decided_by: deciding } = engine.policy
  const ranked = listed.map((person, at): ScoredPerson => {
    const scored = scoredOf(person.leadId)
    const last = lastAt(person)
    const title = person.trait('title')
    return {
      lead_id: person.leadId,
      name: personName(person),
      title: typeof title === 'string' ? title : null,
      event_count: person.events.length,
      last_event_at: Number.isFinite(last) ? formatTime(last) : null,
      score: scored?.scores[deciding] ?? {
        applies: false,
        why: scored ? `there is no model ${deciding}` : 'not scored yet',
      },
      verdict: scored?.verdict.status ?? null,
      band: scored?.decision.band ?? null,
      points: shares?.points[at] ?? null,
    }
  })
  return {
    count: people?.length ?? 0,
    listed: ranked.sort((a, b) => pointsOf(b) - pointsOf(a) || (a.lead_id < b.lead_id ? -1 : 1)),
    not_listed: (people?.length ?? 0) - listed.length,
    behaviour: shares && {
      model: shares.model,
      points_without: shares.without,
      points_of_others: shares.ofOthers,
    },
  }
}

function lastAt({ events }: Person): Milliseconds {
  return events.at(-1)?.occurredAt ?? Number.NEGATIVE_INFINITY
}

function pointsOf({ score }: ScoredPerson): number {
  return score.applies ? score.raw_points : Number.NEGATIVE_INFINITY
}
