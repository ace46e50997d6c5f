/**
 * Cookies of the dashboard, which no script reads (HttpOnly): that of the session, which no other site sends (SameSite=Strict), and that of
 * a sign-in under way, which comes back with the answer of the identity provider. Over plain HTTP only to this machine; everywhere else
 * browsers keep them only where TLS stands before the server.
 */
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyRequest } from 'fastify'
import type { Milliseconds } from '../glossary.ts'
import { hostNameOf, isLoopback } from './loopback.ts'

interface CookieKind {
  readonly name: string
  readonly sameSite: 'strict' | 'lax'
}

export const SESSION: CookieKind = { name: 'wonlost_session', sameSite: 'strict' }
export const SIGN_IN: CookieKind = { name: 'wonlost_sign_in', sameSite: 'lax' }

/** A name with this prefix belongs to exactly this host, and to TLS. */
const SECURE = '__Host-'

/** Whether browsers reach this server by TLS: over plain HTTP only from this machine. */
export function isSecure({ headers: { host = '' } }: FastifyRequest): boolean {
  return !isLoopback(hostNameOf(host))
}

function nameOf(kind: CookieKind, request: FastifyRequest): string {
  return `${isSecure(request) ? SECURE : ''}${kind.name}`
}

/** Its value; undefined: none was sent. */
export function cookieOf(kind: CookieKind, request: FastifyRequest): string | undefined {
  const { cookie } = request.headers
  return cookie === undefined ? undefined : parseCookie(cookie)[nameOf(kind, request)]
}

/** The header Set-Cookie. */
export function setCookie(
  kind: CookieKind,
  request: FastifyRequest,
  value: string,
  expiresAt: Milliseconds,
): string {
  return stringifySetCookie({
    name: nameOf(kind, request),
    value,
    path: '/',
    httpOnly: true,
    sameSite: kind.sameSite,
    secure: isSecure(request),
    expires: new Date(expiresAt),
  })
}

/** The header Set-Cookie that takes it away. */
export function endedCookie(kind: CookieKind, request: FastifyRequest): string {
  return setCookie(kind, request, '', 0)
}
