/** What the records say of leads: typed by people, filled in late, wrong or missing, and two fields that must not be believed. */
import { DAY, HOUR, MINUTE, type Milliseconds, type TraitValue } from '../../src/glossary.ts'
import { exponential, happens, integerBetween, oneOf, pickWeighted, type Random } from '../random.ts'
import { COUNTRIES, type Country } from './countries.ts'
import type { Decision } from './journey.ts'
import { messageFor } from './messages.ts'
import type { SimulatedTrait } from './records.ts'
import type { RosterEntry } from './roster.ts'
import { titleFor } from './titles.ts'

/** `decision`: of the account, as far as the history reaches. `user`: somebody who came because the account is a customer. */
export function leadTraits(
  random: Random,
  record: RosterEntry,
  country: Country,
  decision: Decision | null,
  endsAt: Milliseconds,
  user: boolean,
): SimulatedTrait[] {
  const { lead, persona, name } = record
  const traits: SimulatedTrait[] = []
  const add = (trait: string, value: TraitValue, occurredAt = lead.createdAt, knownAt = occurredAt): void => {
    traits.push({ subjectKind: 'lead', subjectId: lead.leadId, name: trait, value, occurredAt, knownAt })
  }
  add('email', lead.email)
  if (happens(random, 0.97)) add('first_name', name.first)
  if (happens(random, 0.97)) add('last_name', name.last)
  add('source', user ? 'referral' : persona.source)
  if (user) add('campaign', 'customer_invite')
  else if (happens(random, 0.75)) add('campaign', campaignOf(random, persona.source, lead.createdAt))
  addTitle(random, record, endsAt, add)
  if (happens(random, 0.45))
    add('phone', `+1 555 01${integerBetween(random, 10, 99)} ${integerBetween(random, 100, 999)}`)
  if (happens(random, 0.88)) {
    // Somebody who works elsewhere than the company sits. Of what we may not sell to nobody makes a secret.
    const own =
      country.served && happens(random, 0.07)
        ? pickWeighted(
            random,
            COUNTRIES.filter((one) => one.served),
          )
        : country
    add('country', happens(random, 0.15) ? oneOf(random, own.spellings) : own.code)
  }
  const message = user ? null : messageFor(random, persona.intent)
  if (message !== null) add('message', message)
  if (persona.mailKind === 'student' && happens(random, 0.6)) add('student', true)
  if (persona.reachability === 'objecting') {
    const at = lead.createdAt + HOUR + Math.floor(20 * 24 * exponential(random)) * HOUR
    if (happens(random, 0.5)) add('consent', 'granted')
    add('consent', 'objected', at)
  } else if (happens(random, 0.55)) add('consent', 'granted')
  addLeaks(random, record, decision, add)
  return traits
}

function addTitle(random: Random, record: RosterEntry, endsAt: Milliseconds, add: AddTrait): void {
  const { lead, persona } = record
  const lot = random.uniform()
  if (lot < 0.03) return
  const later = lead.createdAt + Math.floor(1 + 9 * exponential(random)) * DAY
  const at = lot < 0.06 ? later : lead.createdAt
  const title = titleFor(random, persona.seniority, persona.department)
  if (title !== '') add('title', title, at)
  // Some are promoted; the records notice weeks later. Whoever buys is still the person that came.
  const promotedAt = lead.createdAt + integerBetween(random, 60, 500) * DAY
  if (happens(random, 0.06) && promotedAt < endsAt && persona.seniority === 'manager') {
    add('title', titleFor(random, 'director', persona.department), promotedAt, promotedAt + 30 * DAY)
  }
}

type AddTrait = (trait: string, value: TraitValue, occurredAt?: Milliseconds, knownAt?: Milliseconds) => void

/** Planted: fields that are filled in because of the outcome. */
function addLeaks(random: Random, { lead }: RosterEntry, decision: Decision | null, add: AddTrait): void {
  // onboarding_status has honest times, after the outcome: facts at a landmark do not hold it.
  const decided = decision !== null && lead.createdAt < decision.at ? decision : null
  if (decided !== null && (decided.won || happens(random, 0.08))) {
    const at = decided.at + HOUR + Math.floor(4 * 24 * exponential(random)) * HOUR
    add('onboarding_status', decided.won ? 'kickoff_scheduled' : 'cancelled', at)
    if (decided.won && happens(random, 0.7)) add('onboarding_status', 'completed', at + 30 * DAY)
  }
  // crm_stage is what the CRM says today, dated as CRM exports date it: when the lead was created. Only an audit can tell.
  if (happens(random, 0.1)) return
  const stages =
    decided === null ? ['lead', 'mql', 'nurture'] : decided.won ? ['customer'] : ['closed_lost', 'recycled']
  add(
    'crm_stage',
    happens(random, 0.06) ? oneOf(random, ['lead', 'mql', 'opportunity']) : oneOf(random, stages),
  )
}

/** `webinar-2026-q2-b`: a new name each quarter. */
function campaignOf(random: Random, source: string, at: Milliseconds): string {
  const date = new Date(at)
  const quarter = Math.floor(date.getUTCMonth() / 3) + 1
  return `${source.replaceAll('_', '-')}-${date.getUTCFullYear()}-q${quarter}-${oneOf(random, ['a', 'b', 'c'])}`
}

/** How long enrichment takes: minutes for most, days where somebody has to look. */
export function enrichmentDelay(random: Random): number {
  return happens(random, 0.88)
    ? integerBetween(random, 1, 25) * MINUTE
    : Math.floor(8 + 40 * random.uniform()) * HOUR
}
