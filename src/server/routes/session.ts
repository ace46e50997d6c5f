/** Signing in to the dashboard: a key for a session, which is a cookie that no script can read. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { WonlostError } from '../../errors.ts'
import { formatTime, ROLES, SCOPES, type Scope } from '../../glossary.ts'
import { cookieOf, endedCookie, SESSION, setCookie } from '../cookies.ts'
import type { KeySource } from '../key-source.ts'
import { asWonlostError } from '../problem.ts'
import { requireSameSite } from '../same-site.ts'
import { closed } from '../schemas/closed.ts'
import { answer, problems } from '../schemas/problem.ts'
import { beginBody, sessionSchema } from '../schemas/session.ts'
import type { LiveSession, SessionSource } from '../session-source.ts'
import { createSignInLimits } from '../sign-in-limits.ts'

interface Options {
  /** null: nobody is asked for a key. */
  readonly sessions: { readonly keys: KeySource; readonly source: SessionSource } | null
  /** Whether people can sign in with an identity provider. */
  readonly hasProvider: boolean
}

type Session = z.infer<typeof sessionSchema>

export const sessionRoutes: FastifyPluginAsyncZod<Options> = async (app, { sessions, hasProvider }) => {
  const limits = createSignInLimits()
  const ways: Session['sign_in'] = hasProvider ? ['key', 'oidc'] : ['key']
  const signedOut: Session = { ...NOBODY, sign_in: sessions ? ways : [] }
  const shown = (session: LiveSession): Session => ({ ...shownSession(session), sign_in: ways })

  app.get(
    '/v1/session',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'getSession',
        tags: ['operation'],
        summary: 'Who is signed in to the dashboard, and what they may do.',
        description: 'Where nobody is asked for a key, everybody is signed in and may do everything.',
        querystring: closed({}),
        response: {
          ...answer('The session of the cookie that was sent.', sessionSchema),
          ...problems(500, 503),
        },
      },
    },
    async (request) => {
      if (sessions === null) return OPEN
      const token = cookieOf(SESSION, request)
      const found = token === undefined ? null : await sessions.source.find(token)
      return found ? shown(found) : signedOut
    },
  )

  app.post(
    '/v1/session',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'beginSession',
        tags: ['operation'],
        summary: 'Signs in with a key that may read.',
        description:
          'Answers a cookie for this host. The session ends after seven days, within a second when its key is revoked or expires, and when its key begins 50 later ones. A key may sign in 30 times a minute; after 10 wrong keys within a minute, further ones from the same address are answered 429.',
        body: beginBody,
        response: {
          ...answer('The session; its token is in the cookie only.', sessionSchema),
          ...problems(400, 401, 403, 415, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      if (sessions === null) return OPEN
      if (request.headers.origin !== undefined) requireSameSite(request)
      const key = await sessions.keys.find(request.body.key)
      if (key === null) {
        await limits.countWrong(reply, request.ip)
        throw new WonlostError('key_required', 'This key is not valid: unknown, revoked or expired.')
      }
      await limits.countRight(reply, key.prefix)
      if (!key.scopes.includes('read')) {
        const message = `The dashboard needs a key with the scope read. The scopes of the key given: ${key.scopes.join(', ')}.`
        throw new WonlostError('scope_missing', message)
      }
      const begun = await sessions.source.begin(key)
      reply.header('set-cookie', setCookie(SESSION, request, begun.token, begun.expiresAt))
      return shown(begun)
    },
  )

  app.delete(
    '/v1/session',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'endSession',
        tags: ['operation'],
        summary: 'Signs out.',
        description:
          'The cookie goes in any case. 503: the session itself could not be ended, so its token, were it copied, is good until it expires.',
        querystring: closed({}),
        response: { ...answer('Nobody is signed in now.', sessionSchema), ...problems(403, 500, 503) },
      },
    },
    async (request, reply) => {
      const token = cookieOf(SESSION, request)
      if (sessions === null) return OPEN
      if (token !== undefined) requireSameSite(request)
      // Whoever leaves this browser must not stay signed in, whatever the database does.
      reply.header('set-cookie', endedCookie(SESSION, request))
      if (token !== undefined)
        await sessions.source.end(token).catch((error: unknown) => {
          throw notEnded(error)
        })
      return signedOut
    },
  )
}

function notEnded(error: unknown): WonlostError {
  const { code, message } = asWonlostError(error)
  const detail = `This browser is signed out, but the session could not be ended: ${message} Nobody has it unless its cookie was copied; it ends with its time, or with its key.`
  return new WonlostError(code, detail, { cause: error })
}

const NOBODY: Session = {
  signed_in: false,
  sign_in: [],
  name: null,
  role: null,
  scopes: [],
  expires_at: null,
}

const OPEN: Session = { ...NOBODY, signed_in: true, role: 'admin', scopes: [...SCOPES] }

function shownSession({ caller, expiresAt }: LiveSession): Omit<Session, 'sign_in'> {
  return {
    signed_in: true,
    name: caller.name,
    role: roleOf(caller.scopes),
    scopes: [...caller.scopes],
    expires_at: formatTime(expiresAt),
  }
}

function roleOf(scopes: readonly Scope[]): Session['role'] {
  return ROLES.find((role) => role.scopes.every((scope) => scopes.includes(scope)))?.name ?? null
}
