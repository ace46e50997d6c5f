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

function cookieOf({ headers: { host = '' } }: FastifyRequest): { name: string; isSecure: boolean } {
  const isSecure = !isLoopback(hostNameOf(host))
  return { name: isSecure ? SECURE_NAME : LOOPBACK_NAME, isSecure }
}

/** The token of the session; undefined: none was sent. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  const { cookie } = request.headers
  return cookie === undefined ? undefined : parseCookie(cookie)[cookieOf(request).name]
}

/** The header Set-Cookie. */
export function sessionCookie(request: FastifyRequest, token: string, expiresAt: Milliseconds): string {
  const { name, isSecure } = cookieOf(request)
  return stringifySetCookie({
    name,
    value: token,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    expires: new Date(expiresAt),
  })
}

/** The header Set-Cookie that takes it away. */
export function endedSessionCookie(request: FastifyRequest): string {
  return sessionCookie(request, '', 0)
}
