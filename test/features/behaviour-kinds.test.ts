import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/glossary.ts'
import { AS_OF, columnsOf, event, lead, numberOf, textOf } from './records.ts'

const pricing = {
  behaviour: { event: 'pricing_page_viewed', label: 'pricing page visit', half_life: '14d' },
}
const just = (measure: string) => ({ behaviour: { ...pricing.behaviour, measures: [measure] } })
const visits = (...agos: number[]) => ({
  lead: { events: agos.map((ago) => event('pricing_page_viewed', ago)) },
})

describe('behaviour', () => {
  it('has five measures, worked out by hand', () => {
    // Half-life 14 days: 28 days ago counts 1/4, 14 days ago 1/2, twice; the last two are on one day of UTC.
    expect(columnsOf(pricing, visits(28, 14.25, 14, 13.75))).toEqual({
      'pricing_page_viewed.decayed': [
        0.25 + 2 ** (-14.25 / 14) + 0.5 + 2 ** (-13.75 / 14),
        '4 pricing page visits, the last 13 days ago',
      ],
      'pricing_page_viewed.count': [4, '4 pricing page visits within a year'],
      'pricing_page_viewed.recency': [13.75, 'the last pricing page visit 13 days ago'],
      'pricing_page_viewed.distinct_days': [3, 'pricing page visits on 3 days'],
      'pricing_page_viewed.last_7_days': [0, 'no pricing page visits in the last 7 days'],
    })
  })

  it('is 0 without an event, but its recency is missing', () => {
    const columns = columnsOf(pricing)
    expect(Object.values(columns).map(([value]) => value)).toEqual([0, 0, Number.NaN, 0, 0])
    expect(columns['pricing_page_viewed.recency']?.[1]).toBe('no pricing page visits')
  })

  it('counts a year and a week from their first moment on, and nothing before', () => {
    const moment = 1 / DAY
    expect(numberOf(just('count'), visits(365))).toBe(1)
    expect(numberOf(just('count'), visits(365 + moment))).toBe(0)
    expect(numberOf(just('decayed'), visits(365 + moment))).toBe(0)
    expect(numberOf(just('recency'), visits(400))).toBeNaN()
    expect(numberOf(just('distinct_days'), visits(400))).toBe(0)
    expect(numberOf(just('last_7_days'), visits(7))).toBe(1)
    expect(numberOf(just('last_7_days'), visits(7 + moment))).toBe(0)
    expect(textOf(just('decayed'), visits(400))).toBe('no pricing page visits')
  })

  it('ignores bots, other types and what the definition ignores', () => {
    const events = [
      event('pricing_page_viewed', 3, { properties: { bot: true } }),
      event('docs_viewed', 2),
      event('pricing_page_viewed', 1, { properties: { bot: false } }),
    ]
    expect(numberOf(just('count'), { lead: { events } })).toBe(1)
    const definition = { ignore_events: ['pricing_page_viewed'] }
    expect(numberOf(just('count'), { lead: { events }, definition })).toBe(0)
  })

  it('counts any number of events', () => {
    const agos = Array.from({ length: 700 }, (_, i) => 350 - i / 2)
    expect(numberOf(just('count'), visits(...agos))).toBe(700)
  })

  it('writes only the measures that are named, in their order', () => {
    const two = { behaviour: { ...pricing.behaviour, measures: ['last_7_days', 'decayed'] } }
    expect(Object.entries(columnsOf(two, visits(14))).map(([name, [value]]) => [name, value])).toEqual([
      ['pricing_page_viewed.last_7_days', 0],
      ['pricing_page_viewed.decayed', 0.5],
    ])
  })

  it('speaks of one, many and irregular ones', () => {
    expect(textOf(just('decayed'), visits(0.01))).toBe('1 pricing page visit, 14 minutes ago')
    expect(textOf(just('decayed'), visits(9, 2.2, 2.1))).toBe('3 pricing page visits, the last 2 days ago')
    const use = { behaviour: { ...just('count').behaviour, label: 'use of it', plural: 'uses of it' } }
    expect(textOf(use, visits(2, 1))).toBe('2 uses of it within a year')
  })
})

