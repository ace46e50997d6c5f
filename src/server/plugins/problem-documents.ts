/** Every error leaves as a problem document: of the handlers, of Fastify, of Node's HTTP parser, and "nothing is here". */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { finished } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, WonlostError } from '../../errors.ts'
import { asWonlostError, problemOf, RETRY_AFTER } from '../problem.ts'
import type { AnswerPage } from './dashboard.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** `answerPage` is asked first about what is not there. */
export function addProblemDocuments(app: FastifyInstance, answerPage: AnswerPage = () => false): void {
  app.setErrorHandler(async (error, request, reply) => {
    if (UNREAD.has(asWonlostError(error).code)) await dropBody(request.raw)
    return sendProblem(error, request, reply)
  })

  const routes: { readonly method: string; readonly pattern: RegExp }[] = []
  app.addHook('onRoute', (route) => {
    const pattern = patternOf(route.url)
    for (const method of [route.method].flat()) routes.push({ method, pattern })
  })
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request)
    const allowed = [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
    ]
    if (allowed.length === 0 && answerPage(request, reply)) return
    // A file that is not there, under a route that has this method.
    if (allowed.length === 0 || allowed.includes(request.method))
      throw new WonlostError(
        'not_found',
        `Nothing is at ${path}. /openapi.json lists every address, /docs shows them.`,
      )
    reply.header('allow', allowed.join(', '))
    throw new WonlostError(
      'method_not_allowed',
      `${request.method} is not allowed at ${path}. Allowed: ${allowed.join(', ')}.`,
    )
  })
}

/** Refused before the body was read. */
const UNREAD: ReadonlySet<ErrorCode> = new Set([
  'body_too_large',
  'unsupported_media_type',
  'key_required',
  'scope_missing',
  'rate_limited',
])

/**
 * Most clients send everything before they look for an answer. One that is given while they send, on a line that is closed
 * then, is lost: they see a broken line. What is left is read and dropped, for as long as any request may take to arrive.
 */
async function dropBody(request: IncomingMessage): Promise<void> {
  // The sender may go away meanwhile: there is nobody to answer then.
  await finished(request.resume()).catch(() => {})
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asWonlostError(error)
  const problem = problemOf(known, { path: pathOf(request), id: request.id })
  if (problem.status >= 500) request.log.error({ err: error, code: known.code }, 'request failed')
  if (problem.status === 503 || known.code === 'overloaded') reply.header('retry-after', String(RETRY_AFTER))
  return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem)
}

/** For a path that cannot be decoded: no route and no hook has seen the request. A person gets the page, which says that nothing is there. */
export function createUnroutedHandler(answerPage: AnswerPage) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    reply.headers({ ...SECURITY_HEADERS, 'x-request-id': request.id })
    if (!answerPage(request, reply)) sendProblem(error, request, reply)
  }
}

function pathOf(request: FastifyRequest): string {
  return request.raw.url?.split('?', 1)[0] ?? '/'
}

/** `/v1/leads/:id/score` as what it matches. */
function patternOf(url: string): RegExp {
  const escaped = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/:[^/]+/g, '[^/]+').replace(/\\\*/g, '.*')}$`)
}

const PARSER_STATUS: Readonly<Record<string, { status: number; reason: string; detail: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    reason: 'Request Header Fields Too Large',
    detail: 'The headers, with the path, are larger than 16 KiB.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    reason: 'Request Timeout',
    detail: 'The request did not arrive in time.',
  },
}

/** What Node's parser refuses never becomes a request: the answer is written by hand. */
export function answerParserError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, reason, detail } = PARSER_STATUS[error.code ?? ''] ?? {
    status: 400,
    reason: 'Bad Request',
    detail: 'This is not HTTP/1.1.',
  }
  const problem = problemOf(new WonlostError('invalid_request', detail), { path: '/', id: 'none' })
  const body = JSON.stringify({ ...problem, status })
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
