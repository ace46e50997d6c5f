/** Rows as record-queries.ts returns them, and what they become. */
import type { Deal, LeadEvent, LeadRecord, Milliseconds, Trait, TraitValue } from '../glossary.ts'

export type TraitRow = [string, TraitValue, Milliseconds, Milliseconds, string, boolean]
type EventRow = [string, string, Milliseconds, Milliseconds, string, Record<string, unknown>]

export interface LeadRow {
  lead_id: string
  account_id: string | null
  created_at: Milliseconds
  traits: TraitRow[]
  events: EventRow[]
}

export interface DealRow {
  owner: string
  deal_id: string
  account_id: string | null
  pipeline: string
  opened_at: Milliseconds
  closed_at: Milliseconds | null
  outcome: Deal['outcome']
  amount: number | null
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

export function toLead(row: LeadRow): LeadRecord {
  return {
    leadId: row.lead_id,
    accountId: row.account_id,
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
    outcome: row.outcome,
    amount: row.amount,
    lostReason: row.lost_reason,
    contacts: row.contacts.map(([leadId, isPrimary]) => ({ leadId, isPrimary })),
    stages: row.stages.map(([stage, enteredAt]) => ({ stage, enteredAt })),
  }
}
