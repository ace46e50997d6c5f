/** API keys as text: `wl_`, 8 hexadecimal digits that name the key, `_`, and a secret of 256 random bits. */
import { createHash, randomBytes } from 'node:crypto'

const PREFIX = /^wl_[0-9a-f]{8}$/
const KEY = /^wl_[0-9a-f]{8}_[\w-]{43}$/
const PREFIX_LENGTH = 11

export interface NewKey {
  /** What the client sends. Shown once, kept nowhere. */
  readonly key: string
  readonly prefix: string
  /** Of the whole key, hexadecimal. */
  readonly sha256: string
}

export function newKey(): NewKey {
  const prefix = `wl_${randomBytes(4).toString('hex')}`
  const key = `${prefix}_${randomBytes(32).toString('base64url')}`
  return { key, prefix, sha256: sha256Of(key) }
}

/** What a key is looked up by; null for a text that is none. Who has no key cannot choose a hash, so time tells nothing. */
export function hashOfKey(text: string): string | null {
  return KEY.test(text) ? sha256Of(text) : null
}

/** The prefix that a text is, or, for a key that was found somewhere, begins with; null: neither. */
export function prefixOfKey(text: string): string | null {
  const prefix = KEY.test(text) ? text.slice(0, PREFIX_LENGTH) : text
  return PREFIX.test(prefix) ? prefix : null
}

function sha256Of(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
