import { beforeAll, expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { applyMerges } from '../../src/db/merges.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests(['a', 'b', 'c'])

beforeAll(async () => {
  const { database, engine } = served()
  const score = () =>
    scoreLeads(database.pool, engine.current().engine, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  expect((await score()).leads).toBe(3)
  await withTransaction(database.pool, (client) =>
    applyMerges(client, 'lead', [{ fromId: 'a', intoId: 'b', evidence: {} }], { by: 'test', at: NOW }),
  )
  expect((await score()).leads).toBe(2)
})

test.each(['', '/score', '/score?as_of=now', '/explanation'])(
  'whoever asks for a lead that was merged away is answered with the one that remains: %s',
  async (path) => {
    const [away, remains] = await Promise.all(
      ['a', 'b'].map((id) => served().app.inject(`/v1/leads/${id}${path}`)),
    )
    expect(remains?.statusCode).toBe(200)
    expect(away?.json()).toEqual(remains?.json())
  },
)

test('the queue has those that remain', async () => {
  const { leads } = (await served().app.inject('/v1/leads')).json()
  expect(leads.map((lead: { lead_id: string }) => lead.lead_id).sort()).toEqual(['b', 'c'])
})
