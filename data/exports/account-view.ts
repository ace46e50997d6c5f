/** A simulated account as a CRM sees it on the day of the export: one value a field, the newest. */
import type { TraitValue } from '../../src/glossary.ts'
import { createRandom, type Random } from '../random.ts'
import type { SimulationOptions } from '../simulator/process.ts'
import type { SimulatedAccount, SimulatedDeal, SimulatedEvent, SimulatedLead } from '../simulator/records.ts'
import type { Cell } from './csv-row.ts'

/** Newest value by name. */
export type Fields = ReadonlyMap<string, TraitValue>

export interface PersonView {
  readonly lead: SimulatedLead
  readonly fields: Fields
  /** It is a contact of these, in order of their opening. */
  readonly deals: readonly SimulatedDeal[]
  /** In order of time. */
  readonly events: readonly SimulatedEvent[]
}

export interface AccountView {
  readonly number: number
  readonly account: SimulatedAccount['account']
  readonly fields: Fields
  readonly people: readonly PersonView[]
  readonly deals: readonly SimulatedDeal[]
  readonly events: SimulatedAccount['events']
  /** The day of the export. */
  readonly endsAt: SimulationOptions['endsAt']
  /** For what a CRM adds of its own. Each call begins anew. */
  createRandom(): Random
}

/** Beside the purposes of the simulator: what is drawn here changes nothing of the history. */
const EXPORT_PURPOSE = 3

export function viewOf(account: SimulatedAccount, { seed, endsAt }: SimulationOptions): AccountView {
  const { accountNumber, events, deals, leads } = account
  return {
    number: accountNumber,
    account: account.account,
    fields: fieldsOf(account, account.account?.accountId ?? null),
    people: leads.map((lead) => ({
      lead,
      fields: fieldsOf(account, lead.leadId),
      deals: deals.filter((deal) => deal.contacts.some(({ leadId }) => leadId === lead.leadId)),
      events: events.filter(({ leadId }) => leadId === lead.leadId),
    })),
    deals,
    events,
    endsAt,
    createRandom: () => createRandom(seed, accountNumber, EXPORT_PURPOSE),
  }
}

/** Of values of one time the one that became known last counts, as everywhere. */
function fieldsOf({ traits }: SimulatedAccount, subjectId: string | null): Fields {
  const own = traits
    .filter((trait) => trait.subjectId === subjectId)
    .sort((a, b) => a.occurredAt - b.occurredAt || a.knownAt - b.knownAt)
  return new Map(own.map(({ name, value }) => [name, value]))
}

/** A column that holds a trait. */
export function field(name: string): (subject: { readonly fields: Fields }) => Cell {
  return ({ fields }) => fields.get(name) ?? null
}

/** What became of a person or an account, as the fields of a CRM tell it that give the outcome away. */
export function standingOf(deals: readonly SimulatedDeal[]): 'won' | 'lost' | 'open' | 'none' {
  if (deals.some(({ outcome }) => outcome === 'won')) return 'won'
  if (deals.some(({ outcome }) => outcome === 'open')) return 'open'
  return deals.length > 0 ? 'lost' : 'none'
}
