/** The routes under /v1/session: what they take and what they answer. */
import { z } from 'zod'
import { ROLES, SCOPES } from '../../glossary.ts'
import { LIMITS } from '../limits.ts'
import { closed } from './closed.ts'
import { shownTime } from './common.ts'

export const beginBody = closed({
  key: z
    .string('must be a key such as wl_0a1b2c3d_...')
    .trim()
    .min(1, 'must not be empty')
    .max(LIMITS.id, `must not be longer than ${LIMITS.id} characters`)
    .describe('As `wonlost keys create` printed it.'),
}).meta({ example: { key: 'wl_0a1b2c3d_3Zq8Yw0Kp7vS5t2uXn1rGh4JbLc6Md9EfAiTkQoUyRe' } })

const SIGN_IN = ['key', 'oidc'] as const

export const sessionSchema = z
  .strictObject({
    signed_in: z.boolean(),
    sign_in: z
      .array(z.enum(SIGN_IN))
      .describe(
        'Ways to sign in; `oidc`: GET /v1/session/oidc. None where nobody is asked for a key (AUTH=off).',
      ),
    name: z
      .string()
      .nullable()
      .describe('Of the key, or of the person; null: nobody is asked for a key, or nobody is signed in.'),
    role: z
      .enum(ROLES.map(({ name }) => name))
      .nullable()
      .describe('The first of admin, data, operations, sales whose scopes these are in full; null: none.'),
    scopes: z.array(z.enum(SCOPES)).describe('What may be done now.'),
    expires_at: shownTime.nullable().describe('When the session ends by itself.'),
  })
  .meta({
    id: 'Session',
    examples: [
      {
        signed_in: true,
        sign_in: ['key'],
        name: 'ann',
        role: 'sales',
        scopes: ['read', 'feedback'],
        expires_at: '2026-11-28T08:00:00Z',
      },
    ],
  })
