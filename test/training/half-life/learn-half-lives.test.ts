import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../src/features/definition.ts'
import { decayingFeatures } from '../../../src/features/half-lives.ts'
import { type AccountRecord, DAY } from '../../../src/glossary.ts'
import { divideRows } from '../../../training/divide-rows.ts'
import { learnHalfLives } from '../../../training/half-life/learn-half-lives.ts'
import { collectRows } from '../../../training/rows.ts'
import { event, sourceOf } from '../records.ts'
import { createDecayingWorld, decayingDefinition, END } from './decaying-world.ts'

const world = createDecayingWorld(1_500)

async function learn(accounts: readonly AccountRecord[], definition: Definition, mostMoments?: number) {
  const records = sourceOf(accounts)
  const { known, split } = divideRows(await collectRows(records, definition, END), END)
  const knownUntil = split.parts.test.startsAt
  const request = { vocabularies: { source: ['good', 'other'] }, known, knownUntil }
  return {
    knownUntil,
    ...(await learnHalfLives(records, definition, {
      ...request,
      ...(mostMoments === undefined ? {} : { mostMoments }),
    })),
  }
}

const usual = await learn(world, decayingDefinition())

describe('learnHalfLives', () => {
  it('finds the half-lives of what counts, and keeps the prior for what does not', () => {
    const { events, prior_days: prior } = usual.halfLives!
    const [quick, slow, idle] = events
    expect([quick?.from, slow?.from, idle?.from]).toEqual(['learned', 'learned', 'prior'])
    expect(quick?.interval_days?.[0]).toBeLessThan(6)
    expect(quick?.interval_days?.[1]).toBeGreaterThan(6)
    expect(slow?.interval_days?.[0]).toBeLessThan(40)
    expect(slow?.interval_days?.[1]).toBeGreaterThan(40)
    expect(Math.abs(Math.log(quick!.half_life_days / 6))).toBeLessThan(0.35)
    expect(Math.abs(Math.log(quick!.weight! / 30))).toBeLessThan(0.8)
    // Won deals alone would leave an interval that is a quarter wider.
    expect(quick!.interval_days![1] / quick!.interval_days![0]).toBeLessThan(1.5)
    expect(usual.halfLives?.cases).toBeGreaterThan(400)
    expect(usual.halfLives?.lost).toBeGreaterThan(250)
    expect(idle).toMatchObject({ half_life_days: prior, because: 'the data cannot tell' })
    expect(idle!.weight! / quick!.weight!).toBeLessThan(0.1)
  })

  it('gives a definition that has a number for each, as it is in the report', () => {
    const days = decayingFeatures(usual.definition).map(({ halfLife }) => halfLife! / DAY)
    expect(days).toEqual(usual.halfLives?.events.map((one) => one.half_life_days))
  })

  it('says the same of the same, and sees nothing from the beginning of the test part on', async () => {
    const later = structuredClone(world).map((account) => ({
      ...account,
      leads: account.leads.map((lead) => ({
        ...lead,
        events: [
          ...lead.events,
          { ...event('quick', Math.max(lead.createdAt, usual.knownUntil)), eventId: `${lead.leadId}-later` },
          { ...event('slow', lead.createdAt, usual.knownUntil), eventId: `${lead.leadId}-known-later` },
        ],
      })),
    }))
    expect((await learn(later, decayingDefinition())).halfLives).toEqual(usual.halfLives)
  })

  it('leaves what is pinned alone, and learns the others beside it', async () => {
    const { halfLives, definition } = await learn(world, decayingDefinition({ slow: '50d' }))
    const [quick, slow] = halfLives!.events
    expect(slow).toMatchObject({ half_life_days: 50, from: 'pinned', interval_days: null, weight: null })
    expect(quick?.from).toBe('learned')
    expect(definition.features[2]?.options['half_life']).toBe('50d')
  })

  it('reads nothing where all are pinned', async () => {
    const pinned = decayingDefinition({ quick: '1d', slow: '2d', idle: '3d' })
    const records = { read: () => expect.unreachable('nothing is to be learned') }
    const none = { vocabularies: {}, known: [], knownUntil: END }
    expect(await learnHalfLives(records, pinned, none)).toEqual({ definition: pinned, halfLives: null })
  })

  it('looks at a sample of the accounts where there are more moments than it may hold', async () => {
    const { halfLives } = await learn(world, decayingDefinition(), 2_000)
    expect(halfLives!.rows).toBeGreaterThan(1_000)
    expect(halfLives!.rows).toBeLessThan(2_600)
  })
})
