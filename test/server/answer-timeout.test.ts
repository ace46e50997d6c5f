import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { LIMITS } from '../../src/server/limits.ts'
import { addAnswerTimeout } from '../../src/server/plugins/answer-timeout.ts'

test('what waits must answer in time; what only computes has no clock beside it', async () => {
  const app = Fastify()
  addAnswerTimeout(app)
  app.get('/waits', async ({ routeOptions }) => ({ timeout: routeOptions.handlerTimeout }))
  app.get('/computes', { config: { isImmediate: true } }, async ({ routeOptions }) => ({
    timeout: routeOptions.handlerTimeout,
  }))
  app.get('/longer', { handlerTimeout: 90_000 }, async ({ routeOptions }) => ({
    timeout: routeOptions.handlerTimeout,
  }))
  const timeoutOf = async (url: string) => (await app.inject(url)).json().timeout
  expect(await timeoutOf('/waits')).toBe(LIMITS.answer)
  expect(await timeoutOf('/computes')).toBe(0)
  expect(await timeoutOf('/longer')).toBe(90_000)
  await app.close()
})
