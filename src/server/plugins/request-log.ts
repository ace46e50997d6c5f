/**
 * Request ids, and one line of log a request. No body, query, path or address is logged: a lead's id stands in the path.
 * What is logged is the route's pattern, and how the key begins.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

const REQUEST_ID = /^[\w.-]{1,128}$/

/** The sender's X-Request-Id where it is harmless in a header and a log; else a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

export function addRequestLog(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        ...(request.caller ? { key: request.caller.id } : {}),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 100) / 100,
      },
      'answered',
    )
    done()
  })
}

interface LoggedError {
  readonly type: string
  readonly message: string
  readonly stack: string
  readonly [more: string]: unknown
}

/** For the logger: an error without what it may quote. PostgreSQL quotes values in `message`, `detail` and `where`. */
export function loggedError(error: Error): LoggedError {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  const isPostgres = 'severity' in error && 'routine' in error
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: isPostgres ? `PostgreSQL ${String(error.severity)} in ${String(error.routine)}` : error.message,
    stack: stack.join('\n'),
    ...(cause instanceof Error ? { cause: loggedError(cause) } : {}),
  }
}

/** For lines that Fastify writes itself: without the path and the address. */
export function loggedRequest({ method }: { readonly method: string }): Record<string, unknown> {
  return { method }
}
