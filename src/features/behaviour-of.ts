/** Facts of an account if only some of its people had done anything: who they are, and what is known of them, stays. */
import type { LeadEvent } from '../glossary.ts'
import type { Facts } from './facts.ts'

/**
 * Returns a function from who did something to the facts. Players are people, or several of them as one.
 * @param playerOf By leadId, of everybody in `facts.people`.
 */
export function behaviourOf(
  facts: Facts,
  playerOf: ReadonlyMap<string, number>,
): (present: Uint8Array) => Facts {
  const people = facts.people ?? []
  const owners = new Map<LeadEvent, number>()
  for (const { leadId, events } of people)
    for (const event of events) owners.set(event, playerOf.get(leadId)!)
  const { events } = facts
  const owner = events.map((event) => owners.get(event)!)
  return (present) => ({
    ...facts,
    events: events.filter((_, at) => present[owner[at]!] === 1),
    people: people.map((person) =>
      present[playerOf.get(person.leadId)!] === 1 ? person : { ...person, events: [] },
    ),
  })
}
