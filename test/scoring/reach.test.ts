import { describe, expect, it } from 'vitest'
import {
  DAY,
  type LeadEvent,
  type LeadRecord,
  MINUTE,
  type Milliseconds,
  type Trait,
} from '../../src/glossary.ts'
import { loadModel } from '../../src/scoring/load-model.ts'
import { reachesColleagues } from '../../src/scoring/reach.ts'
import { richArtifact } from '../support/rich-artifact.ts'
import { AS_OF, deal, engine, records } from './fixture.ts'

function engineOf(without: readonly string[] = []) {
  const { artifact, body, sha256 } = richArtifact('conversion', without)
  return engine([loadModel({ name: artifact.name, segment: '', version: 3, sha256, body })])
}

const SCORED = AS_OF - DAY
const event = (type: string, knownAt: Milliseconds): LeadEvent => ({
  eventId: `${type} ${knownAt}`,
  type,
  occurredAt: knownAt,
  knownAt,
  source: 'test',
  properties: {},
})
const title = (knownAt: Milliseconds): Trait => ({
  name: 'title',
  value: 'CEO',
  occurredAt: knownAt,
  knownAt,
  source: 'test',
  undated: false,
})

/** ann is asked about; bob came before her, or after. */
function reaches(
  learned: { events?: LeadEvent[]; traits?: Trait[]; accountTraits?: Trait[]; won?: boolean },
  { since = SCORED as Milliseconds | null, bobCame = -1, alone = false, models = engineOf() } = {},
): boolean {
  const { account, lead } = records()
  const ann: LeadRecord = {
    ...lead,
    traits: [...lead.traits, ...(learned.traits ?? [])],
    events: [event('page_viewed', SCORED - 2 * DAY), ...(learned.events ?? [])],
  }
  const bob: LeadRecord = { ...lead, leadId: 'l_2', createdAt: lead.createdAt + bobCame }
  const closed = { closedAt: AS_OF - 2, knownAt: AS_OF - 2, outcome: 'won' } as const
  const record = {
    ...account,
    traits: [...account.traits, ...(learned.accountTraits ?? [])],
    leads: alone ? [ann] : [ann, bob],
    deals: learned.won ? [deal(closed)] : [],
  }
  return reachesColleagues(models, record, ann, since, AS_OF)
}

describe('what was learned of a lead reaches its colleagues', () => {
  it('when it is a sign of interest, and not when it is none, or of a bot', () => {
    const seen = event('demo_requested', AS_OF - 1)
    expect(reaches({ events: [seen] })).toBe(true)
    for (const type of ['email_sent', 'email_opened', 'careers_page_viewed', 'unsubscribed'])
      expect(reaches({ events: [event(type, AS_OF - 1)] })).toBe(false)
    expect(reaches({ events: [{ ...seen, properties: { bot: true } }] })).toBe(false)
  })

  it('not where no feature looks at colleagues', () => {
    const models = engineOf(['colleagues', 'interest'])
    expect(reaches({ events: [event('demo_requested', AS_OF - 1)] }, { models })).toBe(false)
  })

  it('when it is about the first contact, the account or its deals', () => {
    expect(reaches({ traits: [title(AS_OF - 1)] })).toBe(false)
    expect(reaches({ traits: [title(AS_OF - 1)] }, { bobCame: 1 })).toBe(true)
    expect(reaches({ accountTraits: [{ ...title(AS_OF - 1), name: 'employees' }] })).toBe(true)
    expect(reaches({ won: true })).toBe(true)
  })

  it('when nothing new explains it: facts of old came by an import, or with a merge', () => {
    expect(reaches({})).toBe(true)
    expect(reaches({ events: [event('demo_requested', SCORED - 2 * MINUTE)] })).toBe(true)
  })

  it('also when it was under way while the lead was scored', () => {
    expect(
      reaches({ events: [event('email_sent', AS_OF - 1), event('demo_requested', SCORED - MINUTE)] }),
    ).toBe(true)
    expect(
      reaches({ events: [event('email_sent', AS_OF - 1), event('demo_requested', SCORED - MINUTE - 1)] }),
    ).toBe(false)
  })

  it('when it was never scored, and never when it has no colleagues', () => {
    expect(reaches({ events: [event('email_sent', AS_OF - 1)] }, { since: null })).toBe(true)
    expect(reaches({ events: [event('demo_requested', AS_OF - 1)] }, { alone: true })).toBe(false)
  })
})
