/** A sales history in which leads from events behave otherwise: a model of their own is worth it. */
import type { AccountRecord, LeadRecord } from '../../src/glossary.ts'
import { createWorld, WORLD_YAML } from './world.ts'

export const SEGMENTED_YAML = `${WORLD_YAML}segments:
  - { name: events, when: [{ trait: source, one_of: [event] }] }
  - { name: rare, when: [{ trait: source, one_of: [event] }, { trait: rare, one_of: [true] }] }
`

export const isEvent = ({ traits }: LeadRecord): boolean =>
  traits.some(({ name, value }) => name === 'source' && value === 'event')

/** Leads from events are like all others. */
export const plainWorld = createWorld(1_500, 1, 2.5)

/** Of leads from events, who looks at prices often buys seldom: what holds for the others is turned round. */
export const turnedWorld: readonly AccountRecord[] = plainWorld.map((account) => ({
  ...account,
  leads: account.leads.map((lead) => {
    if (!isEvent(lead)) return lead
    const [first, ...views] = lead.events
    const others = Array.from({ length: 3 - views.length }, (_, n) => ({
      ...first!,
      type: 'pricing_page_viewed',
      eventId: `${lead.leadId}-other-${n}`,
    }))
    return { ...lead, events: [first!, ...others] }
  }),
}))
