/**
 * The session of the dashboard as a cookie: no script reads it (HttpOnly) and no other site sends it (SameSite=Strict). Over plain HTTP
 * only to this machine; everywhere else browsers keep it only where TLS stands before the server.
 */
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyRequest } from 'fastify'
import type { Milliseconds } from '../glossary.ts'
import { hostNameOf, isLoopback } from './loopback.ts'

/** A name with this prefix belongs to exactly this host, and to TLS. */
const SECURE_NAME = '__Host-wonlost_session'
const LOOPBACK_NAME = 'wonlost_session'

/** Whether this machine is asked. A proxy may say that of everybody; that its page came by TLS a browser says. */
const isAtLoopback = ({ headers: { host = '' } }: FastifyRequest): boolean => isLoopback(hostNameOf(host))
const isSecure = (request: FastifyRequest): boolean =>
  !isAtLoopback(request) || request.headers.origin?.startsWith('https://') === true

/** The token of the session; undefined: none was sent. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  const { cookie } = request.headers
  if (cookie === undefined) return undefined
  const sent = parseCookie(cookie)
  return sent[SECURE_NAME] ?? (isAtLoopback(request) ? sent[LOOPBACK_NAME] : undefined)
}

/** The header Set-Cookie. */
export function sessionCookie(request: FastifyRequest, token: string, expiresAt: Milliseconds): string {
  const secure = isSecure(request)
  return stringifySetCookie({
    name: secure ? SECURE_NAME : LOOPBACK_NAME,
    value: token,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    expires: new Date(expiresAt),
  })
}

/** The header Set-Cookie that takes it away. */
export function endedSessionCookie(request: FastifyRequest): string {
  return sessionCookie(request, '', 0)
}
