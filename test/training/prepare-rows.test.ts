import { describe, expect, it } from 'vitest'
import type { AccountRecord } from '../../src/glossary.ts'
import { prepareRows } from '../../training/prepare-rows.ts'
import { createStages } from '../../training/stages.ts'
import { createDecayingWorld, decayingDefinition, END } from './half-life/decaying-world.ts'
import { event, sourceOf } from './records.ts'

const definition = decayingDefinition()
const prepare = (accounts: readonly AccountRecord[]) =>
  prepareRows(sourceOf(accounts), definition, { cutoff: END }, createStages({}))

describe('prepareRows', () => {
  it('learns half-lives from nothing that lies in the test part, and from none of its accounts', async () => {
    const world = createDecayingWorld(1_000)
    const { split, halfLives, definition: decaying } = await prepare(world)
    const testFrom = split.parts.test.startsAt
    const changed = world.map((one, group): AccountRecord => {
      const isTest = split.partOfGroup.get(group) === 'test'
      return {
        ...one,
        // The other outcome at the same time leaves every row and every part where it was.
        deals: one.deals.map((deal) =>
          isTest || deal.closedAt! >= testFrom
            ? { ...deal, outcome: deal.outcome === 'won' ? 'lost' : 'won' }
            : deal,
        ),
        leads: one.leads.map((lead) => ({
          ...lead,
          events: [
            ...lead.events,
            {
              ...event('quick', isTest ? lead.createdAt : Math.max(testFrom, lead.createdAt)),
              eventId: `${lead.leadId}-more`,
            },
          ],
        })),
      }
    })
    const again = await prepare(changed)
    expect(again.split.partOfGroup).toEqual(split.partOfGroup)
    expect(again.halfLives).toEqual(halfLives)
    expect(again.definition).toEqual(decaying)
    const testAccounts = world.filter((_, group) => split.partOfGroup.get(group) === 'test')
    expect(testAccounts.some(({ deals }) => deals.length > 0 && deals[0]!.closedAt! < testFrom)).toBe(true)
  })
})
