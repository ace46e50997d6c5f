/** What is held in memory of files of accounts, people and events, until the leads come for it. */
import { EVENTS, LEADS, type LoadableTable, TRAITS } from '../db/loadable-tables.ts'
import { WonlostError } from '../errors.ts'
import type { AccountRecord, LeadEvent, LeadRecord, Milliseconds, Trait, TraitValue } from '../glossary.ts'
import type { ImportRecord } from './define-import.ts'
import type { FactRow } from './fact-rows.ts'
import { domainToJoin } from './resolve-rows.ts'

/** People, traits of accounts and events: 300 bytes each, 600 MB in all, which fit into the memory that Node.js takes on most machines. */
const MAX_FACTS = 2_000_000
/** What has longer JSON counts several times. */
const CHARACTERS_OF_A_FACT = 256

interface Person {
  readonly leadId: string
  readonly createdAt: Milliseconds
  /** Of the first contact of the account only: nobody asks for those of the others. */
  traits: readonly Trait[]
}

export class HeldFacts {
  readonly #accounts = new Map<string, string>()
  /** null: several have it, and nobody joins one of them by it. */
  readonly #accountsByDomain = new Map<string, string | null>()
  readonly #accountTraits = new Map<string, readonly Trait[]>()
  /** By what a lead is known, with the kind of it in front. The first keeps it. */
  readonly #people = new Map<string, string>()
  readonly #peopleOfAccounts = new Map<string, Person[]>()
  readonly #firstContacts = new Map<string, Person>()
  readonly #events = new Map<string, LeadEvent[]>()
  readonly #eventsOfVisitors = new Map<string, LeadEvent[]>()
  /** Few types and sources stand in many events: each is kept once. */
  readonly #texts = new Map<string, string>()
  readonly #asOf: Milliseconds
  #facts = 0

  /** Leads are scored with what was known before `asOf`. */
  constructor(asOf: Milliseconds) {
    this.#asOf = asOf
  }

