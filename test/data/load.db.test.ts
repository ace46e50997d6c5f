import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateInto } from '../../data/load.ts'
import { journeyUntil } from '../../data/simulator/journey.ts'
import { worldOf } from '../../data/simulator/process.ts'
import { simulate } from '../../data/simulator/simulate.ts'
import { createStreamLaws } from '../../data/simulator/streams.ts'
import { createTruth } from '../../data/truth/probability.ts'
import { trueProbabilities } from '../../data/truth.ts'
import { DAY, HOUR } from '../../src/glossary.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { optionsOf } from './helpers.ts'

const options = optionsOf({ leads: 600 })
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function counts(): Promise<Record<string, number>> {
  const tables = [
    'leads',
    'accounts',
    'traits',
    'events',
    'deals',
    'deal_contacts',
    'deal_stages',
    'identities',
  ]
  const found: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await database.pool.query(`SELECT count(*)::int AS n FROM wonlost.${table}`)
    found[table] = rows[0].n
  }
  return found
}

test('without a simulation the truth is not available', async () => {
  const moments = [{ leadId: 'l_00000', asOf: 0 }]
  await expect(trueProbabilities(database.pool, moments, 90)).rejects.toMatchObject({
    code: 'truth_unavailable',
  })
})

test('what is loaded is what was simulated, once; a second time is refused, and --reset replaces it', async () => {
  const tally = await generateInto(database.pool, options, { reset: false })
  const accounts = [...simulate(options)]
  const first = await counts()
  expect(first).toMatchObject({
    leads: tally.leads,
    accounts: tally.accounts,
    events: tally.events,
    traits: accounts.reduce((sum, account) => sum + account.traits.length, 0),
    deals: accounts.reduce((sum, account) => sum + account.deals.length, 0),
  })
  expect(first.identities).toBeGreaterThan(tally.leads)
  await expect(generateInto(database.pool, options, { reset: false })).rejects.toMatchObject({
    code: 'database_not_empty',
  })
  expect(await counts()).toEqual(first)

  await database.pool.query(
    `INSERT INTO wonlost.leads (lead_id, created_at, known_at, source) VALUES ('own', now(), now(), 'import')`,
  )
  await generateInto(database.pool, options, { reset: true })
  expect(await counts()).toEqual({ ...first, leads: (first.leads ?? 0) + 1 })
})

test('with a simulation goes what came of its leads since, and nothing of others', async () => {
  const { pool } = database
  const live = async (leadId: string): Promise<void> => {
    await pool.query(
      `INSERT INTO wonlost.events VALUES ($1, $2, NULL, 'pricing_page_viewed', now(), now(), 'segment', '{}')`,
      [`live:${leadId}`, leadId],
    )
    await pool.query('INSERT INTO wonlost.dirty_leads (lead_id, cause, marked_at) VALUES ($1, $2, now())', [
      leadId,
      'event',
    ])
  }
  const { rows } = await pool.query<{ lead_id: string }>('SELECT min(lead_id) AS lead_id FROM wonlost.leads')
  await pool.query(`INSERT INTO wonlost.leads VALUES ('mine', NULL, now(), now(), 'crm')`)
  await live(rows[0]!.lead_id)
  await live('mine')
  await generateInto(pool, options, { reset: true })
  const left = `SELECT (SELECT array_agg(lead_id) FROM wonlost.events WHERE source = 'segment') AS events,
    (SELECT array_agg(lead_id) FROM wonlost.dirty_leads) AS marks`
  expect((await pool.query(left)).rows).toEqual([{ events: ['mine'], marks: ['mine'] }])
  for (const table of ['events', 'dirty_leads', 'leads'])
    await pool.query(`DELETE FROM wonlost.${table} WHERE lead_id = 'mine'`)
})

test('what is interrupted leaves everything as it was', async () => {
  const before = await counts()
  const interrupt = new AbortController()
  interrupt.abort(new Error('stop'))
  const settings = { reset: true, signal: interrupt.signal }
  await expect(generateInto(database.pool, options, settings)).rejects.toThrow('stop')
  expect(await counts()).toEqual(before)
})

test('true probabilities come in the order of the moments, and are those of the journeys', async () => {
  const truth = createTruth(createStreamLaws(worldOf(options)), 90)
  const wanted = [...simulate(options)].flatMap(({ journey, leads }) =>
    leads.flatMap((lead) =>
      [1, 45].map((days) => {
        const asOf = lead.createdAt + days * DAY + 5 * HOUR
        const probability = lead.person === null ? 0 : truth.probability(journeyUntil(journey, asOf), asOf)
        return { leadId: lead.leadId, asOf, probability }
      }),
    ),
  )
  // Not in order of time, and one lead before it came.
  wanted.reverse()
  const moments = [...wanted, { leadId: wanted[0]!.leadId, asOf: 0 }]
  const found = await trueProbabilities(database.pool, moments, 90)
  expect([...found]).toEqual([...wanted.map(({ probability }) => probability), Number.NaN])
  expect(wanted.filter(({ probability }) => probability > 0.02).length).toBeGreaterThan(200)
})

test('an unknown lead, a horizon that is none, and laws that have changed are refused', async () => {
  const { pool } = database
  const moments = [{ leadId: 'own', asOf: 0 }]
  await expect(trueProbabilities(pool, moments, 90)).rejects.toMatchObject({ code: 'lead_not_found' })
  await expect(trueProbabilities(pool, moments, 0.5)).rejects.toMatchObject({ code: 'usage' })
  await pool.query(`UPDATE simulator_truth.parameters SET fingerprint = 'of another version'`)
  await expect(trueProbabilities(pool, moments, 90)).rejects.toMatchObject({ code: 'truth_unavailable' })
})
