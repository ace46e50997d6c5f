/** The leads that the records show of an account: its people, some of them entered twice, each with a name and an address. */
import { DAY, HOUR, type Milliseconds } from '../../src/glossary.ts'
import { exponential, happens, type Random } from '../random.ts'
import { competitorDomain } from './accounts.ts'
import type { Journey, JourneyLead } from './journey.ts'
import { mailFor } from './mail-addresses.ts'
import { drawName, type PersonName, respell } from './names.ts'
import type { Persona } from './people.ts'
import type { SimulatedLead } from './records.ts'

/** A person as recorded, with what decides which records there are of it. */
export interface RosterEntry {
  readonly lead: SimulatedLead
  readonly persona: Persona
  readonly name: PersonName
  /** Infinity for most. */
  readonly unsubscribedAt: Milliseconds
}

const DUPLICATE_CHANCE = 0.03

export function leadId(accountNumber: number, place: number): string {
  return `l_${(accountNumber * 64 + place).toString(36).padStart(5, '0')}`
}

/** People in order of entry, duplicates after them. `until`: nobody enters at or after it. */
export function drawRoster(
  random: Random,
  accountNumber: number,
  journey: Journey,
  accountId: string | null,
  companyDomain: string | null,
  until: Milliseconds,
): RosterEntry[] {
  const domain = journey.law.kind === 'rival' ? competitorDomain(random) : companyDomain
  const people = journey.leads
    .filter((lead) => lead.enteredAt < until)
    .map((lead, person) => {
      const name = drawName(random)
      const email = mailFor(random, lead.persona.mailKind, name, domain)
      return entryOf(random, lead, {
        lead: {
          leadId: leadId(accountNumber, person),
          accountId,
          createdAt: lead.enteredAt,
          email,
          person,
          duplicateOf: null,
        },
        name,
      })
    })
  const duplicates: RosterEntry[] = []
  for (const entry of people) {
    const createdAt = entry.lead.createdAt + Math.floor((2 + 25 * exponential(random)) * 86_400) * 1_000
    if (!happens(random, DUPLICATE_CHANCE) || createdAt >= until) continue
    const name = {
      first: happens(random, 0.4) ? respell(random, entry.name.first) : entry.name.first,
      last: happens(random, 0.6) ? respell(random, entry.name.last) : entry.name.last,
    }
    const email = happens(random, 0.35)
      ? entry.lead.email.toUpperCase()
      : mailFor(random, happens(random, 0.5) ? 'free' : entry.persona.mailKind, name, domain)
    const id = leadId(accountNumber, people.length + duplicates.length)
    const lead = { ...entry.lead, leadId: id, createdAt, email, duplicateOf: entry.lead.leadId }
    duplicates.push({ ...entry, lead, name })
  }
  return [...people, ...duplicates]
}

function entryOf(
  random: Random,
  { persona, enteredAt }: JourneyLead,
  rest: Pick<RosterEntry, 'lead' | 'name'>,
): RosterEntry {
  // Who has little use for the product leaves the mailing list sooner. It changes nothing about what they do.
  const chance = persona.reachability === 'objecting' ? 0.6 : persona.level < -4 ? 0.1 : 0.04
  const unsubscribedAt = happens(random, chance)
    ? enteredAt + 2 * DAY + Math.floor(60 * 24 * exponential(random)) * HOUR
    : Number.POSITIVE_INFINITY
  return { ...rest, persona, unsubscribedAt }
}
