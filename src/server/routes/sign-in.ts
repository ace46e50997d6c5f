/** Signing in with an identity provider: to it, and back with its answer. Both are addresses that a browser opens. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { isSignInUsed, markSignInUsed } from '../../db/sessions.ts'
import { WonlostError } from '../../errors.ts'
import { cookieOf, endedCookie, isSecure, SESSION, SIGN_IN, setCookie } from '../cookies.ts'
import type { ServerParts } from '../parts.ts'
import { asWonlostError } from '../problem.ts'
import { problems } from '../schemas/problem.ts'
import { answerQuery, beginQuery, toElsewhere } from '../schemas/sign-in.ts'
import type { SessionSource } from '../session-source.ts'
import { ATTEMPT_LIFETIME, type SignInAttempt } from '../sign-in/attempt.ts'
import type { IdentityProvider } from '../sign-in/identity-provider.ts'
import { wantsPage } from '../wants-page.ts'

interface Options extends ServerParts {
  /** null: none is configured, or nobody is asked to sign in. */
  readonly signIn: { readonly provider: IdentityProvider; readonly sessions: SessionSource } | null
}

const SEE_OTHER = 303

export const signInRoutes: FastifyPluginAsyncZod<Options> = async (app, { pool, now, signIn }) => {
  app.get(
    '/v1/session/oidc',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'beginSignIn',
        tags: ['operation'],
        summary: 'Sends a browser to the identity provider to sign in.',
        description: 'Where one is configured: `sign_in` of GET /v1/session has `oidc`.',
        querystring: beginQuery,
        response: { 303: toElsewhere('To the identity provider.'), ...problems(400, 404, 500, 503) },
      },
    },
    async (request, reply) => {
      const returnTo = request.query.return_to
      try {
        const { provider } = configured(signIn)
        const expiresAt = now() + ATTEMPT_LIFETIME
        const { url, attempt } = await provider.begin(callbackOf(request).href, returnTo, expiresAt)
        reply.header('set-cookie', setCookie(SIGN_IN, request, provider.seal.seal(attempt), expiresAt))
        return reply.redirect(url, SEE_OTHER)
      } catch (error) {
        return backToPage(request, reply, error, returnTo)
      }
    },
  )

  app.get(
    '/v1/session/oidc/callback',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'finishSignIn',
        tags: ['operation'],
        summary: 'Takes the answer of the identity provider, and begins a session.',
        description:
          'The address to register with the provider. What the answer holds is laid down by OpenID Connect; more fields are allowed.',
        querystring: answerQuery,
        response: {
          303: toElsewhere('To the page that was asked for, with the session in a cookie.'),
          ...problems(400, 403, 404, 500, 503),
        },
      },
    },
    async (request, reply) => {
      reply.header('set-cookie', endedCookie(SIGN_IN, request))
      let attempt: SignInAttempt | null = null
      try {
        const { provider, sessions } = configured(signIn)
        attempt = provider.seal.open(cookieOf(SIGN_IN, request) ?? '', now())
        if (attempt === null) throw UNKNOWN_ATTEMPT()
        const used = createHash('sha256').update(attempt.state).digest('hex')
        if (await isSignInUsed(pool, used)) throw UNKNOWN_ATTEMPT()
        const person = await provider.finish(answeredAt(request), attempt)
        const isFirst = await markSignInUsed(pool, used, { now: now(), expiresAt: attempt.expiresAt })
        if (!isFirst) throw UNKNOWN_ATTEMPT()
        const { token, expiresAt } = await sessions.beginPerson(person)
        reply.header('set-cookie', setCookie(SESSION, request, token, expiresAt))
        return reply.redirect(attempt.returnTo, SEE_OTHER)
      } catch (error) {
        return backToPage(request, reply, error, attempt?.returnTo ?? '/')
      }
    },
  )
}

function configured(signIn: Options['signIn']): NonNullable<Options['signIn']> {
  if (signIn) return signIn
  const message =
    'No identity provider is configured here: WONLOST_OIDC_ISSUER names one. Sign in with a key.'
  throw new WonlostError('not_found', message)
}

const UNKNOWN_ATTEMPT = (): WonlostError =>
  new WonlostError(
    'sign_in_refused',
    'This browser did not begin this sign-in within the last ten minutes, or it has been used already. Sign in again.',
  )

/** People get the page, which says what is wrong; programs the problem. */
function backToPage(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  returnTo: string,
): FastifyReply {
  const { code, message } = asWonlostError(error)
  request.log.warn({ code }, `a sign-in failed: ${message}`)
  if (!wantsPage(request.headers.accept)) throw error
  return reply.redirect(`${returnTo}#sign-in=${code}`, SEE_OTHER)
}

const HOST = /^([a-z\d.-]+|\[[a-f\d:.]+\])(:\d+)?$/i

/** Where the provider sends the browser back to: this server, by the name that the browser has for it. Throws `invalid_request`. */
function callbackOf(request: FastifyRequest): URL {
  const { host = '' } = request.headers
  const address = `${isSecure(request) ? 'https' : 'http'}://${host}/v1/session/oidc/callback`
  if (HOST.test(host) && URL.canParse(address)) return new URL(address)
  const message = `The header Host must be the name of this server, with a port where it has one of its own. Given: ${JSON.stringify(host)}.`
  throw new WonlostError('invalid_request', message, { field: 'Host' })
}

function answeredAt(request: FastifyRequest): URL {
  const url = callbackOf(request)
  const at = request.url.indexOf('?')
  url.search = at === -1 ? '' : request.url.slice(at)
  return url
}
