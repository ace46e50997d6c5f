/** What events are worth: by hand, and against records in which they never happened. */
import { describe, expect, it } from 'vitest'
import { type AccountRecord, DAY, type LeadRecord } from '../../src/glossary.ts'
import { scoreLead } from '../../src/scoring/engine.ts'
import { eventWorths } from '../../src/scoring/event-worths.ts'
import { loadArtifact } from '../../src/scoring/load-model.ts'
import { scoreAccount } from '../../src/scoring/score-account.ts'
import { scoreCourse } from '../../src/scoring/score-course.ts'
import { accountAsSubject, leadAsSubject } from '../../src/scoring/scored-subject.ts'
import { richArtifact } from '../support/rich-artifact.ts'
import { AS_OF, engine, event, records } from './fixture.ts'

async function worthsOf(events: LeadRecord['events'], most = 100) {
  const { account, lead } = records({ events })
  const found = await eventWorths(leadAsSubject(engine(), account, lead), undefined, AS_OF, most)
  if (!found.applies) throw new Error(found.why)
  return found
}

describe('events', () => {
  it('add their own term to a decayed sum, and are worth what would be missing', async () => {
    const bot = { ...event('pricing_page_viewed', 1, 4), properties: { bot: true } }
    const found = await worthsOf([
      event('pricing_page_viewed', 366, 0),
      event('pricing_page_viewed', 20, 1),
      event('docs_viewed', 15, 2),
      event('pricing_page_viewed', 10, 3),
      bot,
    ])
    // Half-life 10 days: 1/4 and 1/2 are left. In the log-odds stands 0.5 * ln(1 + 3/4), and 10 points are ln 2.
    const visit = (weight: number) => ({
      points: 5 * Math.log2(1.75 / (1.75 - weight)),
      adds: [
        { feature: 'pricing_page_viewed.decayed', group: 'pricing page', value: weight },
        { feature: 'pricing_page_viewed.count', group: 'pricing page', value: 1 },
      ],
    })
    const nothing = { points: 0, adds: [] }
    const expected = [nothing, visit(0.25), nothing, visit(0.5), nothing]
    expect(found.events.map(({ event_id }) => event_id)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4'])
    for (const [i, { points, adds }] of found.events.entries()) {
      expect(points).toBeCloseTo(expected[i]!.points, 9)
      expect(adds).toEqual(expected[i]!.adds)
    }
    expect(found).toMatchObject({ model: 'conversion', version: '3', not_listed: 0 })
  })

  it('are the latest ones where there are more than asked for, or very many', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => event('docs_viewed', 300 - i / 100, i))
    expect(await worthsOf(many.slice(0, 9), 2)).toMatchObject({
      events: [{ event_id: 'e7' }, { event_id: 'e8' }],
      not_listed: 7,
    })
    expect((await worthsOf(many, 1_000)).events).toHaveLength(Math.floor(500_000 / 5_001))
    // So are the moments of a course: 40,000 events leave room for 12, and others get their turn meanwhile.
    const crowd = records({ events: Array.from({ length: 8 }, () => many).flat() })
    const subject = leadAsSubject(engine(), crowd.account, crowd.lead)
    let breaths = 0
    const breathe = async () => {
      breaths += 1
    }
    const asked = { from: AS_OF - DAY, to: AS_OF, count: 200, now: AS_OF, breathe }
    const { moments, is_thinned } = await scoreCourse(subject, asked)
    expect([moments.length, is_thinned, breaths]).toEqual([12, true, 12])
    const { account, lead } = records({ events: Array.from({ length: 50 }, () => many).flat() })
    const huge = leadAsSubject(engine(), account, lead)
    await expect(scoreCourse(huge, asked)).rejects.toMatchObject({ code: 'subject_too_large' })
    await expect(eventWorths(huge, undefined, AS_OF, 1)).rejects.toMatchObject({ code: 'subject_too_large' })
  })

  it('are worth the difference to a record in which they never happened: of the lead, of a colleague, of an account', async () => {
    const types = ['pricing_page_viewed', 'demo_requested', 'docs_viewed', 'email_opened', 'meeting_booked']
    const eventsOf = (from: number) => types.map((type, i) => event(type, 40 - 3 * i - from / 10, from + i))
    const { account: one, lead } = records({ events: eventsOf(0) })
    const other = { ...lead, leadId: 'l_2', events: eventsOf(10) }
    const account: AccountRecord = { ...one, leads: [lead, other] }
    const models = ['conversion', 'account'].map((name) => loadArtifact(richArtifact(name).body, name))
    const given = engine(models)
    const without = (eventId: string): AccountRecord => ({
      ...account,
      leads: account.leads.map((person) => ({
        ...person,
        events: person.events.filter((done) => done.eventId !== eventId),
      })),
    })
    const pointsOfLead = (record: AccountRecord): number => {
      const { conversion } = scoreLead(given, record, record.leads[0]!, AS_OF, { explain: false }).scores
      return conversion?.applies ? conversion.raw_points : Number.NaN
    }
    const pointsOfAccount = (record: AccountRecord): number => {
      const scored = scoreAccount(given, record, AS_OF, {
        explain: false,
        scoreLead: (person) => scoreLead(given, record, person, AS_OF, { explain: false }),
      }).scores['account']
      return scored?.applies ? scored.raw_points : Number.NaN
    }
    for (const [subject, pointsOf] of [
      [leadAsSubject(given, account, lead), pointsOfLead],
      [accountAsSubject(given, account), pointsOfAccount],
    ] as const) {
      const found = await eventWorths(subject, undefined, AS_OF, 100)
      if (!found.applies) throw new Error(found.why)
      expect(new Set(found.events.map(({ lead_id }) => lead_id))).toEqual(new Set(['l_1', 'l_2']))
      for (const { event_id, points } of found.events)
        expect(points).toBeCloseTo(pointsOf(account) - pointsOf(without(event_id)), 9)
      // What a colleague did changes the score as well.
      const counting = found.events.filter(({ points }) => points !== 0)
      expect(new Set(counting.map(({ lead_id }) => lead_id))).toEqual(new Set(['l_1', 'l_2']))
    }
  })

  it('are not told where the model does not apply, and of no model that there is not', async () => {
    const { account, lead } = records()
    const subject = leadAsSubject(engine(), account, lead)
    expect(await eventWorths(subject, undefined, lead.createdAt - DAY, 9)).toMatchObject({
      applies: false,
      model: 'conversion',
      why: expect.any(String),
    })
    await expect(eventWorths(subject, 'conversoin', AS_OF, 9)).rejects.toThrow('Allowed: conversion.')
  })
})
