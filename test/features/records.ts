/** Small records for tests: one account, one lead, facts at a moment. */
import type { Definition } from '../../src/features/definition.ts'
import { definitionFromPlain } from '../../src/features/definition.ts'
import { factsAt } from '../../src/features/facts.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import type { AccountRecord, LeadEvent, LeadRecord, Trait, TraitValue } from '../../src/glossary.ts'
import { DAY } from '../../src/glossary.ts'

/** A midnight of UTC: 2026-03-01T00:00:00Z. */
export const AS_OF = 1_772_323_200_000

type Times = { readonly ago?: number; readonly knownAgo?: number }

/** `ago` in days before AS_OF; known at once unless `knownAgo` says otherwise. */
export function event(type: string, ago: number, more: Times & Partial<LeadEvent> = {}): LeadEvent {
  const occurredAt = AS_OF - Math.round(ago * DAY)
  const knownAt = more.knownAgo === undefined ? occurredAt : AS_OF - Math.round(more.knownAgo * DAY)
  const { properties = {}, eventId = `${type}-${ago}-${more.knownAgo ?? ago}` } = more
  return { eventId, type, occurredAt, knownAt, source: 'test', properties }
}

export function trait(name: string, value: TraitValue, times: Times & { source?: string } = {}): Trait {
  const ago = times.ago ?? 100
  return {
    name,
    value,
    occurredAt: AS_OF - Math.round(ago * DAY),
    knownAt: AS_OF - Math.round((times.knownAgo ?? ago) * DAY),
    source: times.source ?? 'test',
    undated: false,
  }
}

export function lead(leadId: string, parts: Partial<LeadRecord> = {}): LeadRecord {
  return { leadId, accountId: 'a1', createdAt: AS_OF - 120 * DAY, traits: [], events: [], ...parts }
}

export function account(leads: readonly LeadRecord[], parts: Partial<AccountRecord> = {}): AccountRecord {
  return { accountId: 'a1', traits: [], leads, deals: [], ...parts }
}

export function definitionWith(features: readonly unknown[], more: Record<string, unknown> = {}): Definition {
  return definitionFromPlain({
    name: 'test',
    description: 'For tests.',
    entity: 'lead',
    population: 'leads',
    pipeline: 'new_business',
    target: 'won',
    horizon: '90d',
    landmarks: ['entry'],
    learner: 'logistic',
    seed: 1,
    features,
    ...more,
  })
}

interface Given {
  readonly lead?: Partial<LeadRecord>
  readonly account?: Partial<AccountRecord>
  readonly colleagues?: readonly LeadRecord[]
  readonly vocabularies?: Readonly<Record<string, readonly string[]>>
  readonly definition?: Record<string, unknown>
}

/** The columns of one feature for these facts: name -> [value, words]. */
export function columnsOf(feature: unknown, given: Given = {}): Record<string, [number, string]> {
  const definition = definitionWith([feature], given.definition)
  const registry = fitRegistry(defineRegistry(definition), given.vocabularies ?? {})
  const subject = lead('l1', given.lead)
  const record = account([subject, ...(given.colleagues ?? [])], given.account)
  const facts = factsAt(record, subject, AS_OF)
  const row = new Float64Array(registry.columns.length).fill(-999)
  registry.computeRow(facts, row)
  return Object.fromEntries(
    registry.columns.map((column, i) => [column.name, [row[i]!, registry.describe(facts, i, row[i]!)]]),
  )
}

/** The only value of a feature with one column. */
export function numberOf(feature: unknown, given: Given = {}): number {
  return Object.values(columnsOf(feature, given))[0]![0]
}

export function textOf(feature: unknown, given: Given = {}): string {
  return Object.values(columnsOf(feature, given))[0]![1]
}
