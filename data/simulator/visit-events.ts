/** Turns visits into events: one after another within some minutes, with the properties that tools send along. */
import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '../../src/glossary.ts'
import { exponential, happens, oneOf, type Random } from '../random.ts'
import { dayOf, startOfDay } from './calendar.ts'
import { EFFECTS } from './effects.ts'
import type { JourneyLead, Visit } from './journey.ts'
import type { SimulatedEvent } from './records.ts'
import type { RosterEntry } from './roster.ts'

/** Chance that an event is known only hours or days after it occurred. */
const LATE_CHANCE = 0.03

/** When an event becomes known: at once, but for some. */
export function knownAfter(random: Random, occurredAt: Milliseconds): Milliseconds {
  if (!happens(random, LATE_CHANCE)) return occurredAt
  return occurredAt + 2 * HOUR + Math.floor(30 * exponential(random)) * HOUR
}

const PROPERTIES: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  page_viewed: [
    { path: '/' },
    { path: '/product' },
    { path: '/blog/what-is-lead-scoring' },
    { path: '/blog/sales-and-marketing-alignment' },
    { path: '/integrations' },
    { path: '/about' },
  ],
  pricing_page_viewed: [{ path: '/pricing' }],
  docs_viewed: [{ path: '/docs/quickstart' }, { path: '/docs/api' }, { path: '/docs/crm-sync' }],
  case_study_viewed: [{ path: '/customers/logistics' }, { path: '/customers/banking' }],
  careers_page_viewed: [{ path: '/careers' }],
  content_downloaded: [
    { asset: 'benchmark-report' },
    { asset: 'scoring-playbook' },
    { asset: 'roi-calculator' },
  ],
  webinar_registered: [{ webinar: 'scoring-in-an-hour' }, { webinar: 'ask-an-analyst' }],
  webinar_attended: [{ webinar: 'scoring-in-an-hour' }, { webinar: 'ask-an-analyst' }],
  form_submitted: [{ form: 'contact' }, { form: 'newsletter' }],
  ad_clicked: [{ network: 'search' }, { network: 'social' }],
  feature_used: [{ feature: 'import' }, { feature: 'dashboard' }, { feature: 'scores' }, { feature: 'api' }],
  integration_connected: [{ integration: 'crm' }, { integration: 'warehouse' }],
}

/**
 * Events of the visits of a person. After a duplicate came into being each visit goes to one of the two records. `keeps`
 * says which visits left a trace at all.
 */
export function visitEvents(
  random: Random,
  person: JourneyLead,
  records: readonly RosterEntry[],
  keeps: (visit: Visit) => boolean,
): SimulatedEvent[] {
  const events: SimulatedEvent[] = []
  for (const { visit, activates } of recordedVisits(person)) {
    if (!keeps(visit)) continue
    const there = records.filter((record) => record.lead.createdAt <= visit.at)
    const record = there.length > 0 ? oneOf(random, there) : records[0]
    if (record === undefined) continue
    events.push(...eventsOf(random, visit, record, activates))
  }
  return events
}

/** A trial is active from its second working session on. */
function recordedVisits(person: JourneyLead): { visit: Visit; activates: boolean }[] {
  const visits = person.streams.flatMap(({ kind, visits }) =>
    visits.map((visit, place) => ({ visit, activates: kind === 'trial' && place === 1 })),
  )
  if (person.entry !== null) visits.push({ visit: person.entry, activates: false })
  return visits.sort((a, b) => a.visit.at - b.visit.at)
}

function eventsOf(random: Random, visit: Visit, record: RosterEntry, activates: boolean): SimulatedEvent[] {
  const types: string[] = []
  for (let place = 0; place < visit.counts.length; place += 2) {
    const type = EFFECTS[visit.counts[place] ?? 0]?.type ?? ''
    for (let left = visit.counts[place + 1] ?? 0; left > 0; left--) types.push(type)
  }
  if (activates) types.push('trial_activated')
  const endOfDay = startOfDay(dayOf(visit.at)) + DAY - SECOND
  let at = visit.at
  return types.map((type, place) => {
    if (place > 0) at = Math.min(endOfDay, at + 5 * SECOND + Math.floor(90 * exponential(random)) * SECOND)
    if (type === 'webinar_attended') at = Math.min(endOfDay, at + 30 * MINUTE)
    // Whoever has left the list gets no mail to click: it came back by itself, and did as much.
    const shown = type === 'email_clicked' && at >= record.unsubscribedAt ? 'page_viewed' : type
    const properties = PROPERTIES[shown]
    return {
      leadId: record.lead.leadId,
      type: shown,
      occurredAt: at,
      knownAt: knownAfter(random, at),
      properties: properties === undefined ? {} : oneOf(random, properties),
    }
  })
}
