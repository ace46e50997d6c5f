import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTime } from '../../../src/glossary.ts'
import { askedFor } from '../../../training/data-check/asked-for.ts'
import { findAll } from '../../../training/data-check/finding.ts'
import { FINDINGS } from '../../../training/data-check/findings/index.ts'
import { plain, wrap } from '../../../training/data-check/plain-text.ts'
import { WORLD_DEFINITION } from '../world.ts'
import { activity, aggregates, measured, timeField } from './measured.ts'

const AS_OF = parseTime('2026-03-28T00:00:00Z')

function found(database: Parameters<typeof aggregates>[0]): string[] {
  return findAll(FINDINGS, measured({ asOf: AS_OF, database: aggregates(database) })).map(({ id }) => id)
}

describe('findings', () => {
  it('say nothing of a company with which nothing is wrong', () => {
    expect(found({})).toEqual([])
  })

  it('come by what they do to training, then by how much of the data is concerned', () => {
    const findings = findAll(
      FINDINGS,
      measured({
        database: aggregates({
          eventsOfUnknownLeads: { count: 50, examples: ['x'] },
          dealsWithoutContacts: { count: 21, examples: ['d'] },
          dealsWithoutFirstTouch: { count: 42, examples: ['d'] },
          pipelines: [{ pipeline: 'default', won: 1, lost: 0, open: 0 }],
        }),
      }),
    )
    expect(findings.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      'stops deals_in_other_pipelines',
      'hurts deals_without_first_touch',
      'hurts deals_without_contacts',
      'look events_of_unknown_leads',
    ])
  })

  it('tell what is missing once, with the way out of it', () => {
    const outcomes = { reached: 0, notReached: 300 }
    const told = (database: Parameters<typeof aggregates>[0]) =>
      findAll(
        FINDINGS,
        measured({
          database: aggregates(database),
          sufficiency: { outcomes, shortage: { of: 'outcomes', outcomes }, divided: null },
        }),
      )
        .filter(({ severity }) => severity === 'stops')
        .map(({ id }) => id)
    expect(told({})).toEqual(['too_few_outcomes'])
    expect(told({ leads: 0 })).toEqual(['no_leads'])
    expect(told({ deals: 0, pipelines: [] })).toEqual(['no_deals'])
    expect(told({ pipelines: [{ pipeline: 'default', won: 1, lost: 0, open: 0 }] })).toEqual([
      'deals_in_other_pipelines',
    ])
  })

  it('name nobody whose id is a mail address', () => {
    const findings = findAll(
      FINDINGS,
      measured({
        database: aggregates({
          eventsOfUnknownLeads: { count: 50, examples: ['ada@acme.example', 'l_7'] },
          duplicateLeads: {
            known: 900,
            groups: 2,
            surplus: 2,
            examples: [
              ['l_1', 'ada@acme.example'],
              ['l_2', 'l_3'],
            ],
          },
        }),
      }),
    )
    expect(findings.flatMap(({ examples }) => examples).sort()).toEqual(['l_2 = l_3', 'l_7'])
  })

  it('take a silence for one only where it is longer than the habit explains', () => {
    const events = (given: Parameters<typeof activity>[0]) => ({
      activity: [activity({}), activity({ name: 'pricing_page_viewed', ...given })],
    })
    const daily = { activeDays: 520, count: 5_000 }
    expect(found(events({ ...daily, lastDay: '2026-02-25' }))).toEqual(['source_stopped'])
    expect(found(events({ ...daily, lastDay: '2026-02-26' }))).toEqual([])
    // Once a month, as newsletters go: a month of silence is none.
    expect(found(events({ activeDays: 18, count: 5_000, lastDay: '2026-02-20' }))).toEqual([])
    const gap = { gapFrom: '2025-06-01', countBeforeGap: 2_000 }
    expect(found(events({ ...daily, ...gap, gapDays: 7 }))).toEqual(['activity_gap'])
    expect(found(events({ ...daily, ...gap, gapDays: 6 }))).toEqual([])
    expect(found(events({ activeDays: 80, count: 5_000, ...gap, gapDays: 30 }))).toEqual([])
    const everyOtherDay = { activeDays: 270, count: 5_000, ...gap }
    expect(found(events({ ...everyOtherDay, gapDays: 15 }))).toEqual([])
    expect(found(events({ ...everyOtherDay, gapDays: 30 }))).toEqual(['activity_gap'])
    // A slow beginning is no gap.
    expect(found(events({ ...daily, ...gap, gapDays: 20, countBeforeGap: 100 }))).toEqual([])
  })

  it('tell midnights of any zone from the hours of a habit', () => {
    const times = (...clocks: [string, number][]) => ({
      times: [timeField({ clocks: clocks.map(([clock, count]) => ({ clock, count })) })],
    })
    expect(found(times(['00:00', 1_000]))).toEqual(['dates_without_time'])
    expect(found(times(['22:00', 600], ['23:00', 390]))).toEqual(['dates_without_time'])
    expect(found(times(['23:00', 600], ['00:00', 390]))).toEqual(['dates_without_time'])
    expect(found(times(['18:30', 960]))).toEqual(['dates_without_time'])
    expect(found(times(['00:00', 940]))).toEqual([])
    expect(found(times(['00:00', 600], ['12:00', 400]))).toEqual([])
    const mailing = {
      field: 'events.occurred_at',
      part: 'email_sent',
      clocks: [{ clock: '09:00', count: 1_000 }],
    }
    expect(found({ times: [timeField(mailing)] })).toEqual([])
    expect(found({ times: [timeField({ count: 19, clocks: [{ clock: '00:00', count: 19 }] })] })).toEqual([])
  })

  it('take a second that many share for a stamp, but not that of a mailing or of a midnight', () => {
    const stamp = (count: number, given: Parameters<typeof timeField>[0] = {}) => ({
      times: [timeField({ stamp: { at: AS_OF, count, examples: ['d1'] }, ...given })],
    })
    expect(found(stamp(200))).toEqual(['import_stamps'])
    expect(found(stamp(199))).toEqual([])
    expect(found(stamp(499, { field: 'events.occurred_at', part: 'email_sent' }))).toEqual([])
    expect(found(stamp(500, { field: 'events.occurred_at', part: 'email_sent' }))).toEqual(['import_stamps'])
    const midnights = { clocks: [{ clock: '00:00', count: 1_000 }] }
    expect(found(stamp(300, midnights))).toEqual(['dates_without_time'])
  })
})

