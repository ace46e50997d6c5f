/** A small sales history with a simple truth, in memory: who looks at prices buys, and partners bring better leads. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Definition } from '../../src/features/definition.ts'
import { parseDefinition } from '../../src/features/definition.ts'
import {
  type AccountRecord,
  DAY,
  type Deal,
  HOUR,
  type LeadEvent,
  type LeadRecord,
} from '../../src/glossary.ts'
import { deal, event, lead, trait } from './records.ts'

export const WORLD_START = 20_000 * DAY
export const WORLD_END = WORLD_START + 540 * DAY

export const WORLD_YAML = `name: world
description: The chance that a lead is a contact of a won deal within 30 days.
entity: lead
population: leads
pipeline: new_business
target: won
horizon: 30d
entry_delay: 1h
landmarks: [entry, 7d, 14d, 30d]
learner: logistic
seed: 7
vocabulary: { minimum_count: 5, maximum_size: 10 }
features:
  - category: { trait: source, label: source }
  - behaviour: { event: pricing_page_viewed, label: pricing page visit, half_life: 14d }
  - lead_age: {}
`

export const WORLD_DEFINITION: Definition = parseDefinition(WORLD_YAML, 'world.yaml')

const SOURCES = ['partner', 'webinar', 'event'] as const

/** Accounts of one to three leads, evenly over 540 days; `buying` scales the odds. In order of id. */
export function createWorld(accounts: number, seed = 1, buying = 1): AccountRecord[] {
  const generator = xoroshiro128plus(seed)
  const random = (): number => uniformFloat64(generator)
  return Array.from({ length: accounts }, (_, index) => {
    const accountId = `a${String(index).padStart(6, '0')}`
    const leads: LeadRecord[] = []
    const deals: Deal[] = []
    const first = WORLD_START + Math.floor(random() * 530 * DAY)
    const size = 1 + Math.floor(random() * 3)
    for (let n = 0; n < size; n++) {
      const leadId = `${accountId}-${n}`
      const born = first + Math.floor(random() * 20 * DAY)
      const source = SOURCES[Math.floor(random() * 3)] ?? 'event'
      const views = Math.floor(random() * 4)
      const events: LeadEvent[] = [
        { ...event('page_viewed', born), eventId: `${leadId}-first` },
        ...Array.from({ length: views }, (_, view) => ({
          ...event('pricing_page_viewed', born + Math.floor(random() * 40 * DAY)),
          eventId: `${leadId}-${view}`,
        })),
      ].sort((a, b) => a.occurredAt - b.occurredAt || (a.eventId < b.eventId ? -1 : 1))
      leads.push(lead(leadId, born, { accountId, events, traits: [trait('source', source, born)] }))
      const chance = buying * (0.04 + 0.1 * views + (source === 'partner' ? 0.15 : 0))
      if (random() < chance) {
        const openedAt = born + Math.floor((1 + 30 * random()) * DAY)
        const closedAt = openedAt + Math.floor((1 + 20 * random()) * DAY) + HOUR
        const outcome = random() < 0.8 ? 'won' : 'lost'
        const contacts = [{ leadId, isPrimary: true }]
        const closed = closedAt < WORLD_END ? ({ closedAt, outcome } as const) : {}
        deals.push(deal({ dealId: `d-${leadId}`, accountId, openedAt, contacts, ...closed }))
      }
    }
    return { accountId, traits: [], leads, deals: deals.sort((a, b) => a.openedAt - b.openedAt) }
  })
}
