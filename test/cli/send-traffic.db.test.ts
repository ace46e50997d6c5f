import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { generateInto } from '../../data/load.ts'
import { type PlayedEvent, playTraffic, recordTraffic } from '../../data/traffic.ts'
import { knowsLead, type SendOptions, sendTraffic } from '../../src/cli/send-traffic.ts'
import { DAY } from '../../src/glossary.ts'
import { createTestApp, NOW } from '../support/app.ts'
import { createTestDatabase } from '../support/database.ts'
import { createModelsFolder } from '../support/models-folder.ts'
import { taken } from '../support/taken.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function optionsOf(url: string, changes: Partial<SendOptions> = {}): SendOptions {
  const never = new AbortController().signal
  return {
    url,
    key: null,
    now: () => NOW,
    run: 'traffic',
    lasting: 60_000,
    ended: never,
    signal: never,
    report: () => {},
    ...changes,
  }
}

function events(count: number): PlayedEvent[] {
  const event = { email: 'ann@acme.example', leadId: 'l_1', type: 'demo_requested', properties: {} }
  return Array.from({ length: count }, () => ({ event, due: 0 }))
}

/** A server that answers as told, and keeps what it was sent. */
async function answering(...answers: readonly (readonly [number, Record<string, string>, object])[]) {
  const bodies: { readonly batch: readonly { readonly messageId: string }[] }[] = []
  const keys: unknown[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => {
      text += part
    })
    request.on('end', () => {
      bodies.push(JSON.parse(text))
      keys.push(request.headers.authorization)
      const [status, headers, body] = answers[bodies.length - 1] ?? answers.at(-1)!
      response.writeHead(status, { ...headers, connection: 'close' }).end(JSON.stringify(body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, keys }
}

test('the events are those of the leads that the demo made, under names that the mapping file knows', async () => {
  const database = await createTestDatabase()
  closing.push(database.drop)
  const folder = createModelsFolder()
  closing.push(async () => folder.remove())
  const simulation = { leads: 100, seed: 7, months: 24, endsAt: Math.floor(NOW / DAY) * DAY, drift: true }
  await generateInto(database.pool, simulation, { reset: false })
  const { app } = createTestApp(database, folder.path)
  closing.push(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const traffic = await recordTraffic(simulation, async () => {})
  const first = traffic.events[0]!
  const people = [first, { ...first, leadId: 'l_none' }, { ...first, email: 'eve@other.example' }]
  const known = await Promise.all(people.map((person) => knowsLead(optionsOf(url), person)))
  expect(known).toEqual([true, false, false])
  const played = taken(playTraffic(traffic, { speed: 1e12 }), 2 * traffic.events.length)
  const summary = await sendTraffic(played.values(), optionsOf(url))
  const sent = 2 * traffic.events.length
  expect(summary).toMatchObject({ sent, acknowledged: sent, refused: 0, unanswered: 0 })
  const { rows } = await database.pool.query<{ lead_id: string | null; type: string }>(
    `SELECT lead_id, type FROM wonlost.events
      WHERE event_id LIKE 'traffic-%'`,
  )
  expect(rows).toHaveLength(sent)
  // Two records of one person share an address: the events are those of the first.
  const { rows: addresses } = await database.pool.query<{ value: string; subject_id: string }>(
    "SELECT value, subject_id FROM wonlost.identities WHERE kind = 'email'",
  )
  const leadOf = new Map(addresses.map(({ value, subject_id }) => [value, subject_id]))
  const expected = traffic.events.flatMap(({ email, type }) => {
    const one = `${leadOf.get(email.trim().toLowerCase())} ${type}`
    return [one, one]
  })
  expect(rows.map(({ lead_id, type }) => `${lead_id} ${type}`).sort()).toEqual(expected.sort())
  expect((await database.pool.query('SELECT FROM wonlost.unknown_names')).rowCount).toBe(0)
  expect((await database.pool.query("SELECT FROM wonlost.leads WHERE source <> 'simulator'")).rowCount).toBe(
    0,
  )
  expect((await database.pool.query('SELECT FROM wonlost.dirty_leads')).rowCount).toBeGreaterThan(0)
})

test('waits as long as the server says and sends the same again; what is refused is counted', async () => {
  const busy = [429, { 'retry-after': '1' }, {}] as const
  const { url, bodies, keys } = await answering(busy, [200, {}, { success: true, rejected: 2 }])
  const summary = await sendTraffic(events(5).values(), optionsOf(url, { key: 'wl_key' }))
  expect(summary).toMatchObject({ sent: 5, acknowledged: 3, refused: 2, unanswered: 0, batches: 1, waits: 1 })
  expect(bodies[1]).toEqual(bodies[0])
  expect(new Set(bodies[0]!.batch.map(({ messageId }) => messageId)).size).toBe(5)
  expect(keys).toEqual(['Bearer wl_key', 'Bearer wl_key'])
})

test('ends with what the server says when it takes nothing, and early when asked to', async () => {
  const denied = await answering([401, {}, { title: 'A valid key is required' }])
  const refused = { code: 'server_refused', message: expect.stringContaining('A valid key is required') }
  await expect(sendTraffic(events(5).values(), optionsOf(denied.url))).rejects.toMatchObject(refused)

  const { url } = await answering([200, {}, { success: true, rejected: 0 }])
  const ending = new AbortController()
  function* endless(): Generator<PlayedEvent, void, undefined> {
    for (;;) {
      yield* events(1_000)
      ending.abort()
    }
  }
  const { sent, acknowledged } = await sendTraffic(endless(), optionsOf(url, { ended: ending.signal }))
  expect([sent, acknowledged]).toEqual([1_000, 1_000])
  const gone = { code: 'server_unavailable' }
  await expect(knowsLead(optionsOf('http://127.0.0.1:1'), events(1)[0]!.event)).rejects.toMatchObject(gone)
})
