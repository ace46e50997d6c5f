import { expect, test } from 'vitest'
import { createRateLimiter } from '../../src/server/rate-limits.ts'

const LIMITS = { ingest: 3, score: 1, read: null, feedback: 1, admin: 1 }

test('says in the fields of the draft what is left, and refuses what is beyond, for each key and scope apart', async () => {
  const limiter = createRateLimiter(LIMITS)
  for (let left = 29; left >= 0; left -= 1) {
    expect(await limiter.count('ingest', 'wl_1')).toEqual({
      isAllowed: true,
      resetSeconds: 10,
      headers: { 'ratelimit-policy': '"ingest";q=30;w=10', ratelimit: `"ingest";r=${left};t=10` },
    })
  }
  const refused = { isAllowed: false, headers: { ratelimit: '"ingest";r=0;t=10' } }
  expect(await limiter.count('ingest', 'wl_1')).toMatchObject(refused)
  expect(await limiter.count('ingest', 'wl_2')).toMatchObject({ isAllowed: true })
  expect(await limiter.count('score', 'wl_1')).toMatchObject({
    isAllowed: true,
    headers: { ratelimit: '"score";r=9;t=10' },
  })
  expect(await limiter.count('read', 'wl_1')).toBeNull()
})
