/**
 * Which person is a lead in Salesforce, which a contact, and which was first the one and then the other. A lead is converted once
 * its organisation is found; only contacts can have an account, or a part in an opportunity.
 */
import { HOUR, type Milliseconds, SECOND } from '../../../src/glossary.ts'
import { exponential, happens } from '../../random.ts'
import type { SimulatedEvent } from '../../simulator/records.ts'
import type { AccountView, PersonView } from '../account-view.ts'
import { longId, numberOf } from './record-ids.ts'

export interface Person extends PersonView {
  readonly view: AccountView
  /** In Lead.csv. */
  readonly isLead: boolean
  /** In Contact.csv from then on; null for a lead that was never converted. */
  readonly contactSince: Milliseconds | null
}

/** Some are entered as contacts by hand. */
const DIRECT_CHANCE = 0.12

export function peopleOf(view: AccountView): Person[] {
  const random = view.createRandom()
  return view.people.map((person) => {
    const { lead, deals } = person
    const delay = HOUR + Math.floor(24 * 3_600 * exponential(random)) * SECOND
    const isDirect = happens(random, DIRECT_CHANCE)
    if (lead.accountId === null) {
      const contactSince = deals.length > 0 ? lead.createdAt : null
      return { ...person, view, isLead: contactSince === null, contactSince }
    }
    if (isDirect || lead.person === null) {
      return { ...person, view, isLead: false, contactSince: lead.createdAt }
    }
    // Whoever opens an opportunity converts the lead, if nobody has before.
    const firstDeal = deals[0]?.openedAt ?? Number.POSITIVE_INFINITY
    const converted = Math.min(lead.createdAt + delay, firstDeal, view.endsAt - SECOND)
    return { ...person, view, isLead: true, contactSince: Math.max(converted, lead.createdAt) }
  })
}

export function leadRecordId({ lead }: PersonView): string {
  return longId('lead', numberOf(lead.leadId))
}

export function contactRecordId(leadId: string): string {
  return longId('contact', numberOf(leadId))
}

/** The id of a person at the time of an event: that of the lead until it is converted. */
export function personIds(view: AccountView): (event: SimulatedEvent) => string {
  const people = new Map(peopleOf(view).map((person) => [person.lead.leadId, person]))
  return ({ leadId, occurredAt }) => {
    const person = people.get(leadId)
    const isLeadThen =
      person?.isLead === true && (person.contactSince === null || occurredAt < person.contactSince)
    return person !== undefined && isLeadThen ? leadRecordId(person) : contactRecordId(leadId)
  }
}
