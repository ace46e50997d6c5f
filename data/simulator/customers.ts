/** What happens at customers: they use the product, bring further users, and some buy more. */
import { DAY, HOUR, type Milliseconds, SECOND } from '../../src/glossary.ts'
import { exponential, gamma, happens, integerBetween, oneOf, type Random } from '../random.ts'
import type { Firmographics } from './accounts.ts'
import { mailFor } from './mail-addresses.ts'
import { drawName } from './names.ts'
import { dealOf, wholeSecond } from './outcomes.ts'
import { drawColleague, type Persona } from './people.ts'
import type { SimulatedDeal, SimulatedEvent } from './records.ts'
import { leadId, type RosterEntry } from './roster.ts'
import { knownAfter } from './visit-events.ts'

/** Users who enter after the deal was won. They decide nothing; `campaign` tells them apart. */
export function customerUsers(
  random: Random,
  accountNumber: number,
  roster: readonly RosterEntry[],
  first: Persona,
  companyDomain: string | null,
  wonAt: Milliseconds,
  endsAt: Milliseconds,
): RosterEntry[] {
  if (companyDomain === null || !happens(random, 0.12)) return []
  const users: RosterEntry[] = []
  for (let left = integerBetween(random, 1, 2); left > 0; left--) {
    const createdAt = wonAt + wholeSecond(3 * DAY + 60 * DAY * exponential(random))
    const persona = {
      ...drawColleague(random, first),
      intent: 'none' as const,
      mailKind: 'business' as const,
      reachability: 'reachable' as const,
    }
    const name = drawName(random)
    const email = mailFor(random, 'business', name, companyDomain)
    if (createdAt >= endsAt) continue
    const id = leadId(accountNumber, roster.length + users.length)
    const accountId = roster[0]?.lead.accountId ?? null
    users.push({
      lead: { leadId: id, accountId, createdAt, email, person: null, duplicateOf: null },
      persona,
      name,
      unsubscribedAt: Number.POSITIVE_INFINITY,
    })
  }
  return users
}

const USES = ['feature_used', 'feature_used', 'feature_used', 'docs_viewed'] as const

/** Product use of a customer, for a year at most. `intensity` is gamma distributed with mean 1. */
export function productUse(
  random: Random,
  roster: readonly RosterEntry[],
  intensity: number,
  wonAt: Milliseconds,
  endsAt: Milliseconds,
): SimulatedEvent[] {
  const events: SimulatedEvent[] = []
  const until = Math.min(endsAt, wonAt + 365 * DAY)
  const gapDays = 20 / Math.max(intensity, 0.1)
  for (let at = wonAt + DAY; ; ) {
    at += wholeSecond(gapDays * exponential(random) * DAY) + SECOND
    if (at >= until) return events
    const there = roster.filter(({ lead }) => lead.createdAt <= at)
    const record = oneOf(random, there)
    const types: string[] = Array.from({ length: integerBetween(random, 1, 4) }, () => oneOf(random, USES))
    if (happens(random, 0.06)) types.push('support_ticket_opened')
    if (happens(random, 0.04)) types.push('teammate_invited')
    if (happens(random, 0.02)) types.push('integration_connected')
    for (const [place, type] of types.entries()) {
      const occurredAt = at + place * 40 * SECOND
      events.push({
        leadId: record.lead.leadId,
        type,
        occurredAt,
        knownAt: knownAfter(random, occurredAt),
        properties: {},
      })
    }
  }
}

/** How much a customer uses the product, against an average one. */
export function drawIntensity(random: Random): number {
  return gamma(random, 1.2) / 1.2
}

/** Who uses much buys more: deals in a pipeline of their own. */
export function expansionDeal(
  random: Random,
  dealId: string,
  accountId: string | null,
  facts: Firmographics,
  roster: readonly RosterEntry[],
  intensity: number,
  wonAt: Milliseconds,
  endsAt: Milliseconds,
): SimulatedDeal | null {
  const openedAt = wonAt + wholeSecond((70 + 120 * exponential(random)) * DAY)
  const closesAt = openedAt + wholeSecond((8 + 30 * exponential(random)) * DAY)
  const wants = happens(random, Math.min(0.85, 0.25 + 0.25 * intensity))
  const won = happens(random, Math.min(0.9, 0.35 + 0.25 * intensity))
  const contacts = roster.filter(({ lead }) => lead.createdAt < openedAt - HOUR)
  if (!wants || openedAt >= endsAt || accountId === null) return null
  return dealOf(random, {
    dealId,
    accountId,
    pipeline: 'expansion',
    openedAt,
    closesAt,
    won,
    amount: Math.max(300, Math.round(3 * facts.employees ** 0.72) * 50),
    country: facts.country.code,
    contacts: contacts.map(({ lead }, place) => ({ leadId: lead.leadId, isPrimary: place === 0 })),
    endsAt,
  })
}
