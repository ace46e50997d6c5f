import { type AddressInfo, connect } from 'node:net'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { addDraining } from '../../src/server/plugins/draining.ts'

test('a stop does not wait for connections by which nothing ever came', { timeout: 20_000 }, async () => {
  const app = Fastify({ forceCloseConnections: 'idle' })
  addDraining(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const accepted = new Promise((resolve) => app.server.once('connection', resolve))
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await accepted
  await app.close()
  await closed
  expect(app.server.listening).toBe(false)
})
