/** Who may ask: whoever sends a key, or has a session, with the scope that the route declares, and not too often. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { WonlostError } from '../../errors.ts'
import type { Scope } from '../../glossary.ts'
import { type Caller, callerOfKey } from '../caller.ts'
import { cookieOf, SESSION } from '../cookies.ts'
import { keyOfHeader } from '../given-key.ts'
import type { KeySource } from '../key-source.ts'
import { type RateLimiter, WINDOW_SECONDS } from '../rate-limits.ts'
import { requireSameSite } from '../same-site.ts'
import type { SessionSource } from '../session-source.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose valid key or session was sent; null: nobody was asked for one, or it has not been looked at yet. */
    caller: Caller | null
    /** The token of the session that it was let in by; null: it was not. */
    sessionToken: string | null
    /**
     * Whether it may go on: false once its key is revoked or expired, or its session is over. An answer that has no end asks every
     * second. While the database is away nobody can tell of sessions, and they go on.
     */
    isStillAllowed(): Promise<boolean>
  }
}

/** `off`: whoever reaches the server may do everything. */
export type Authentication = 'off' | { readonly keys: KeySource; readonly limiter: RateLimiter }

/** Of answers to which a key belongs; RFC 6750, section 3. */
const REALM = 'Bearer realm="wonlost"'

/** Without `sessions` only keys are taken. */
export function addAuthentication(
  app: FastifyInstance,
  auth: Authentication,
  sessions: SessionSource | null = null,
): void {
  app.decorateRequest('caller', null)
  app.decorateRequest('sessionToken', null)
  app.decorateRequest('isStillAllowed', async function (this: FastifyRequest) {
    const { caller, sessionToken } = this
    if (caller === null) return true
    if (!caller.isInForce()) return false
    if (sessionToken === null || sessions === null) return true
    return sessions.find(sessionToken).then(
      (session) => session !== null,
      () => true,
    )
  })
  if (auth === 'off') return
  const { keys, limiter } = auth

  app.addHook('onRequest', async (request, reply) => {
    const scope = scopeOf(request)
    if (scope === 'public') return
    const given = keyOf(request)
    // It may stand in the body, which has not been read yet.
    if (given === undefined && request.routeOptions.config.key !== undefined) return
    await admit(request, reply, scope, given)
  })
  app.addHook('preValidation', async (request, reply) => {
    const scope = scopeOf(request)
    if (scope === 'public' || request.caller !== null) return
    await admit(request, reply, scope, keyOf(request))
  })

  async function admit(
    request: FastifyRequest,
    reply: FastifyReply,
    scope: Scope,
    given: string | undefined,
  ): Promise<void> {
    const caller = given === undefined ? await callerOfSession(request, reply) : await callerOf(given, reply)
    request.caller = caller
    if (!caller.scopes.includes(scope)) {
      reply.header('www-authenticate', `${REALM}, error="insufficient_scope", scope="${scope}"`)
      const has = caller.scopes.join(', ') || 'none that is known here'
      const message = `This needs a key with the scope ${scope}. The scopes of the key given: ${has}.`
      throw new WonlostError('scope_missing', message)
    }
    await limit(reply, scope, caller)
  }

  async function callerOf(given: string, reply: FastifyReply): Promise<Caller> {
    const key = await keys.find(given)
    if (key !== null) return callerOfKey(key, keys)
    reply.header('www-authenticate', `${REALM}, error="invalid_token"`)
    throw new WonlostError('key_required', `${SEND} The key given is not valid.`)
  }

  async function callerOfSession(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const token = cookieOf(SESSION, request)
    const session = token === undefined ? null : ((await sessions?.find(token)) ?? null)
    if (session !== null) {
      requireSameSite(request)
      request.sessionToken = token!
      return session.caller
    }
    reply.header('www-authenticate', REALM)
    throw new WonlostError('key_required', `${SEND} Given: no key.`)
  }

  async function limit(reply: FastifyReply, scope: Scope, { id }: Caller): Promise<void> {
    const allowance = await limiter.count(scope, id)
    if (allowance === null) return
    reply.headers(allowance.headers)
    if (allowance.isAllowed) return
    const { resetSeconds } = allowance
    reply.header('retry-after', String(resetSeconds))
    const message = `This key asked more often for the scope ${scope} than it may within ${WINDOW_SECONDS} s; RateLimit-Policy says how often that is. Go on in ${resetSeconds} s.`
    throw new WonlostError('rate_limited', message)
  }
}

const SEND = 'A key is needed here: send it as `Authorization: Bearer KEY`, or as the user name of Basic.'

/** What is not there needs no key to be told so. No server starts with a route that has no scope. */
function scopeOf(request: FastifyRequest): Scope | 'public' {
  return request.is404 ? 'public' : (request.routeOptions.config.scope ?? 'admin')
}

function keyOf(request: FastifyRequest): string | undefined {
  return request.routeOptions.config.key?.(request) ?? keyOfHeader(request.headers.authorization)
}
