import { expect, test } from 'vitest'
import { withTransaction } from '../../src/db/database.ts'
import { setAside } from '../../src/db/dirty-claims.ts'
import { markDirty } from '../../src/db/dirty-leads.ts'
import { scoreLeads } from '../../src/jobs/score-leads.ts'
import { NOW } from '../support/app.ts'
import { serveForTests } from '../support/served.ts'

const served = serveForTests(['l_1', 'l_2', 'l_3'])

test('health tells who waits, since when, who was set aside, and what is another version since the last scoring of all', async () => {
  const { app, database, engine } = served()
  const health = async () => (await app.inject('/v1/health')).json()
  expect(await health()).toEqual({
    as_of: expect.any(String),
    rescoring: { backlog: 0, oldest_at: null, oldest_seconds: null, set_aside: 0 },
    last_scoring: null,
  })

  const { engine: scoring } = engine.current()
  const other = { ...scoring, policy: { ...scoring.policy, version: scoring.policy.version + 1 } }
  await scoreLeads(database.pool, other, { asOf: NOW, scoredAt: NOW, cause: 'score' })
  await withTransaction(database.pool, (client) => markDirty(client, ['l_1', 'l_2', 'l_3'], 'event'))
  await setAside(database.pool, [{ leadId: 'l_3', error: 'boom' }], NOW)
  const { rescoring, last_scoring } = await health()
  expect(rescoring).toEqual({
    backlog: 2,
    oldest_at: expect.any(String),
    oldest_seconds: expect.any(Number),
    set_aside: 1,
  })
  expect(last_scoring).toMatchObject({
    cause: 'score',
    as_of: '2026-11-21T12:00:00Z',
    outdated: ['the policy'],
  })
})
