/** The whole history, account by account: plain data, loaded elsewhere (load.ts). Equal options give equal data. */
import type { Milliseconds } from '../../src/glossary.ts'
import { createRandom, happens, type Random } from '../random.ts'
import { accountTraits } from './account-traits.ts'
import { companyName } from './accounts.ts'
import { customerUsers, drawIntensity, expansionDeal, productUse } from './customers.ts'
import { type Decision, type Journey, journeyUntil, type Visit } from './journey.ts'
import { leadTraits } from './lead-traits.ts'
import { botEvents, mailEvents } from './mailings.ts'
import { newBusinessDeal } from './outcomes.ts'
import { type AccountJourney, accountJourneys, PURPOSES, type SimulationOptions } from './process.ts'
import type { SimulatedAccount, SimulatedDeal, SimulatedEvent } from './records.ts'
import { drawRoster, type RosterEntry } from './roster.ts'
import { visitEvents } from './visit-events.ts'

/** Accounts until there are `options.leads` leads; the last account may bring some more. */
export function* simulate(options: SimulationOptions): Generator<SimulatedAccount> {
  let leads = 0
  for (const one of accountJourneys(options)) {
    if (leads >= options.leads) return
    const account = recordAccount(one, options)
    if (account.leads.length === 0) continue
    leads += account.leads.length
    yield account
  }
}

function recordAccount(one: AccountJourney, { seed, endsAt }: SimulationOptions): SimulatedAccount {
  const { accountNumber, firmographics, journey } = one
  const random = createRandom(seed, accountNumber, PURPOSES.records)
  const hasAccount = journey.law.kind !== 'solo'
  const accountId = hasAccount ? `a_${accountNumber.toString(36).padStart(4, '0')}` : null
  const company = companyName(random, accountNumber)
  const isKnownDomain = journey.law.kind === 'company' && happens(random, 0.93)
  const decidedAt = journey.decision?.at ?? Number.POSITIVE_INFINITY
  const decision = decidedAt < endsAt ? journey.decision : null
  const until = Math.min(decidedAt, endsAt)
  const people = drawRoster(
    random,
    accountNumber,
    journey,
    accountId,
    hasAccount ? company.domain : null,
    until,
  )
  const first = journey.leads[0]
  const users =
    decision?.won === true && hasAccount
      ? customerUsers(random, accountNumber, people, first.persona, company.domain, decision.at, endsAt)
      : []
  const roster = [...people, ...users]
  const { deals, events: laterEvents } = dealsAndUse(random, one, accountId, people, roster, endsAt)
  const events = [...journeyEvents(random, journey, people, endsAt), ...laterEvents]
  for (const record of roster) {
    events.push(...mailEvents(random, record, until), ...botEvents(random, record, until))
  }
  const traits = roster.flatMap((record) =>
    leadTraits(random, record, firmographics.country, decision, endsAt, record.lead.person === null),
  )
  if (accountId !== null && people.length > 0) {
    const domain = isKnownDomain ? company.domain : null
    traits.push(...accountTraits(random, accountId, company.name, domain, firmographics, first.enteredAt))
  }
  return {
    accountNumber,
    account:
      accountId === null
        ? null
        : { accountId, createdAt: first.enteredAt, domain: isKnownDomain ? company.domain : null },
    leads: roster.map(({ lead }) => lead),
    traits: traits.filter((trait) => isKnownBefore(trait, endsAt)),
    events: numbered(
      events.filter((event) => isKnownBefore(event, endsAt)),
      accountNumber,
    ),
    deals,
    journey: { ...journeyUntil(journey, until), decision },
  }
}

function isKnownBefore(
  fact: { occurredAt: Milliseconds; knownAt: Milliseconds },
  endsAt: Milliseconds,
): boolean {
  return fact.occurredAt < endsAt && fact.knownAt < endsAt
}

/** Visits before the decision, and after a lost one a few that still come by. */
function journeyEvents(
  random: Random,
  journey: Journey,
  people: readonly RosterEntry[],
  endsAt: Milliseconds,
): SimulatedEvent[] {
  const { decision } = journey
  const keeps = (visit: Visit): boolean =>
    visit.at < endsAt &&
    (decision === null || visit.at < decision.at || (!decision.won && happens(random, 0.3)))
  return journey.leads.flatMap((lead, person) => {
    const records = people.filter((record) => record.lead.person === person)
    return records.length === 0 ? [] : visitEvents(random, lead, records, keeps)
  })
}

/** Deals as far as the history reaches, and what customers do after theirs was won. */
function dealsAndUse(
  random: Random,
  { accountNumber, firmographics, journey }: AccountJourney,
  accountId: string | null,
  people: readonly RosterEntry[],
  roster: readonly RosterEntry[],
  endsAt: Milliseconds,
): { deals: SimulatedDeal[]; events: SimulatedEvent[] } {
  const decision: Decision | null = journey.decision
  if (decision === null || people.length === 0) return { deals: [], events: [] }
  const id = accountNumber.toString(36).padStart(4, '0')
  const deal = newBusinessDeal(random, `d_${id}_1`, accountId, firmographics, people, decision, endsAt)
  if (deal === null || deal.outcome !== 'won') return { deals: deal === null ? [] : [deal], events: [] }
  const intensity = drawIntensity(random)
  const events = productUse(random, roster, intensity, decision.at, endsAt)
  const more = expansionDeal(
    random,
    `d_${id}_2`,
    accountId,
    firmographics,
    roster,
    intensity,
    decision.at,
    endsAt,
  )
  return { deals: more === null ? [deal] : [deal, more], events }
}

function numbered(events: SimulatedEvent[], accountNumber: number): SimulatedAccount['events'] {
  const id = accountNumber.toString(36).padStart(4, '0')
  return events
    .sort((a, b) => a.occurredAt - b.occurredAt)
    .map((event, place) => ({ ...event, eventId: `e_${id}_${place.toString(36)}` }))
}
