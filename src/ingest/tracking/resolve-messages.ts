/**
 * What a group of messages says, once it is known whom they mean. Messages count in their order: what one says is known to the next.
 *
 * A user is the lead that has its user id; else the one with its mail address; else the one that its visitor is, unless that is
 * another user already (two people at one machine); else a new lead. The first that a name was linked to keeps it: whether two
 * leads are one person is for an alias, or `data merge`, to say, because a merge can be taken back.
 */
import type { UnknownName } from '../../db/unknown-names.ts'
import type { SubjectKind } from '../../glossary.ts'
import { normaliseDomain } from '../mail-address.ts'
import type { TrackingMap } from '../tracking-map.ts'
import type { TrackingMessage } from '../wire/message.ts'
import { readTraits } from '../wire/traits.ts'
import { domainOf, type KnownNames } from './known-names.ts'
import type { Learned, NewSubject } from './learned.ts'

/** The id of the lead that a user becomes whom nobody knows: one that no CRM gives, as ids of product and CRM may be the same number. */
export function leadOfUser(userId: string, map: TrackingMap): string {
  return map.userIsLead ? userId : `user:${userId}`
}

/** The id of the lead that a visitor becomes who leaves a mail address. */
export function leadOfVisitor(anonymousId: string): string {
  return `visitor:${anonymousId}`
}

export function resolveMessages(
  messages: readonly TrackingMessage[],
  names: KnownNames,
  map: TrackingMap,
): Learned {
  const resolver = new Resolver(names, map)
  for (const message of messages) resolver.take(message)
  return resolver.learned
}

class Resolver {
  readonly learned: Learned = {
    leads: new Map(),
    accounts: new Map(),
    links: [],
    accountOf: new Map(),
    traits: [],
    events: [],
    merges: [],
    unknown: [],
  }
  readonly #names: KnownNames
  readonly #map: TrackingMap

  constructor(names: KnownNames, map: TrackingMap) {
    this.#names = names
    this.#map = map
  }

  take(message: TrackingMessage): void {
    const leadId = message.type === 'alias' ? this.#alias(message) : this.#person(message)
    const accountId = this.#account(message)
    if (leadId !== null && accountId !== null) this.#join(leadId, accountId)
    if (message.type === 'identify' && leadId !== null) this.#setTraits('lead', leadId, message)
    if (message.type === 'group' && accountId !== null) this.#setTraits('account', accountId, message)
    const { type } = message
    if (type === 'track' || type === 'page' || type === 'screen') this.#event(message, leadId)
    const lead = leadId === null ? undefined : this.learned.leads.get(leadId)
    if (lead && message.occurredAt < lead.createdAt)
      this.learned.leads.set(leadId!, { ...lead, createdAt: message.occurredAt })
  }

  #person(message: TrackingMessage): string | null {
    const { type, userId, anonymousId, email } = message
    const { people } = this.#names
    const byAddress = email?.address == null ? null : people.find('email', email.address)
    const byVisitor = anonymousId === null ? null : people.find('anonymous_id', anonymousId)
    if (userId === null) {
      const found = byAddress ?? byVisitor
      const leavesAddress = type === 'identify' && email?.address != null && anonymousId !== null
      if (found === null && !leavesAddress) return null
      const leadId = found ?? this.#create(leadOfVisitor(anonymousId!), message)
      if (type === 'identify') this.#linkAll(leadId, message)
      return leadId
    }
    const leadId =
      this.#user(userId) ??
      byAddress ??
      (byVisitor !== null && !this.#names.users.has(byVisitor) ? byVisitor : null) ??
      this.#create(leadOfUser(userId, this.#map), message)
    this.#linkAll(leadId, message)
    return leadId
  }

  #user(userId: string): string | null {
    const { people } = this.#names
    return people.find('user_id', userId) ?? (this.#map.userIsLead ? people.find('crm_id', userId) : null)
  }

