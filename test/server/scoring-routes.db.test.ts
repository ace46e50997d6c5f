import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandContext } from '../../src/cli/command.ts'
import { scoreCommand } from '../../src/cli/commands/score.ts'
import { readConfig } from '../../src/config.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import type { ScoredLead } from '../../src/scoring/scored-lead.ts'
import { addLead, NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests(['l_1', 'l_2', 'l_"3" 🦊'])

async function score(body: object): Promise<ScoredLead> {
  const answer = await served().app.inject({ method: 'POST', url: '/v1/score', payload: body })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

function conversion(scored: ScoredLead) {
  const found = scored.scores['conversion']
  if (!found?.applies) throw new Error('conversion must apply')
  return found
}

describe('POST /v1/score', () => {
  const visits = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      type: 'pricing_page_viewed',
      occurred_at: `2026-11-${10 + i}T00:00:00Z`,
    }))

  test('gives the numbers of the artifact, worked out by hand', async () => {
    const scored = await score({
      lead: { lead_id: 'x' },
      account: { traits: { employees: 120 } },
      events: visits(3),
      as_of: '2026-11-17T00:00:00Z',
    })
    // Terms: 0.3 (ln 121 - 4.2), 0.7 (ln 4 - 0.6), -0.2 (ln 6 - 1.1); the latest visit is five days old.
    const raw = -2.5 + 0.3 * (Math.log(121) - 4.2) + 0.7 * (Math.log(4) - 0.6) - 0.2 * (Math.log(6) - 1.1)
    const logOdds = 0.9 * raw - 0.1
    const { probability, raw_points, explanation } = conversion(scored)
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 12)
    expect(raw_points).toBeCloseTo(50 + (10 * (logOdds + 2.35)) / Math.LN2, 9)
    const sum =
      explanation?.contributions.reduce((total, { log_odds }) => total + (log_odds ?? 0), 0) ?? Number.NaN
    const logit = Math.log((probability ?? 0) / (1 - (probability ?? 0)))
    expect((explanation?.base ?? 0) + sum + (explanation?.calibration ?? 0)).toBeCloseTo(logit, 9)
  })

  test('counts nothing that occurs or becomes known at or after as_of', async () => {
    const lead = { lead_id: 'x', created_at: '2026-11-01T00:00:00Z' }
    const as_of = '2026-11-12T00:00:00Z'
    const before = await score({ lead, events: visits(2), as_of })
    const later = [
      { type: 'pricing_page_viewed', occurred_at: as_of },
      { type: 'pricing_page_viewed', occurred_at: '2026-11-11T00:00:00Z', known_at: as_of },
    ]
    expect(await score({ lead, events: [...visits(2), ...later], as_of })).toEqual(before)
  })

  test('a client whose clock runs a little ahead loses no event', async () => {
    const occurred_at = new Date(NOW + 5_000).toISOString()
    const scored = await score({
      lead: { lead_id: 'x' },
      events: [{ type: 'pricing_page_viewed', occurred_at }],
    })
    const count = conversion(scored).explanation?.contributions.find(({ feature }) =>
      feature.endsWith('.count'),
    )
    expect(count?.value).toBe(1)
  })

  test('nor is the lead itself unknown, or a trait', async () => {
    const ahead = new Date(NOW + 5_000).toISOString()
    const scored = await score({
      lead: { lead_id: 'x', created_at: ahead },
      account: { traits: { employees: { value: 120, occurred_at: ahead } } },
    })
    const employees = conversion(scored).explanation?.contributions.find(
      ({ feature }) => feature === 'employees',
    )
    expect(employees?.value).toBe(120)
  })

  test('explains unless asked not to, and answers with the models asked for', async () => {
    expect(conversion(await score({ lead: { lead_id: 'x' } })).explanation).toBeDefined()
    const plain = await score({ lead: { lead_id: 'x' }, explain: false, models: ['conversion'] })
    expect(conversion(plain).explanation).toBeUndefined()
    expect(Object.keys(plain.scores)).toEqual(['conversion'])
  })

  test('a guardrail decides beside the model and leaves the probability alone', async () => {
    const fine = await score({ lead: { lead_id: 'x', traits: { email: 'a@b.example' } } })
    const rival = await score({ lead: { lead_id: 'x', traits: { email: 'a@rival.example' } } })
    expect(rival.verdict).toMatchObject({ status: 'disqualified', rules: [{ id: 'competitor' }] })
    expect(rival.decision.band).toBe('disqualified')
    expect(conversion(rival).probability).toBe(conversion(fine).probability)
  })
})

