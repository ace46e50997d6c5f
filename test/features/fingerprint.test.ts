import { expect, it } from 'vitest'
import { fingerprintOf } from '../../src/features/fingerprint.ts'

it('is the sha-256 of the canonical JSON, whatever the order of the fields', () => {
  // printf '{"a":[{"b":1,"c":null}],"d":"x"}' | sha256sum
  const expected = '22cd9b4edd53959acde15ddea3d0defdae4d9d0c3e8b5444f8dd38f2558dfb0b'
  expect(fingerprintOf({ a: [{ b: 1, c: null }], d: 'x' })).toBe(expected)
  expect(fingerprintOf({ d: 'x', a: [{ c: null, b: 1 }] })).toBe(expected)
  expect(fingerprintOf({ a: [{ b: 2, c: null }], d: 'x' })).not.toBe(expected)
})
