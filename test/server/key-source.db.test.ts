import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newKey } from '../../src/api-key.ts'
import { insertKey, revokeKey } from '../../src/db/api-keys.ts'
import { createPool } from '../../src/db/database.ts'
import { HOUR, SECOND } from '../../src/glossary.ts'
import { createKeySource, type KeySource } from '../../src/server/key-source.ts'
import { NOW } from '../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let proxy: TcpProxy
let key: string
let source: KeySource
let closeSource: () => Promise<void>

beforeEach(async () => {
  database = await createTestDatabase()
  const made = newKey()
  key = made.key
  const about = { name: 'crm', scopes: ['read' as const], createdBy: 'ann', createdAt: NOW, expiresAt: null }
  await insertKey(database.pool, { ...made, ...about })
  const url = new URL(database.url)
  proxy = await createTcpProxy({ host: url.hostname, port: Number(url.port || 5432) })
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  const pool = createPool(url.href, 2)
  watch = (every) => {
    source = createKeySource({ pool, now: () => NOW, every })
  }
  closeSource = async () => {
    await source.stop()
    await pool.end()
  }
})

afterEach(async () => {
  vi.restoreAllMocks()
  await closeSource()
  await proxy.close()
  await database.drop()
})

/** Looks so often; an hour is never within a test. */
let watch: (every: number) => void

/** By hand, so that no notice is sent. */
const revokeSilently = () =>
  database.pool.query("UPDATE wonlost.api_keys SET revoked_at = now(), revoked_by = 'ann'")

const log = { info() {}, error: vi.fn() }
beforeEach(() => void log.error.mockClear())

test('a revocation whose notice was lost is found by looking', async () => {
  watch(20)
  await source.start(log)
  const found = await source.find(key)
  expect(found).toMatchObject({ name: 'crm', scopes: ['read'] })
  expect(source.isInForce(found!)).toBe(true)
  await revokeSilently()
  await until(async () => (await source.find(key)) === null)
  expect(source.isInForce(found!)).toBe(false)
})

test('the notice of a revocation alone is enough', async () => {
  // No look of its own, and none is ever too old.
  watch(HOUR)
  vi.spyOn(performance, 'now').mockReturnValue(1)
  await source.start(log)
  expect(await source.find(key)).not.toBeNull()
  await revokeKey(database.pool, key.slice(0, 11), { by: 'ann', at: NOW })
  await until(async () => (await source.find(key)) === null)
})

test('a process that stood still for a second looks before it lets anybody in', async () => {
  watch(HOUR)
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
  await source.start(log)
  await revokeSilently()
  clock.mockReturnValue(SECOND)
  expect(await source.find(key)).not.toBeNull()
  clock.mockReturnValue(SECOND + 1)
  const found = await Promise.all(Array.from({ length: 50 }, () => source.find(key)))
  expect(found.every((one) => one === null)).toBe(true)
})

test('while the database is away known keys go on, others do not, and the end of it is noticed', async () => {
  watch(20)
  await source.start(log)
  expect(await source.find(key)).not.toBeNull()
  await proxy.cut()
  await until(() => log.error.mock.calls.length > 0)
  expect(await source.find(key)).not.toBeNull()
  expect(await source.find(newKey().key)).toBeNull()
  await revokeSilently()
  await proxy.mend()
  await until(async () => (await source.find(key)) === null)
})

test('before the keys were ever read nobody is let in, nor told that a key is wrong', async () => {
  await proxy.cut()
  watch(20)
  await source.start(log)
  for (const text of [key, newKey().key])
    await expect(source.find(text)).rejects.toMatchObject({ code: 'database_unavailable' })
  expect(await source.find('nonsense')).toBeNull()
  await proxy.mend()
  await until(async () => {
    const found = await source.find(key).catch(() => null)
    return found !== null
  })
})
