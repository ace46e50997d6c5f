/**
 * The amounts behind expected values, brought up to date before all leads are scored: what deals of the last two years were won for, for
 * everyone and by segment. Kept with a version that answers name, so nobody can take old ones for new.
 */
import type pg from 'pg'
import { streamRecords } from '../db/records.ts'
import { saveWonAmounts, type WonDeal, type WonSegment, wonDeals } from '../db/won-amounts.ts'
import { DAY, type Milliseconds } from '../glossary.ts'
import { decidingDefinition, hasSegments, segmentNamesAt } from '../scoring/decision.ts'
import type { Engine } from '../scoring/engine.ts'

/** Prices change: older deals say little of the next. */
const WINDOW = 730 * DAY

/** null where the policy has no expected values, or nothing decides. Becomes the table in force, unless one as of later is. */
export async function freshAmounts(
  pool: pg.Pool,
  engine: Engine,
  asOf: Milliseconds,
  now: Milliseconds,
): Promise<NonNullable<Engine['amounts']> | null> {
  const definition = decidingDefinition(engine)
  if (!engine.policy.expected_value || !definition) return null
  const deals = await wonDeals(pool, definition.pipeline, asOf - WINDOW, asOf)
  const segments: DealSegments = hasSegments(engine) ? await segmentsOfDeals(pool, engine, deals) : new Map()
  const table = tableOf(deals, segments)
  return { version: await saveWonAmounts(pool, table, asOf, now), segments: table }
}

type DealSegments = ReadonlyMap<string, readonly string[]>

/** By deal: the segments of its contact at the opening, when sales took over. */
async function segmentsOfDeals(
  pool: pg.Pool,
  engine: Engine,
  deals: readonly WonDeal[],
): Promise<DealSegments> {
  const byLead = new Map<string, WonDeal[]>()
  for (const deal of deals)
    if (deal.leadId !== null) byLead.set(deal.leadId, [...(byLead.get(deal.leadId) ?? []), deal])
  const found = new Map<string, readonly string[]>()
  for await (const account of streamRecords(pool, { leadIds: [...byLead.keys()] }))
    for (const lead of account.leads)
      for (const { dealId, openedAt } of byLead.get(lead.leadId) ?? [])
        found.set(dealId, segmentNamesAt(engine, account, lead, openedAt))
  return found
}

/** One entry for each segment and currency, in their order. */
function tableOf(deals: readonly WonDeal[], segments: DealSegments): WonSegment[] {
  const entries = new Map<string, { segment: string; currency: string | null; amounts: number[] }>()
  for (const { dealId, amount, currency } of deals)
    for (const segment of ['', ...(segments.get(dealId) ?? [])]) {
      const key = JSON.stringify([segment, currency])
      const entry = entries.get(key)
      if (entry) entry.amounts.push(amount)
      else entries.set(key, { segment, currency, amounts: [amount] })
    }
  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => ({ ...entry, amounts: entry.amounts.sort((a, b) => a - b) }))
}
