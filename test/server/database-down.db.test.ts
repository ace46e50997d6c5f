import { createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPool } from '../../src/db/database.ts'
import { addLead, createTestApp, keepModel, promote, type TestApp } from '../support/app.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'
import { createTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let folder: TestModelsFolder
let proxy: TcpProxy
let served: TestApp
let closeServed: () => Promise<void>

beforeEach(async () => {
  database = await createTestDatabase()
  folder = createModelsFolder()
  await promote(database.pool, await keepModel(database.pool), null)
  await addLead(database.pool, 'l_1')
  const url = new URL(database.url)
  proxy = await createTcpProxy({ host: url.hostname, port: Number(url.port || 5432) })
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  const pool = createPool(url.href, 4)
  served = createTestApp({ url: url.href, pool }, folder.path)
  closeServed = async () => {
    await served.app.close()
    await pool.end()
  }
})

afterEach(async () => {
  await closeServed()
  await proxy.close()
  await database.drop()
  folder.remove()
})

const read = () => served.app.inject('/v1/leads/l_1/score?as_of=now')
const readyStatus = async () => (await served.app.inject('/readyz')).statusCode

test('when the database goes away and comes back: 503 meanwhile, and recovery by itself', async () => {
  await served.app.ready()
  expect((await read()).statusCode).toBe(200)
  await proxy.cut()

  const down = await read()
  expect(down.statusCode).toBe(503)
  expect(down.headers['retry-after']).toMatch(/^\d+$/)
  expect(down.json()).toMatchObject({ code: 'database_unavailable', title: 'The database does not answer' })
  // No address of the database, no password.
  expect(down.body).not.toContain('postgres://')
  expect(await readyStatus()).toBe(503)
  // Another database may come back: its schema is looked at again.
  await until(() => !served.engine.status().schemaFits)
  expect((await served.app.inject('/healthz')).statusCode).toBe(200)
  // What needs no database goes on.
  const stateless = await served.app.inject({
    method: 'POST',
    url: '/v1/score',
    payload: { lead: { lead_id: 'x' } },
  })
  expect(stateless.statusCode).toBe(200)

  await proxy.mend()
  await until(async () => (await readyStatus()) === 200)
  expect((await read()).statusCode).toBe(200)
  // Promotions are heard of again.
  await promote(database.pool, await keepModel(database.pool, tinyArtifact({ weight: 2 })), 1)
  await until(async () => (await read()).json().scores.conversion.model.version === '2')
})

test('a server that starts without its database is ready when that comes', async () => {
  await proxy.cut()
  await served.app.ready()
  expect((await served.app.inject('/healthz')).statusCode).toBe(200)
  const ready = await served.app.inject('/readyz')
  expect(ready.json()).toMatchObject({
    status: 503,
    code: 'database_unavailable',
    checks: { database: { ok: false } },
  })
  expect((await read()).statusCode).toBe(503)
  await proxy.mend()
  await until(async () => (await readyStatus()) === 200)
  expect((await read()).statusCode).toBe(200)
})

test('a database that accepts and never answers holds up neither the start nor the checks', async () => {
  await proxy.cut()
  const mute = createServer((socket) => void socket.on('error', () => {}))
  const sockets: Socket[] = []
  mute.on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((resolve) => mute.listen(proxy.port, '127.0.0.1', resolve))
  await served.app.ready()
  expect((await served.app.inject('/healthz')).statusCode).toBe(200)
  expect((await served.app.inject('/readyz')).json()).toMatchObject({
    status: 503,
    code: 'database_unavailable',
  })
  const closed = new Promise((resolve) => mute.close(resolve))
  for (const socket of sockets) socket.destroy()
  await closed
  await proxy.mend()
  await until(async () => (await readyStatus()) === 200)
})

test('lines that break in the middle of requests fail those requests only', async () => {
  await served.app.ready()
  const asked = Array.from({ length: 20 }, read)
  await proxy.cut()
  await proxy.mend()
  for (const answer of await Promise.all(asked)) expect([200, 503]).toContain(answer.statusCode)
  await until(async () => (await read()).statusCode === 200)
})
