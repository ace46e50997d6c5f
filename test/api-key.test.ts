import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOfKey, newKey, prefixOfKey } from '../src/api-key.ts'

test('a key begins with its prefix, has 256 bits that no other has, and is found by its sha256', () => {
  const made = Array.from({ length: 200 }, newKey)
  expect(new Set(made.map(({ key }) => key.slice(12))).size).toBe(made.length)
  for (const { key, prefix, sha256 } of made) {
    expect(key).toMatch(/^wl_[0-9a-f]{8}_[\w-]{43}$/)
    expect(Buffer.from(key.slice(12), 'base64url')).toHaveLength(32)
    expect(key.slice(0, 11)).toBe(prefix)
    expect(sha256).toBe(createHash('sha256').update(key).digest('hex'))
    expect(hashOfKey(key)).toBe(sha256)
    expect([prefixOfKey(prefix), prefixOfKey(key)]).toEqual([prefix, prefix])
  }
})

test('what is not a key has neither hash nor prefix', () => {
  const { key } = newKey()
  for (const text of [
    '',
    'wl_',
    `${key}=`,
    ` ${key}`,
    key.slice(0, -1),
    key.toUpperCase(),
    key.replace('wl', 'sk'),
  ]) {
    expect([hashOfKey(text), prefixOfKey(text)]).toEqual([null, null])
  }
  fc.assert(fc.property(fc.string(), (text) => hashOfKey(text) === null && prefixOfKey(text) === null))
})
