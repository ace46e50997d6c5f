import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serveCommand } from '../../src/cli/commands/serve.ts'
import { readConfig } from '../../src/config.ts'
import { type RunningServer, startServer } from '../../src/server/main.ts'
import { NOW } from '../support/app.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder, type TestModelsFolder } from '../support/models-folder.ts'

let database: TestDatabase
let folder: TestModelsFolder
let server: RunningServer

async function start(port = 0, auth = 'off', host = '127.0.0.1'): Promise<RunningServer> {
  const environment = { DATABASE_URL: database.url, WONLOST_MODELS: folder.path, AUTH: auth }
  const config = readConfig(environment, { port, host })
  return startServer(config, { now: () => NOW, logger: false })
}

beforeEach(async () => {
  database = await createTestDatabase()
  folder = createModelsFolder()
  server = await start()
})

afterEach(async () => {
  await server.close()
  await database.drop()
  folder.remove()
})

interface Line {
  readonly socket: Socket
  readonly received: () => string
  readonly ended: Promise<void>
}

/** A connection of its own, on which a test says every byte. */
async function open(): Promise<Line> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', (data) => {
    text += data.toString()
  })
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return { socket, received: () => text, ended }
}

const BODY = JSON.stringify({ lead: { lead_id: 'x' } })
const HEAD = `POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`

test('a stop finishes what was accepted, closes what is idle, and takes nothing new', async () => {
  const busy = await open()
  const idle = await open()
  busy.socket.write(HEAD + BODY.slice(0, 5))
  idle.socket.write(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  await expect.poll(idle.received).toContain('alive')

  const closed = server.close()
  await idle.ended
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  expect(busy.received()).toBe('')
  busy.socket.write(BODY.slice(5))
  await busy.ended
  expect(busy.received()).toMatch(/^HTTP\/1\.1 200 OK/)
  expect(busy.received().toLowerCase()).toContain('connection: close')
  expect(busy.received()).toContain('"lead_id":"x"')
  await closed
})

test('a request that is complete only during a stop is sent elsewhere', async () => {
  const late = await open()
  const busy = await open()
  busy.socket.write(HEAD + BODY.slice(0, 5))
  late.socket.write('GET /healthz HTTP/1.1\r\n')
  await expect.poll(async () => (await fetch(`${server.url}/healthz`)).status).toBe(200)
  const closed = server.close()
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  late.socket.write('Host: localhost\r\n\r\n')
  await late.ended
  expect(late.received()).toMatch(/^HTTP\/1\.1 503/)
  expect(late.received().toLowerCase()).toContain('connection: close')
  expect(late.received()).toContain('"code":"shutting_down"')
  busy.socket.write(BODY.slice(5))
  await Promise.all([busy.ended, closed])
  expect(busy.received()).toMatch(/^HTTP\/1\.1 200 OK/)
})

test('wonlost serve says where it listens, and ends with 0 when it is told to stop', async () => {
  const interrupt = new AbortController()
  const said: string[] = []
  const exit = serveCommand.run(
    {
      config: readConfig(
        { DATABASE_URL: database.url, WONLOST_MODELS: folder.path, WONLOST_LOG_LEVEL: 'silent', AUTH: 'off' },
        { port: 0 },
      ),
      json: false,
      print: () => {},
      write: async () => true,
      say: (text) => said.push(text),
      progress: () => {},
      now: () => NOW,
      signal: interrupt.signal,
      endEarly: (work) => work(new AbortController().signal),
    },
    [],
    {},
  )
  await expect
    .poll(() => said.join('\n'), { timeout: 20_000 })
    .toMatch(/listens at http:\/\/127\.0\.0\.1:\d+[\s\S]*nobody is asked for a key[\s\S]*curl/)
  const url = /http:\S+/.exec(said[0] ?? '')?.[0]
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  interrupt.abort()
  expect(await exit).toBe(0)
  await expect(fetch(`${url}/readyz`)).rejects.toThrow()
})

test('what is not HTTP gets a problem document, and the server goes on', async () => {
  const line = await open()
  line.socket.write('HELLO\r\n\r\n')
  await line.ended
  expect(line.received()).toMatch(/^HTTP\/1\.1 400[\s\S]*application\/problem\+json[\s\S]*invalid_request/)
  const long = await open()
  long.socket.write(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  await long.ended
  expect(long.received()).toMatch(/^HTTP\/1\.1 431/)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

test('a body beyond the limit is answered before the line is closed', async () => {
  const body = `{"pad":"${'x'.repeat(10_000_000)}"}`
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/v1/score`, { method: 'POST', headers, body })
  expect(answer.status).toBe(413)
  expect(await answer.json()).toMatchObject({ code: 'body_too_large' })
})

test.each([
  ['application/json', 413, 'off'],
  ['text/csv', 415, 'off'],
  ['application/json', 401, 'keys'],
])('a long body of %s is read to its end before it is refused with %d', async (type, status, auth) => {
  if (auth === 'keys') {
    await server.close()
    server = await start(0, auth)
  }
  const line = await open()
  const body = 'x'.repeat(6_000_000)
  const head = `POST /v1/score HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`
  line.socket.write(head + body.slice(0, 5_000_000))
  // A sender that is refused too early has its line closed now.
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(line.received()).toBe('')
  line.socket.write(body.slice(5_000_000))
  await line.ended
  expect(line.received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*problem\\+json`))
})

/** `fetch` sets the header Host by itself. */
async function statusFor(host: string, path = '/v1/policy'): Promise<string> {
  const line = await open()
  line.socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  await line.ended
  return line.received()
}

test('without keys only requests for this machine are answered', async () => {
  for (const host of ['localhost', 'LOCALHOST:8787', 'localhost.', '127.0.0.1', '127.0.0.2:80', '[::1]:8787'])
    expect(await statusFor(host)).toMatch(/^HTTP\/1\.1 200/)
  for (const host of [
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example:8787',
    '[::2]',
    '0.0.0.0',
  ])
    expect(await statusFor(host)).toMatch(/^HTTP\/1\.1 421[\s\S]*host_not_allowed[\s\S]*127\.0\.0\.1/)
})

test('with keys a proxy on this machine may pass on requests for any host', async () => {
  await server.close()
  server = await start(0, 'keys')
  expect(await statusFor('scores.example', '/readyz')).toMatch(/^HTTP\/1\.1 200/)
  expect(await statusFor('scores.example')).toMatch(/^HTTP\/1\.1 401[\s\S]*www-authenticate: Bearer/i)
})

test('AUTH=off is refused where others can reach the server', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', '128.0.0.1', 'scores.example'])
    await expect(start(0, 'off', host)).rejects.toMatchObject({
      code: 'configuration_invalid',
      message: expect.stringMatching(`^AUTH=off is allowed only at .*Given: ${host}`),
      place: { field: 'AUTH' },
    })
})

test('a port that is taken is named, and the server that has it goes on', async () => {
  const port = Number(new URL(server.url).port)
  await expect(start(port)).rejects.toMatchObject({
    code: 'address_unavailable',
    message: expect.stringContaining(String(port)),
  })
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})
