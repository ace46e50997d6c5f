import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import type { SimulatedAccount } from '../../data/simulator/records.ts'
import { simulate } from '../../data/simulator/simulate.ts'
import { DAY } from '../../src/glossary.ts'
import { ENDS_AT, optionsOf } from './helpers.ts'

const hashOf = (accounts: readonly SimulatedAccount[]): string =>
  createHash('sha256').update(JSON.stringify(accounts)).digest('hex')

vi.setConfig({ testTimeout: 60_000 })

const accounts = [...simulate(optionsOf({ leads: 4_000 }))]
const leads = accounts.flatMap((account) => account.leads)
const traits = accounts.flatMap((account) => account.traits)
const events = accounts.flatMap((account) => account.events)
const deals = accounts.flatMap((account) => account.deals)
const createdAt = new Map(leads.map((lead) => [lead.leadId, lead.createdAt]))

test('equal options give equal histories; another seed, end or drift gives another', () => {
  const once = hashOf([...simulate(optionsOf())])
  expect(hashOf([...simulate(optionsOf())])).toBe(once)
  expect(hashOf([...simulate(optionsOf({ seed: 12 }))])).not.toBe(once)
  expect(hashOf([...simulate(optionsOf({ drift: false }))])).not.toBe(once)
  expect(hashOf([...simulate(optionsOf({ endsAt: ENDS_AT - 30 * DAY }))])).not.toBe(once)
})

test('more leads of the same seed begin with the same accounts', () => {
  const few = [...simulate(optionsOf({ leads: 50 }))]
  const more = [...simulate(optionsOf({ leads: 200 }))]
  expect(hashOf(more.slice(0, few.length))).toBe(hashOf(few))
})

test('nothing occurs, is known, opens or closes at or after the end, and nothing is known before it occurs', () => {
  const wrong = [...events, ...traits].filter(
    ({ occurredAt, knownAt }) =>
      !Number.isInteger(occurredAt) ||
      !Number.isInteger(knownAt) ||
      occurredAt > knownAt ||
      knownAt >= ENDS_AT,
  )
  expect(wrong).toEqual([])
  expect(leads.filter((lead) => lead.createdAt >= ENDS_AT)).toEqual([])
  for (const deal of deals) {
    expect(deal.openedAt).toBeLessThan(ENDS_AT)
    expect(deal.closedAt ?? 0).toBeLessThan(ENDS_AT)
    for (const stage of deal.stages) expect(stage.enteredAt).toBeLessThan(ENDS_AT)
  }
})

test('nobody does anything before the first touch', () => {
  expect(events.filter((event) => event.occurredAt < createdAt.get(event.leadId)!)).toEqual([])
})

test('ids are unique, and every event, trait and contact is of a subject that exists', () => {
  const ids = (values: readonly string[]): number => new Set(values).size
  expect(ids(leads.map((lead) => lead.leadId))).toBe(leads.length)
  expect(ids(events.map((event) => event.eventId))).toBe(events.length)
  expect(ids(deals.map((deal) => deal.dealId))).toBe(deals.length)
  const accountIds = new Set(accounts.map(({ account }) => account?.accountId))
  expect(events.filter((event) => !createdAt.has(event.leadId))).toEqual([])
  const orphans = traits.filter(({ subjectKind, subjectId }) =>
    subjectKind === 'lead' ? !createdAt.has(subjectId) : !accountIds.has(subjectId),
  )
  expect(orphans).toEqual([])
  const keys = traits.map((trait) => JSON.stringify({ ...trait, value: null }))
  expect(ids(keys)).toBe(keys.length)
})

test('deals are consistent: outcome with closing, one primary, contacts who were there, stages in order', () => {
  for (const deal of deals) {
    expect(deal.outcome === 'open').toBe(deal.closedAt === null)
    const closedAt = deal.closedAt ?? ENDS_AT
    expect(deal.openedAt).toBeLessThan(closedAt)
    expect(deal.contacts.filter((contact) => contact.isPrimary)).toHaveLength(1)
    for (const { leadId } of deal.contacts) expect(createdAt.get(leadId)!).toBeLessThan(closedAt)
    const times = deal.stages.map((stage) => stage.enteredAt)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(deal.openedAt)
    if (deal.outcome !== 'open') {
      expect(deal.stages.at(-1)).toEqual({ stage: deal.outcome, enteredAt: deal.closedAt })
    }
    expect(deal.lostReason === null || deal.outcome === 'lost').toBe(true)
  }
})

