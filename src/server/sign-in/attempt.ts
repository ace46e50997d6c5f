/**
 * A sign-in under way, between the request to the identity provider and its answer. The browser keeps it, sealed by AES-256-GCM with a key that
 * comes of the client's secret: every server of this configuration reads it, nobody else does, and nothing is written for somebody who
 * never comes back.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { MINUTE, type Milliseconds } from '../../glossary.ts'

const schema = z.strictObject({
  /** Of which the answer must bring the same. */
  state: z.string(),
  /** Of which the token must hold the same. */
  nonce: z.string(),
  /** Proof towards the provider that who brings the code is who asked for it (PKCE, RFC 7636). */
  verifier: z.string(),
  returnTo: z.string(),
  expiresAt: z.number(),
})

export type SignInAttempt = Readonly<z.infer<typeof schema>>

/** From the request to the answer: long enough to find one's second factor. */
export const ATTEMPT_LIFETIME: Milliseconds = 10 * MINUTE

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface AttemptSeal {
  seal(attempt: SignInAttempt): string
  /** null: it was not sealed here, or it is too old. */
  open(sealed: string, now: Milliseconds): SignInAttempt | null
}

export function createAttemptSeal(clientSecret: string): AttemptSeal {
  const key = Buffer.from(hkdfSync('sha256', clientSecret, '', 'wonlost sign-in attempt', KEY_BYTES))
  return {
    seal(attempt) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, key, nonce)
      const text = Buffer.concat([cipher.update(JSON.stringify(attempt)), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
    },
    open(sealed, now) {
      const bytes = Buffer.from(sealed, 'base64url')
      const text = decrypted(key, bytes)
      if (text === null) return null
      const attempt = schema.parse(JSON.parse(text))
      return attempt.expiresAt > now ? attempt : null
    },
  }
}

function decrypted(key: Buffer, bytes: Buffer): string | null {
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString()
  } catch {
    // Sealed with another secret, or by somebody else.
    return null
  }
}
