/** Rows as record-queries.ts returns them, and what they become. */
import type { Deal, LeadEvent, LeadRecord, Milliseconds, Trait, TraitValue } from '../glossary.ts'

export type TraitRow = [string, TraitValue, Milliseconds, Milliseconds, string, boolean]
type EventRow = [string, string, Milliseconds, Milliseconds, string, Record<string, unknown>]

export interface LeadRow {
  lead_id: string
  /** All ids of the person. */
  ids: string[]
  created_at: Milliseconds
  traits: TraitRow[]
  events: EventRow[]
}

export interface DealRow {
  deal_id: string
  account_id: string | null
  pipeline: string
  opened_at: Milliseconds
  closed_at: Milliseconds | null
  known_at: Milliseconds
  outcome: Deal['outcome']
  amount: number | null
  currency: string | null
  lost_reason: string | null
  contacts: [string, boolean][]
  stages: [string, Milliseconds][]
}

export function toTrait([name, value, occurredAt, knownAt, source, undated]: TraitRow): Trait {
  return { name, value, occurredAt, knownAt, source, undated }
}

function toEvent([eventId, type, occurredAt, knownAt, source, properties]: EventRow): LeadEvent {
  return { eventId, type, occurredAt, knownAt, source, properties }
}

export function toLead(row: LeadRow, accountId: string | null): LeadRecord {
  return {
    leadId: row.lead_id,
    accountId,
    createdAt: row.created_at,
    traits: row.traits.map(toTrait),
    events: row.events.map(toEvent),
  }
}

export function toDeal(row: DealRow): Deal {
  return {
    dealId: row.deal_id,
    accountId: row.account_id,
    pipeline: row.pipeline,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    knownAt: row.known_at,
    outcome: row.outcome,
    amount: row.amount,
    currency: row.currency,
    lostReason: row.lost_reason,
    contacts: row.contacts.map(([leadId, isPrimary]) => ({ leadId, isPrimary })),
    // A history may say several times in a row that a deal is in one stage: it entered it the first time.
    stages: row.stages
      .filter(([stage], i) => stage !== row.stages[i - 1]?.[0])
      .map(([stage, enteredAt]) => ({ stage, enteredAt })),
  }
}
