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

/**
 * Whether browsers reach this server by TLS: over plain HTTP only from this machine. A proxy may say that it is this machine for everybody;
 * that its page came by TLS a browser says.
 */
export function isSecure(request: FastifyRequest): boolean {
  return !isAtLoopback(request) || request.headers.origin?.startsWith('https://') === true
}

const isAtLoopback = ({ headers: { host = '' } }: FastifyRequest): boolean => isLoopback(hostNameOf(host))

/** Its value; undefined: none was sent. */
export function cookieOf({ name }: CookieKind, request: FastifyRequest): string | undefined {
  const { cookie } = request.headers
  if (cookie === undefined) return undefined
  const sent = parseCookie(cookie)
  return sent[SECURE + name] ?? (isAtLoopback(request) ? sent[name] : undefined)
}

/** The header Set-Cookie. */
export function setCookie(
  kind: CookieKind,
  request: FastifyRequest,
  value: string,
  expiresAt: Milliseconds,
): string {
  const secure = isSecure(request)
  return stringifySetCookie({
    name: secure ? SECURE + kind.name : kind.name,
    value,
    path: '/',
    httpOnly: true,
    sameSite: kind.sameSite,
    secure,
    expires: new Date(expiresAt),
  })
}

/** The header Set-Cookie that takes it away. */
export function endedCookie(kind: CookieKind, request: FastifyRequest): string {
  return setCookie(kind, request, '', 0)
}
