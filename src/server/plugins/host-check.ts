import type { FastifyInstance } from 'fastify'
import { WonlostError } from '../../errors.ts'
import { hostNameOf, isLoopback } from '../loopback.ts'
import { refuseOtherSites } from '../same-site.ts'

/**
 * For a server that asks nobody for a key, at the loopback address `host`: a page of any site can have its own name
 * resolve to 127.0.0.1 and then reads and writes here as if it were ours (DNS rebinding). Its requests still carry that name. By the right
 * name it reads nothing, and must not write, but for the live data of `ingestOrigins`.
 */
export function addHostCheck(
  app: FastifyInstance,
  host: string,
  ingestOrigins: readonly string[] = [],
): void {
  app.addHook('onRequest', async (request) => {
    const asked = hostNameOf(request.headers.host ?? '')
    if (isLoopback(asked) || asked === host.toLowerCase()) return refuseOtherSites(request, ingestOrigins)
    const allowed = [...new Set(['localhost', '127.0.0.1', '[::1]', host])].join(', ')
    const message = `The header Host must name this machine, as only it may ask: ${allowed}. Given: ${JSON.stringify(asked)}.`
    throw new WonlostError('host_not_allowed', message)
  })
}
