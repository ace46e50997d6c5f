/**
 * What the audit needs to know of the records themselves, and no matrix tells: traits that no feature reads, when things became
 * known, what became of everybody in the end. One reading, of a sample where there is much.
 */
import type { AccountRecord, LeadRecord, Milliseconds } from '../../src/glossary.ts'
import { coursesOf, type LandmarkPlan } from '../course.ts'
import { attributesAt } from '../data-check/attributes.ts'
import { type ConversionTables, createConversionTally } from '../data-check/conversion.ts'
import { createTraitTally, hasReached, type TraitTallies } from '../data-check/tally-traits.ts'
import { scheduleLandmarks } from '../landmarks.ts'
import type { RecordSource } from '../record-source.ts'
import { eachLead, type Row } from '../rows.ts'
import { createContactTally, type SharedContacts, type Side } from './shared-contacts.ts'

export interface Evidence {
  readonly traits: TraitTallies
  /** By trait at the first landmark, of those that reached the target in the end, whenever that was. */
  readonly conversion: ConversionTables
  /** Subjects of the rows learned from that reached the target, whenever that was. */
  readonly reached: ReadonlySet<string>
  readonly contacts: SharedContacts
}

export interface EvidenceRequest {
  readonly cutoff: Milliseconds
  /** All landmarks of the run. */
  readonly rows: readonly Row[]
  readonly learning: readonly Row[]
  readonly test: readonly Row[]
}

/** Accounts whose traits are looked at. */
const TALLIED_ACCOUNTS = 15_000
/** Accounts whose addresses are compared. */
const COMPARED_ACCOUNTS = 60_000

export async function readEvidence(
  records: RecordSource,
  plan: LandmarkPlan,
  { cutoff, rows, learning, test }: EvidenceRequest,
): Promise<Evidence> {
  const sides = new Map<number, Side>()
  for (const { group } of learning) sides.set(group, 'learning')
  for (const { group } of test) sides.set(group, 'test')
  const accounts = [...new Set(rows.map(({ group }) => group))]
  const step = Math.max(1, Math.ceil(accounts.length / TALLIED_ACCOUNTS))
  const tallied = new Set(accounts.filter((_, place) => place % step === 0))
  const contacts = createContactTally(cutoff, Math.max(1, Math.ceil(sides.size / COMPARED_ACCOUNTS)))
  const traits = createTraitTally()
  const conversion = createConversionTally()
  const reached = new Set<string>()

  const tally = (account: AccountRecord, lead: LeadRecord, group: number): void => {
    const courses = coursesOf(account, lead, plan).map((course) => ({
      course,
      landmarks: scheduleLandmarks(course, plan, cutoff),
    }))
    traits.observe({ account, lead, group, courses })
    for (const { course, landmarks } of courses) {
      const [first] = landmarks
      if (first?.status !== 'usable') continue
      conversion.add(group, hasReached(course) ? 1 : 0, attributesAt(account, lead, first.asOf))
    }
  }
  for await (const { account, lead, group } of eachLead(records)) {
    const side = sides.get(group)
    if (side) contacts.observe(side, account, lead)
    if (side === 'learning')
      for (const course of coursesOf(account, lead, plan))
        if (hasReached(course)) reached.add(subjectOf(course))
    if (tallied.has(group)) tally(account, lead, group)
  }
  return { traits: traits.read(), conversion: conversion.tables(), reached, contacts: contacts.read() }
}

/** Whom a row asks about: the deal, or the lead. */
export function subjectOf({ dealId, leadId }: { dealId: string | null; leadId: string }): string {
  return dealId ?? leadId
}
