/** Who may ask: whoever sends a key, or has a session of one, with the scope that the route declares, and not too often. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiKey } from '../../db/api-keys.ts'
import { WonlostError } from '../../errors.ts'
import type { Scope } from '../../glossary.ts'
import { keyOfHeader } from '../given-key.ts'
import type { KeySource } from '../key-source.ts'
import { type RateLimiter, WINDOW_SECONDS } from '../rate-limits.ts'
import { requireSameSite } from '../same-site.ts'
import { sessionTokenOf } from '../session-cookie.ts'
import type { SessionSource } from '../session-source.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The valid key that was sent; null: nobody was asked for one, or it has not been looked at yet. */
    apiKey: ApiKey | null
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
  app.decorateRequest('apiKey', null)
  app.decorateRequest('sessionToken', null)
  app.decorateRequest('isStillAllowed', async function (this: FastifyRequest) {
    const { apiKey, sessionToken } = this
    if (auth === 'off' || apiKey === null) return true
    if (!auth.keys.isInForce(apiKey)) return false
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
    if (scope === 'public' || request.apiKey !== null) return
    await admit(request, reply, scope, keyOf(request))
  })

  async function admit(
    request: FastifyRequest,
    reply: FastifyReply,
    scope: Scope,
    given: string | undefined,
  ): Promise<void> {
    const key = given === undefined ? await keyOfSession(request, reply) : await keyGiven(given, reply)
    request.apiKey = key
    if (!key.scopes.includes(scope)) {
      reply.header('www-authenticate', `${REALM}, error="insufficient_scope", scope="${scope}"`)
      const has = key.scopes.join(', ') || 'none that is known here'
      const message = `This needs a key with the scope ${scope}. The scopes of the key given: ${has}.`
      throw new WonlostError('scope_missing', message)
    }
    await limit(reply, scope, key)
  }

  async function keyGiven(given: string, reply: FastifyReply): Promise<ApiKey> {
    const key = await keys.find(given)
    if (key !== null) return key
    reply.header('www-authenticate', `${REALM}, error="invalid_token"`)
    throw new WonlostError('key_required', `${SEND} The key given is not valid.`)
  }

  async function keyOfSession(request: FastifyRequest, reply: FastifyReply): Promise<ApiKey> {
    const token = sessionTokenOf(request)
    const session = token === undefined ? null : ((await sessions?.find(token)) ?? null)
    if (session !== null) {
      requireSameSite(request)
      request.sessionToken = token!
      return session.key
    }
    reply.header('www-authenticate', REALM)
    throw new WonlostError('key_required', `${SEND} Given: no key.`)
  }

  async function limit(reply: FastifyReply, scope: Scope, { prefix }: ApiKey): Promise<void> {
    const allowance = await limiter.count(scope, prefix)
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
