import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definitionFromPlain, definitionToPlain } from '../../src/features/definition.ts'
import { leavesToTraining, withHalfLives } from '../../src/features/half-lives.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import { DAY } from '../../src/glossary.ts'
import { AS_OF, columnsOf, definitionWith, event, lead, numberOf, textOf } from './records.ts'

const demo = { event: 'demo_requested', label: 'demo request', weight: 4, half_life: '10d' }
const pricing = { event: 'pricing_page_viewed', label: 'pricing page visit', weight: 0.5, half_life: '20d' }
const interest = { interest: { share: 0.25, events: [demo, pricing] } }

describe('interest', () => {
  it('adds what each event still counts, of others than the first contact a share', () => {
    const events = [event('pricing_page_viewed', 20), event('demo_requested', 10), event('docs_viewed', 1)]
    const colleagues = [
      lead('l2', { events: [event('demo_requested', 20), event('pricing_page_viewed', 40)] }),
      lead('l3', { events: [event('demo_requested', 10), event('docs_viewed', 1)] }),
    ]
    const own = 0.5 * 0.5 + 4 * 0.5
    const theirs = 0.25 * (4 * 0.25 + 0.5 * 0.25 + 4 * 0.5)
    expect(numberOf(interest, { lead: { events } })).toBe(own)
    expect(columnsOf(interest, { lead: { events }, colleagues })).toEqual({
      interest: [
        own + theirs,
        'interest 4.0 times that of a lead without any activity: mostly demo request, demo request of a colleague',
      ],
    })
  })

  it('is that of the account, whoever of its people is asked about', () => {
    const events = [event('pricing_page_viewed', 20)]
    const first = lead('l0', { createdAt: AS_OF - 400 * DAY, events: [event('demo_requested', 10)] })
    const another = lead('l2', { events: [event('demo_requested', 20)] })
    const given = { lead: { events, createdAt: AS_OF - 399 * DAY }, colleagues: [first, another] }
    expect(columnsOf(interest, given)).toEqual({
      interest: [
        0.25 * 0.5 * 0.5 + 4 * 0.5 + 0.25 * 4 * 0.25,
        'interest 3.3 times that of a lead without any activity: mostly demo request of the first contact',
      ],
    })
    const asked = { lead: { events: first.events, createdAt: first.createdAt } }
    const others = [lead('l3', { events, createdAt: AS_OF - 399 * DAY }), another]
    expect(numberOf(interest, { ...asked, colleagues: others })).toBe(numberOf(interest, given))
  })

  it('is 0 without activity: bots, what is ignored, and what is older than a year count for nothing', () => {
    const events = [
      event('demo_requested', 1, { properties: { bot: true } }),
      event('pricing_page_viewed', 1),
      event('demo_requested', 365 + 1 / DAY),
    ]
    const definition = { ignore_events: ['pricing_page_viewed'] }
    const given = { lead: { events }, colleagues: [lead('l2', { events })], definition }
    expect(columnsOf(interest, given)).toEqual({
      interest: [0, 'interest as of a lead without any activity'],
    })
    const edge = { lead: { events: [event('demo_requested', 365)] } }
    expect(numberOf(interest, edge)).toBe(4 * 2 ** -36.5)
    expect(textOf(interest, edge)).toBe(
      'interest barely above that of a lead without any activity: mostly demo request',
    )
  })

  it('never falls by one more event, of whomever', () => {
    const happened = fc.array(
      fc.record({
        type: fc.constantFrom('demo_requested', 'pricing_page_viewed', 'other'),
        ago: fc.nat(400),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(happened, fc.boolean(), (given, isOwn) => {
        const all = given.map(({ type, ago }, i) => event(type, ago + 1, { eventId: `e${i}` }))
        const numberFor = (events: typeof all) =>
          numberOf(interest, isOwn ? { lead: { events } } : { colleagues: [lead('l2', { events })] })
        expect(numberFor(all)).toBeGreaterThanOrEqual(numberFor(all.slice(1)))
      }),
      { numRuns: 50, seed: 3 },
    )
  })
})

it('interest names each event once, whatever else is said of it', () => {
  const again = { ...demo, label: 'another', weight: 1 }
  expect(() => definitionWith([{ interest: { events: [demo, pricing, again] } }])).toThrow(
    /events: must name each event once/,
  )
  expect(() => definitionWith([{ interest: { events: [demo, pricing] } }])).not.toThrow()
})

describe('the weights of interest', () => {
  const features = [
    { behaviour: { event: 'a', label: 'first' } },
    { behaviour: { event: 'b', label: 'b', half_life: '3d', measures: ['decayed'] } },
    { behaviour: { event: 'a', label: 'again', name: 'a2', half_life: '5d' } },
    { behaviour: { event: 'c', label: 'c', measures: ['count'] } },
    { behaviour: { event: 'goodbye', label: 'goodbye' } },
    { interest: {} },
  ]
  const open = definitionWith(features, { not_engagement: ['goodbye'] })
  const optionsOf = (definition: typeof open) => definition.features.at(-1)!.options

  it('come with the half-lives, for every sign of interest that decays', () => {
    const weights = { weightOf: (event: string) => (event === 'a' ? 7 : 2), share: 0.5 }
    const resolved = withHalfLives(
      open,
      () => 14 * DAY,
      () => weights,
    )
    expect(optionsOf(resolved)).toMatchObject({
      share: 0.5,
      events: [
        { event: 'a', label: 'first', weight: 7, half_life: '14d' },
        { event: 'b', label: 'b', weight: 2, half_life: '3d' },
      ],
    })
    expect(definitionFromPlain(definitionToPlain(resolved))).toEqual(resolved)
    expect([open, resolved].map(leavesToTraining)).toEqual([true, false])
    // What is given stays.
    expect(withHalfLives(resolved, () => DAY)).toEqual(resolved)
  })

  it('go with the half-life that training found, also where the first of that type is pinned', () => {
    const doubles = [
      { behaviour: { event: 'a', label: 'pinned', half_life: '3d' } },
      { behaviour: { event: 'a', label: 'found', name: 'a2' } },
      { behaviour: { event: 'b', label: 'b', half_life: '5d' } },
    ]
    const resolved = withHalfLives(
      definitionWith([...doubles, { interest: { share: 0.25 } }]),
      () => 14 * DAY,
      () => ({
        weightOf: () => 2,
        share: 0.5,
      }),
    )
    // The share that is given stays as well.
    expect(optionsOf(resolved)).toMatchObject({
      share: 0.25,
      events: [
        { event: 'a', label: 'found', weight: 2, half_life: '14d' },
        { event: 'b', label: 'b', weight: 2, half_life: '5d' },
      ],
    })
    expect(resolved.features[0]?.options['half_life']).toBe('3d')
  })

  it('must be there before rows are computed', () => {
    expect(optionsOf(withHalfLives(open, () => null))).toEqual(optionsOf(open))
    const unweighed = withHalfLives(
      open,
      () => DAY,
      () => null,
    )
    expect(leavesToTraining(unweighed)).toBe(true)
    for (const left of [unweighed, definitionWith([{ interest: {} }])])
      expect(() => fitRegistry(defineRegistry(left), {})).toThrow(
        expect.objectContaining({
          code: 'half_life_not_learned',
          place: { field: 'features.interest.events' },
          message: expect.stringMatching(/learned by training.*measure decayed.*interest: \{ events:/),
        }),
      )
  })
})
