import type { FastifyInstance } from 'fastify'
import { WonlostError } from '../../errors.ts'

/**
 * A graceful stop: from the moment `app.close()` is called, what was accepted is finished, and what still arrives on open
 * connections is told to go elsewhere (503, `Connection: close`).
 */
export function addDraining(app: FastifyInstance): void {
  let draining = false
  app.addHook('preClose', async () => {
    draining = true
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
