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
  app.addHook('onRequest', async (_request, reply) => {
    if (!draining) return
    reply.header('connection', 'close')
    throw new WonlostError(
      'shutting_down',
      'The server is stopping. Try again: another one, or this one when it is back.',
    )
  })
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close')
  })
}