test('a new-business deal closes when its account decides, with everybody who had entered as a contact', () => {
  for (const { deals: ofAccount, journey, leads: ofLeads } of accounts) {
    const closed = ofAccount.filter((deal) => deal.pipeline === 'new_business' && deal.closedAt !== null)
    expect(closed.map((deal) => [deal.closedAt, deal.outcome === 'won'])).toEqual(
      journey.decision === null ? [] : [[journey.decision.at, journey.decision.won]],
    )
    for (const deal of closed) {
      const there = ofLeads.filter((lead) => lead.person !== null).map((lead) => lead.leadId)
      expect(deal.contacts.map((contact) => contact.leadId).sort()).toEqual(there.sort())
    }
  }
})

test('the messy things really occur', () => {
  const count = (
    type: string,
    where: (properties: Readonly<Record<string, unknown>>) => boolean = () => true,
  ) => events.filter((event) => event.type === type && where(event.properties)).length
  expect(count('email_opened', (properties) => properties.privacy_proxy === true)).toBeGreaterThan(1_000)
  expect(count('email_bounced', (properties) => properties.kind === 'hard')).toBeGreaterThan(20)
  expect(count('email_bounced', (properties) => properties.kind === 'soft')).toBeGreaterThan(20)
  expect(count('email_clicked', (properties) => properties.bot === true)).toBeGreaterThan(20)
  expect(count('page_viewed', (properties) => properties.bot === true)).toBeGreaterThan(100)
  for (const type of ['unsubscribed', 'careers_page_viewed', 'trial_activated', 'support_ticket_opened']) {
    expect(count(type)).toBeGreaterThan(20)
  }
  const late = events.filter((event) => event.knownAt > event.occurredAt).length / events.length
  expect(late).toBeGreaterThan(0.02)
  expect(late).toBeLessThan(0.04)
  expect(leads.filter((lead) => lead.duplicateOf !== null).length).toBeGreaterThan(40)
  expect(leads.filter((lead) => lead.accountId === null).length).toBeGreaterThan(150)
  expect(deals.filter((deal) => deal.pipeline === 'expansion').length).toBeGreaterThan(30)
  const mail = (ending: RegExp): number =>
    leads.filter((lead) => ending.test(lead.email.toLowerCase())).length
  expect(mail(/@(gmail|outlook|yahoo)\.com$/)).toBeGreaterThan(100)
  expect(mail(/@(mailinator|guerrillamail)\.com$/)).toBeGreaterThan(10)
  expect(mail(/@(rivalsoft|scoreworks|leadpilot)\.example$/)).toBeGreaterThan(3)
  const values = (name: string) => traits.filter((trait) => trait.name === name).map((trait) => trait.value)
  expect(values('consent').filter((value) => value === 'objected').length).toBeGreaterThan(10)
  expect(values('student').length).toBeGreaterThan(10)
  expect(
    values('title').filter((value) => /\p{Emoji_Presentation}/u.test(String(value))).length,
  ).toBeGreaterThan(5)
  const embargoed = values('country').filter((value) => ['IR', 'SY', 'CU', 'KP'].includes(String(value)))
  expect(embargoed.length).toBeGreaterThan(5)
})

test('nobody wins who never can: competitors, students, countries that are not served', () => {
  const wonIds = new Set(
    deals
      .filter((deal) => deal.outcome !== 'open')
      .flatMap((deal) => deal.contacts.map(({ leadId }) => leadId)),
  )
  const excluded = traits.filter(
    ({ name, value }) =>
      (name === 'student' && value === true) ||
      (name === 'country' && ['IR', 'SY', 'CU', 'KP'].includes(String(value))) ||
      (name === 'email' && /@(rivalsoft|scoreworks|leadpilot)\.example$/i.test(String(value))),
  )
  expect(excluded.length).toBeGreaterThan(40)
  for (const { subjectId } of excluded) expect(wonIds.has(subjectId)).toBe(false)
})

test('the planted leaks: one is known after the outcome only, one is dated back to the creation', () => {
  const closedAt = new Map(
    deals
      .filter((deal) => deal.pipeline === 'new_business' && deal.closedAt !== null)
      .flatMap((deal) => deal.contacts.map(({ leadId }) => [leadId, deal] as const)),
  )
  const onboarding = traits.filter((trait) => trait.name === 'onboarding_status')
  expect(onboarding.length).toBeGreaterThan(100)
  for (const trait of onboarding) {
    expect(trait.occurredAt).toBeGreaterThan(closedAt.get(trait.subjectId)!.closedAt!)
  }
  const stages = traits.filter((trait) => trait.name === 'crm_stage')
  expect(stages.length).toBeGreaterThan(3_000)
  for (const trait of stages) {
    expect([trait.occurredAt, trait.knownAt]).toEqual([
      createdAt.get(trait.subjectId),
      createdAt.get(trait.subjectId),
    ])
  }
  const customers = stages.filter((trait) => trait.value === 'customer')
  expect(customers.every((trait) => closedAt.get(trait.subjectId)?.outcome === 'won')).toBe(true)
  expect(customers.length).toBeGreaterThan(100)
})