describe('fields that give the outcome away', () => {
  it('are told, but for those that the definition lifts', () => {
    const { traits } = measured()
    const stage = { ...traits.traits[0]!, name: 'deal_stage' }
    const features = [
      { kind: 'category', options: { trait: 'deal_stage', of: 'lead' }, lift: 'never changed' },
    ]
    const lifted = { ...WORLD_DEFINITION, features: [...WORLD_DEFINITION.features, ...features] }
    const withStage = { traits: { ...traits, traits: [...traits.traits, stage] } }
    expect(findAll(FINDINGS, measured(withStage)).map(({ id }) => id)).toEqual(['outcome_fields'])
    expect(findAll(FINDINGS, measured({ ...withStage, definition: lifted }))).toEqual([])
  })
})

describe('askedFor', () => {
  it('reads traits and events of every shape of options', () => {
    const features = [
      { kind: 'number', options: { trait: 'employees', of: 'account', label: 'x' } },
      { kind: 'seniority', options: { trait: 'title', of: 'lead' } },
      { kind: 'mail_domain_match', options: { mail: 'email', domain: 'domain' } },
      { kind: 'completeness', options: { lead: ['phone'], account: ['industry', 'domain'] } },
      { kind: 'behaviour', options: { event: 'demo_requested' } },
      { kind: 'lead_age', options: {} },
    ]
    const { traits, events } = askedFor({ ...WORLD_DEFINITION, features })
    expect([...traits.lead]).toEqual(['title', 'email', 'phone'])
    expect([...traits.account]).toEqual(['employees', 'domain', 'industry'])
    expect([...events]).toEqual(['demo_requested'])
  })
})

describe('plain text', () => {
  it('wraps at 110 columns, cuts words that are longer, and loses nothing', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,150}$/), { maxLength: 60 })
    fc.assert(
      fc.property(words, (given) => {
        const lines = wrap(given.join(' '), '    ', '  ')
        for (const [index, line] of lines.entries()) {
          expect(line.length).toBeLessThanOrEqual(110)
          expect(line).toMatch(index === 0 ? /^ {4}\S/ : /^ {6}\S/)
        }
        expect(lines.join('').replaceAll(' ', '')).toBe(given.join(''))
      }),
    )
    expect(wrap(' ', '  ')).toEqual([])
    expect(wrap(`${'x'.repeat(50)} ${'y'.repeat(59)}`, '')).toHaveLength(1)
    expect(wrap(`${'x'.repeat(50)} ${'y'.repeat(60)}`, '')).toHaveLength(2)
  })

  it('shows neither control characters nor more than there is room for', () => {
    expect(plain('a\u001b[31mb\u202ec\nd\u2028e')).toBe('a?[31mb?c?d?e')
    expect(plain('x'.repeat(61))).toBe(`${'x'.repeat(59)}~`)
  })
})