describe('a lead of the database', () => {
  test('its facts, sent back as a request, give the same scores', async () => {
    const facts = (await served().app.inject('/v1/leads/l_1')).json()
    const { lead, account, events, as_of } = facts
    const stateless = await score({ lead, account, events, as_of })
    const stored = await served().app.inject(`/v1/leads/l_1/score?as_of=${as_of}`)
    expect(stateless).toEqual(stored.json())
  })

  test('facts are those before as_of', async () => {
    const all = (await served().app.inject('/v1/leads/l_1')).json()
    expect(all.event_count).toBe(3)
    const at = all.events[1].occurred_at
    const then = (await served().app.inject(`/v1/leads/l_1?as_of=${at}`)).json()
    expect(then.events).toEqual(all.events.slice(0, 1))
    const earliest = (await served().app.inject(`/v1/leads/l_1?as_of=${all.lead.created_at}`)).json()
    expect(earliest.lead.traits).toEqual({})
    expect(earliest.account.traits).toEqual({})
  })

  test('a deal that closed after as_of is shown as open', async () => {
    const { app, database } = served()
    const day = (n: number) => new Date(NOW - n * 86_400_000)
    await database.pool.query(
      `INSERT INTO wonlost.deals VALUES ('d_1', 'a_1', 'new_business', $1, $2, 'lost', 10, 'EUR', 'price', $2, 'test')`,
      [day(10), day(3)],
    )
    const show = async (asOf: Date) =>
      (await app.inject(`/v1/leads/l_2?as_of=${asOf.toISOString()}`)).json().deals
    expect(await show(day(2))).toMatchObject([
      {
        deal_id: 'd_1',
        outcome: 'lost',
        amount: 10,
        currency: 'EUR',
        lost_reason: 'price',
        is_contact: false,
      },
    ])
    expect(await show(day(4))).toMatchObject([
      { deal_id: 'd_1', outcome: 'open', closed_at: null, lost_reason: null },
    ])
    expect(await show(day(10))).toEqual([])
    await database.pool.query(`DELETE FROM wonlost.deals`)
  })

  test('without as_of the stored score is given, with its as_of; with one it is computed', async () => {
    const { app, database, engine } = served()
    await addLead(database.pool, 'stored')
    const asOf = NOW - 6 * 86_400_000
    const { engine: loaded } = engine.current()
    await scoreLeads(database.pool, loaded, { asOf, scoredAt: NOW, cause: 'score' })
    const stored = (await app.inject('/v1/leads/stored/score')).json()
    expect(stored.as_of).toBe('2026-11-15T12:00:00Z')
    const then = (await app.inject(`/v1/leads/stored/score?as_of=${stored.as_of}&explain=false`)).json()
    expect(stored).toEqual(then)
    const now = (await app.inject('/v1/leads/stored/score?as_of=now')).json()
    expect(now.as_of).toBe('2026-11-21T12:00:00Z')
    expect(conversion(now).probability).not.toBe(conversion(stored).probability)
    await database.pool.query('DELETE FROM wonlost.scores')
  })
})

describe('CLI and HTTP', () => {
  const printed: string[] = []
  let context: CommandContext

  beforeAll(() => {
    const { database, folder } = served()
    context = {
      config: readConfig({ DATABASE_URL: database.url, WONLOST_MODELS: folder.path }),
      json: true,
      print: (text) => printed.push(text),
      write: async () => true,
      say: () => {},
      progress: () => {},
      now: () => NOW,
      signal: new AbortController().signal,
      endEarly: (work) => work(new AbortController().signal),
    }
  })

  afterAll(() => {
    printed.length = 0
  })

  test.each(['l_1', 'l_"3" 🦊'])('print the same object for %s, byte for byte', async (id) => {
    printed.length = 0
    await scoreCommand.run(context, [id], { asOf: '2026-11-18T00:00:00Z', json: true })
    const url = `/v1/leads/${encodeURIComponent(id)}/score?as_of=2026-11-18T00:00:00Z`
    const answer = await served().app.inject(url)
    expect(printed).toEqual([answer.body])
    const explained = await served().app.inject(url.replace('/score?', '/explanation?'))
    expect(explained.json()).toMatchObject(answer.json())
  })
})
