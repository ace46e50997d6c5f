/** Signing in with an identity provider: what is asked, and what comes back. */
import { z } from 'zod'
import { closed } from './closed.ts'

const LONGEST_PATH = 1_000

/** Of what a browser takes for another place: `//host`, `/\host`, and what it drops before it looks. */
const isOwnPath = (path: string): boolean => /^\/(?![/\\])[\x21-\x7e]*$/.test(path) && !path.includes('\\')

export const beginQuery = closed({
  return_to: z
    .string()
    .max(LONGEST_PATH, `must not be longer than ${LONGEST_PATH} characters`)
    .refine(isOwnPath, 'must be a path of this server such as /leads/l_123')
    .refine((path) => !path.includes('#'), 'must not have a fragment')
    .default('/')
    .describe('Where to go when signed in: a path of this server, with its query.'),
})

/** OpenID Connect Core 1.0, section 3.1.2.5; RFC 9207. The library reads them from the address, where each may stand once. */
export const answerQuery = z.looseObject({
  code: z.string().optional().describe('For which the provider gives the token.'),
  state: z.string().optional().describe('As it was sent.'),
  iss: z.string().optional().describe('The provider.'),
  error: z.string().optional().describe('Why there is no code.'),
})

/** An answer without a body. */
export const toElsewhere = (description: string) => z.null().describe(description)
