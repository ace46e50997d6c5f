import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { writeKeyOf } from '../../src/server/write-key.ts'

const basic = (text: string): object => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })

test.each<[string, object, unknown, string | undefined]>([
  ['Segment', basic('wk:'), {}, 'wk'],
  ['the key alone', basic('wk'), {}, 'wk'],
  ['the body', {}, { writeKey: 'wk' }, 'wk'],
  ['an empty user', basic(':x'), { writeKey: 'wk' }, 'wk'],
  ['Jitsu', { 'x-write-key': 'id:secret' }, { writeKey: 'id:***' }, 'id:secret'],
  ['PostHog', {}, { api_key: 'ph' }, 'ph'],
  ['a list', {}, { writeKey: ['wk'] }, undefined],
  ['nothing', {}, undefined, undefined],
])('%s', (_, headers, body, key) => {
  expect(writeKeyOf({ headers, body } as FastifyRequest)).toBe(key)
})
