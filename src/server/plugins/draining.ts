import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { WonlostError } from '../../errors.ts'
import { SECOND } from '../../glossary.ts'

/** Between two looks for connections by which nothing comes. */
const SILENCE = SECOND / 4

/**
 * A graceful stop: from the moment `app.close()` is called, what was accepted is finished, and what still arrives on open
 * connections is told to go elsewhere (503, `Connection: close`).
 */
export function addDraining(app: FastifyInstance): void {
  let draining = false
  app.addHook('preClose', async () => {
    draining = true
    closeSilent(app, connections)
  })
  const connections = new Set<Socket>()
  app.server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  app.addHook('onRequest', (_request, reply, done) => {
    if (!draining) return done()
    reply.header('connection', 'close')
    const message = 'The server is stopping. Try again: another one, or this one when it is back.'
    done(new WonlostError('shutting_down', message))
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining) reply.header('connection', 'close')
    done()
  })
}

/**
 * Browsers and others open connections before they have anything to ask. Node closes those that have nothing more to ask, but waits a
 * minute for the first request: a stop would wait as long. At each look those go that were silent at the look before.
 */
function closeSilent(app: FastifyInstance, connections: ReadonlySet<Socket>): void {
  let before: readonly Socket[] = []
  const look = setInterval(() => {
    const silent = [...connections].filter(({ bytesRead }) => bytesRead === 0)
    for (const socket of silent) if (before.includes(socket)) socket.destroy()
    before = silent
    if (!app.server.listening && connections.size === 0) clearInterval(look)
  }, SILENCE)
  look.unref()
}