  /** What both ids have is one person's from here on. */
  #alias(message: TrackingMessage): string {
    const previousId = message.previousId!
    const before = this.#user(previousId)
    const user = this.#user(message.userId!)
    if (before !== null && user !== null && before !== user)
      this.learned.merges.push({ fromId: before, intoId: user, message })
    const leadId =
      user ??
      before ??
      this.#person({ ...message, type: 'track', anonymousId: message.anonymousId ?? previousId })!
    this.#linkAll(leadId, message)
    this.#link('user_id', previousId, 'lead', leadId, message)
    this.#link('anonymous_id', previousId, 'lead', leadId, message)
    return leadId
  }

  #linkAll(leadId: string, message: TrackingMessage): void {
    const { userId, anonymousId, email } = message
    if (userId !== null) {
      this.#link('user_id', userId, 'lead', leadId, message)
      this.#names.users.add(leadId)
    }
    if (anonymousId !== null) this.#link('anonymous_id', anonymousId, 'lead', leadId, message)
    if (email?.address == null) return
    this.#link('email', email.address, 'lead', leadId, message)
    const domain = domainOf(message)
    const accountId = domain === null ? undefined : this.#names.accountsByDomain.get(domain)
    if (accountId !== undefined) this.#join(leadId, accountId)
  }

  #account(message: TrackingMessage): string | null {
    const { groupId, type } = message
    if (groupId === null) return null
    const { accounts, accountsByDomain } = this.#names
    const domain = type === 'group' ? domainOf(message) : null
    const found =
      accounts.find('group_id', groupId) ??
      (this.#map.groupIsAccount ? accounts.find('crm_id', groupId) : null) ??
      (domain === null ? null : (accountsByDomain.get(domain) ?? null))
    const accountId = found ?? (this.#map.groupIsAccount ? groupId : `group:${groupId}`)
    if (found === null) this.learned.accounts.set(accountId, newSubject(message))
    this.#link('group_id', groupId, 'account', accountId, message)
    return accountId
  }

  #create(leadId: string, message: TrackingMessage): string {
    if (!this.learned.leads.has(leadId)) this.learned.leads.set(leadId, newSubject(message))
    return leadId
  }

  #link(
    kind: 'user_id' | 'email' | 'anonymous_id' | 'group_id',
    value: string,
    subjectKind: SubjectKind,
    subjectId: string,
    { receivedAt, source }: TrackingMessage,
  ): void {
    const subjects = subjectKind === 'lead' ? this.#names.people : this.#names.accounts
    if (subjects.find(kind, value) !== null) return
    subjects.link(kind, value, subjectId)
    this.learned.links.push({ kind, value, subjectKind, subjectId, at: receivedAt, source })
  }

  /** The first account stays: that of the CRM, mostly. */
  #join(leadId: string, accountId: string): void {
    if (!this.learned.accountOf.has(leadId)) this.learned.accountOf.set(leadId, accountId)
  }

  #setTraits(subjectKind: SubjectKind, subjectId: string, message: TrackingMessage): void {
    const { occurredAt, receivedAt: knownAt, source } = message
    const { traits, leftOut } = readTraits(subjectKind, message.traits, this.#map, knownAt)
    const kind = `${subjectKind} trait` as const
    for (const { name, reason } of leftOut) this.learned.unknown.push({ kind, name, source, reason })
    for (const [name, value] of traits)
      this.learned.traits.push({ subjectKind, subjectId, name, value, occurredAt, knownAt, source })
    // A user id that is a mail address says what an address would.
    if (subjectKind === 'lead' && !traits.has('email') && message.email?.address != null) {
      const value = message.email.address
      this.learned.traits.push({ subjectKind, subjectId, name: 'email', value, occurredAt, knownAt, source })
    }
    const domain = subjectKind === 'account' ? normaliseDomain(String(traits.get('domain') ?? '')) : null
    if (domain !== null)
      this.learned.links.push({
        kind: 'domain',
        value: domain,
        subjectKind,
        subjectId,
        at: knownAt,
        source,
      })
  }

  #event(message: TrackingMessage, leadId: string | null): void {
    const { type: kind, name, path, source } = message
    const { type, isKnown } =
      kind === 'track'
        ? this.#map.eventType(name!)
        : kind === 'page'
          ? this.#map.pageType({ name, path })
          : this.#map.screenType(name)
    const unknown: UnknownName | null = isKnown ? null : { kind: 'event', name: type, source, reason: null }
    this.learned.events.push({ message, leadId, type, unknown })
  }
}

function newSubject({ occurredAt, receivedAt, source }: TrackingMessage): NewSubject {
  return { createdAt: occurredAt, knownAt: receivedAt, source }
}