  addAccount({ row }: FactRow, file: string): void {
    const { accountId, otherIds, domain } = row.account!
    for (const id of [accountId!, ...otherIds]) first(this.#accounts, id, accountId!)
    if (domain !== null)
      this.#accountsByDomain.set(domain, this.#accountsByDomain.has(domain) ? null : accountId!)
    const traits = traitsOf(row.records({ leadId: null, accountId, contacts: null }))
    for (const { value } of traits) this.#count(JSON.stringify(value).length, file)
    this.#accountTraits.set(accountId!, traits)
  }

  /** A lead, before its events and those of its colleagues. */
  addPerson(factRow: FactRow, file: string): void {
    this.#count(0, file)
    const { leadId, otherIds, email, userId, anonymousId } = factRow.row.person!
    for (const id of [leadId!, ...otherIds]) first(this.#people, `id ${id}`, leadId!)
    if (email !== null) first(this.#people, `email ${email}`, leadId!)
    if (userId !== null) first(this.#people, `user ${userId}`, leadId!)
    if (anonymousId !== null) first(this.#people, `visitor ${anonymousId}`, leadId!)
    const accountId = this.#accountOf(factRow)
    if (accountId === null) return
    const records = factRow.row.records({ leadId, accountId, contacts: null })
    const person = { leadId: leadId!, createdAt: createdAtOf(records), traits: [] }
    this.#keepIfFirst(accountId, person, traitsOf(records), file)
    const others = this.#peopleOfAccounts.get(accountId)
    if (others) others.push(person)
    else this.#peopleOfAccounts.set(accountId, [person])
  }

  /** Traits of one lead an account are held: of the earliest that was known by then. */
  #keepIfFirst(accountId: string, person: Person, traits: readonly Trait[], file: string): void {
    const isBefore = (time: Milliseconds): boolean => time < this.#asOf
    const isKnown =
      isBefore(person.createdAt) &&
      traits.some(({ occurredAt, knownAt }) => isBefore(occurredAt) && isBefore(knownAt))
    const other = this.#firstContacts.get(accountId)
    if (!isKnown || (other && !isEarlier(person, other))) return
    if (other) other.traits = []
    else for (const { value } of traits) this.#count(JSON.stringify(value).length, file)
    person.traits = traits
    this.#firstContacts.set(accountId, person)
  }

  /** Who is meant, as imports find it. Events of nobody are passed over; those of a visitor wait for who it was. */
  addEvent({ row }: FactRow, file: string): void {
    const { leadId, email, userId, anonymousId } = row.person!
    const names =
      leadId === null ? [`user ${userId}`, `email ${email}`, `visitor ${anonymousId}`] : [`id ${leadId}`]
    const known = names.find((name) => this.#people.has(name))
    const owner = known === undefined ? leadId : this.#people.get(known)!
    if (owner !== null && anonymousId !== null) first(this.#people, `visitor ${anonymousId}`, owner)
    if (owner === null && anonymousId === null) return
    const [, event] = row.records({ leadId: owner, accountId: null, contacts: null }).find(of(EVENTS))!
    this.#count(String(event[PROPERTIES]).length, file)
    const [events, key] = owner === null ? [this.#eventsOfVisitors, anonymousId!] : [this.#events, owner]
    const others = events.get(key)
    if (others) others.push(this.#eventOf(event))
    else events.set(key, [this.#eventOf(event)])
  }

  /** When all events are there. */
  endEvents(): void {
    for (const [visitor, events] of this.#eventsOfVisitors) {
      const owner = this.#people.get(`visitor ${visitor}`)
      if (owner) this.#events.set(owner, [...(this.#events.get(owner) ?? []), ...events])
    }
    this.#eventsOfVisitors.clear()
    for (const events of this.#events.values())
      events.sort(
        (a, b) => a.occurredAt - b.occurredAt || a.knownAt - b.knownAt || (a.eventId < b.eventId ? -1 : 1),
      )
  }

  /** The lead of a row, with its account, the events of its colleagues, and the traits of the first contact. */
  recordOf(factRow: FactRow): { readonly account: AccountRecord; readonly lead: LeadRecord } {
    const { row, accountTraits } = factRow
    const leadId = row.person!.leadId!
    const accountId = this.#accountOf(factRow)
    const records = row.records({ leadId, accountId, contacts: null })
    const lead: LeadRecord = {
      leadId,
      accountId,
      createdAt: createdAtOf(records),
      traits: traitsOf(records),
      events: this.#events.get(leadId) ?? [],
    }
    const colleagues = (accountId === null ? undefined : this.#peopleOfAccounts.get(accountId)) ?? []
    const account: AccountRecord = {
      accountId,
      traits: [
        ...((accountId === null ? undefined : this.#accountTraits.get(accountId)) ?? []),
        ...(accountId === null ? [] : traitsOf(accountTraits(accountId))),
      ],
      leads: [
        lead,
        ...colleagues
          .filter((other) => other.leadId !== leadId)
          .map((other) => ({
            ...other,
            accountId,
            events: this.#events.get(other.leadId) ?? [],
          })),
      ],
      deals: [],
      customerSince: 'unknown',
    }
    return { account, lead }
  }

  /** As imports find it: by its id, or by the domain that one account has; of a lead that brings traits of an account, its own. */
  #accountOf({ row, accountTraits }: FactRow): string | null {
    const { accountId = null, domain = null } = row.account ?? {}
    if (accountId !== null) return this.#accounts.get(accountId) ?? accountId
    const joined = this.#accountsByDomain.get(domainToJoin(row) ?? '') ?? null
    if (joined !== null) return joined
    return accountTraits('').length > 0 ? (domain ?? row.person!.leadId) : null
  }

  #eventOf(values: ImportRecord[1]): LeadEvent {
    const [eventId, , , type, occurredAt, knownAt, source, properties] = values
    return {
      eventId: String(eventId),
      type: this.#once(String(type)),
      occurredAt: Number(occurredAt),
      knownAt: Number(knownAt),
      source: this.#once(String(source)),
      properties: properties === '{}' ? NO_PROPERTIES : JSON.parse(String(properties)),
    }
  }

  #once(text: string): string {
    const kept = this.#texts.get(text)
    if (kept !== undefined) return kept
    this.#texts.set(text, text)
    return text
  }

  #count(characters: number, file: string): void {
    this.#facts += 1 + Math.floor(characters / CHARACTERS_OF_A_FACT)
    if (this.#facts <= MAX_FACTS) return
    const message = `Accounts and events are held in memory while a file is scored, and these are too many: people, traits of accounts and events may be ${MAX_FACTS.toLocaleString('en-US')} in all (long ones count more than once). Import the files into a database, and score there.`
    throw new WonlostError('table_invalid', message, { file })
  }
}

const NO_PROPERTIES = Object.freeze({})

/** As `factsAt` has it: of equals the first by id. */
function isEarlier(one: Person, other: Person): boolean {
  return one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.leadId < other.leadId)
}

function first(names: Map<string, string>, name: string, id: string): void {
  if (!names.has(name)) names.set(name, id)
}

function of(table: LoadableTable): (record: ImportRecord) => boolean {
  return ([other]) => other === table
}

const PROPERTIES = EVENTS.columns.findIndex(({ name }) => name === 'properties')
const CREATED_AT = LEADS.columns.findIndex(({ name }) => name === 'created_at')

function createdAtOf(records: readonly ImportRecord[]): Milliseconds {
  return Number(records.find(of(LEADS))![1][CREATED_AT])
}

function traitsOf(records: readonly ImportRecord[]): Trait[] {
  return records.filter(of(TRAITS)).map(([, [, , name, json, occurredAt, knownAt, source, undated]]) => ({
    name: String(name),
    value: JSON.parse(String(json)) as TraitValue,
    occurredAt: Number(occurredAt),
    knownAt: Number(knownAt),
    source: String(source),
    undated: undated === true,
  }))
}