describe('engagement', () => {
  const given = (...events: ReturnType<typeof event>[]) => ({
    lead: { events },
    definition: { not_engagement: ['email_sent'], ignore_events: ['email_opened'] },
  })

  it('is about all signs of interest in the window', () => {
    const events = [
      event('webinar_attended', 91),
      event('page_viewed', 20),
      event('docs_viewed', 4.5),
      event('page_viewed', 4.25),
      event('page_viewed', 3, { properties: { bot: true } }),
      event('email_sent', 2),
      event('email_opened', 1),
    ]
    expect(columnsOf({ engagement: {} }, given(...events))).toEqual({
      'engagement.breadth': [2, '2 kinds of engagement in the last 90 days'],
      'engagement.recency': [4.25, 'last engagement 4 days ago'],
      'engagement.active_days': [2, 'active on 2 days in the last 90 days'],
    })
  })

  it('looks back to the first moment of its window, and not before', () => {
    const moment = 1 / DAY
    expect(numberOf({ engagement: {} }, given(event('page_viewed', 90)))).toBe(1)
    expect(numberOf({ engagement: {} }, given(event('page_viewed', 90 + moment)))).toBe(0)
  })

  it('is nothing, with a missing recency, where there is none', () => {
    const columns = columnsOf({ engagement: {} }, given(event('email_sent', 2)))
    expect(Object.values(columns)).toEqual([
      [0, 'no engagement in the last 90 days'],
      [Number.NaN, 'no engagement in the last 90 days'],
      [0, 'no engagement in the last 90 days'],
    ])
  })
})

describe('lead age', () => {
  it('counts from first touch, and is missing before it', () => {
    expect(columnsOf({ lead_age: {} })).toEqual({ lead_age: [120, 'first touch 120 days ago'] })
    expect(columnsOf({ lead_age: {} }, { lead: { createdAt: AS_OF } })).toEqual({
      lead_age: [Number.NaN, 'no first touch yet'],
    })
  })
})

describe('colleagues', () => {
  const definition = { not_engagement: ['email_sent'] }

  it('counts the engaged ones and sums their decayed activity', () => {
    const colleagues = [
      lead('l2', { events: [event('page_viewed', 28), event('page_viewed', 14)] }),
      lead('l3', { events: [event('page_viewed', 42)] }),
      lead('l4', { events: [event('email_sent', 1)] }),
      lead('l5', { createdAt: AS_OF, events: [event('page_viewed', 1)] }),
      lead('l6', { events: [event('page_viewed', 366), event('page_viewed', 1, { knownAgo: 0 })] }),
    ]
    expect(columnsOf({ colleagues: {} }, { colleagues, definition })).toEqual({
      'colleagues.engaged': [1, '1 engaged colleague in the last 30 days'],
      'colleagues.activity': [0.25 + 0.5 + 0.125, 'recent activity of colleagues: 0.9'],
    })
  })

  it('looks back to the first moment of the window, and not before', () => {
    const seen = (ago: number) => ({ colleagues: [lead('l2', { events: [event('page_viewed', ago)] })] })
    expect(numberOf({ colleagues: {} }, seen(30))).toBe(1)
    expect(numberOf({ colleagues: {} }, seen(30 + 1 / DAY))).toBe(0)
  })

  it('is 0 in an account without others, and missing without an account', () => {
    expect(numberOf({ colleagues: {} }, { lead: { events: [event('page_viewed', 1)] } })).toBe(0)
    const alone = columnsOf({ colleagues: {} }, { account: { accountId: null }, lead: { accountId: null } })
    expect(Object.values(alone)).toEqual([
      [Number.NaN, 'no account, so no colleagues'],
      [Number.NaN, 'no account, so no colleagues'],
    ])
  })
})
