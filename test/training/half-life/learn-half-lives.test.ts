import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../src/features/definition.ts'
import { parseDuration } from '../../../src/features/duration.ts'
import { decayingFeatures } from '../../../src/features/half-lives.ts'
import { type AccountRecord, DAY } from '../../../src/glossary.ts'
import { divideRows } from '../../../training/divide-rows.ts'
import { countDecisions } from '../../../training/half-life/count-decisions.ts'
import { learnHalfLives } from '../../../training/half-life/learn-half-lives.ts'
import { collectRows } from '../../../training/rows.ts'
import { event, sourceOf } from '../records.ts'
import { createDecayingWorld, decayingDefinition, END } from './decaying-world.ts'

const world = createDecayingWorld(1_500)

async function learn(accounts: readonly AccountRecord[], definition: Definition, mostMoments?: number) {
  const records = sourceOf(accounts)
  const { split } = divideRows(await collectRows(records, definition, END), END)
  const knownUntil = split.parts.test.startsAt
  const history = { knownUntil, learnsFrom: () => true }
  const decisions = await countDecisions(records, definition, history)
  const request = { ...history, decisions, vocabularies: { source: ['good', 'other'] } }
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
    expect(Math.abs(Math.log(slow!.half_life_days / 40))).toBeLessThan(0.5)
    expect(Math.abs(Math.log(quick!.half_life_days / 6))).toBeLessThan(0.35)
    expect(Math.abs(Math.log(quick!.weight! / 30))).toBeLessThan(0.8)
    // Won deals alone would leave an interval that is a quarter wider.
    expect(quick!.interval_days![1] / quick!.interval_days![0]).toBeLessThan(1.5)
    expect(usual.halfLives?.cases).toBeGreaterThan(400)
    expect(usual.halfLives?.lost).toBeGreaterThan(250)
    expect(idle).toMatchObject({ half_life_days: prior, because: 'the data cannot tell' })
    expect(idle!.weight! / quick!.weight!).toBeLessThan(0.1)
  })

  it('does not depend on the order of the records', async () => {
    const { halfLives } = await learn(world.toReversed(), decayingDefinition())
    expect(halfLives).toMatchObject({ rows: usual.halfLives!.rows, prior_days: usual.halfLives!.prior_days })
    for (const [place, { half_life_days: days }] of halfLives!.events.entries())
      expect(Math.abs(days / usual.halfLives!.events[place]!.half_life_days - 1)).toBeLessThan(0.02)
  })

  it('tells how much others count beside the first contact, and nothing of what nobody did', async () => {
    const shared = createDecayingWorld(1_200, 2, { others: 0.2 })
    const { halfLives, definition } = await learn(shared, decayingDefinition({}, ['never']))
    expect(Math.abs(Math.log(halfLives!.share! / 0.2))).toBeLessThan(0.6)
    const [quick, , , never] = halfLives!.events
    expect(Math.abs(Math.log(quick!.half_life_days / 6))).toBeLessThan(0.35)
    expect(never).toMatchObject({ from: 'prior', weight: null, interval_days: null })
    const interest = definition.features.at(-1)!.options as { share: number; events: { weight: number }[] }
    expect([interest.share, interest.events[3]!.weight]).toEqual([halfLives!.share, 0])
    expect(usual.halfLives!.share).toBeNull()
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
    expect(slow).toMatchObject({ half_life_days: 50, from: 'pinned', interval_days: null })
    expect(Math.abs(Math.log(slow!.weight! / 25))).toBeLessThan(1)
    expect(quick?.from).toBe('learned')
    expect(definition.features[2]?.options['half_life']).toBe('50d')
  })

  it('learns the half-life of an event that only one of its features pins', async () => {
    const { features, ...open } = decayingDefinition()
    const pinned = decayingDefinition({ quick: '90d' }).features[1]!
    const double = { ...pinned, name: 'quick_pinned', options: { ...pinned.options, name: 'quick_pinned' } }
    const few = createDecayingWorld(400)
    const { halfLives, definition } = await learn(few, { ...open, features: [double, ...features] })
    const [fixed, quick] = halfLives!.events
    expect(fixed).toMatchObject({ feature: 'quick_pinned', half_life_days: 90, from: 'pinned' })
    expect(quick).toMatchObject({ feature: 'quick', from: 'learned' })
    expect(quick!.half_life_days).toBeLessThan(20)
    const interest = definition.features.at(-1)!.options as { events: { half_life: string }[] }
    expect(parseDuration(interest.events[0]!.half_life)).toBe(quick!.half_life_days * DAY)
  })

  it('weighs by what is pinned, also at a bound that it would not believe', async () => {
    const few = createDecayingWorld(250)
    const weightAt = async (slow: string) =>
      (await learn(few, decayingDefinition({ slow }))).halfLives!.events[1]!.weight!
    expect(Math.abs(Math.log((await weightAt('365d')) / (await weightAt('360d'))))).toBeLessThan(0.05)
  })

  it('reads nothing where all are pinned', async () => {
    const { features, ...open } = decayingDefinition({ quick: '1d', slow: '2d', idle: '3d' })
    const pinned = { ...open, features: features.filter(({ kind }) => kind !== 'interest') }
    const records = { read: () => expect.unreachable('nothing is to be learned') }
    const none = {
      vocabularies: {},
      decisions: { reached: 0, lost: 0, undecided: 0 },
      knownUntil: END,
      learnsFrom: () => true,
    }
    expect(await learnHalfLives(records, pinned, none)).toEqual({ definition: pinned, halfLives: null })
  })

  it('looks at a sample of the accounts where there are more moments than it may hold', async () => {
    const { halfLives } = await learn(world, decayingDefinition(), 2_000)
    expect(halfLives!.rows).toBeGreaterThan(1_000)
    expect(halfLives!.rows).toBeLessThan(2_600)
  })
})
