import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPatientFetch } from '../../web/src/api/patient-fetch.ts'

const never = () => new Promise<Response>(() => {})
const asked = vi.fn<(address: Request | string) => Promise<Response>>()
const onSilence = vi.fn()

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('fetch', asked)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.resetAllMocks()
})

const read = () => createPatientFetch(onSilence)(new Request('http://localhost/v1/leads'))

test('whoever does not answer is asked for a sign of life; without one that is told, and the question goes on', async () => {
  let answer = (_: Response): void => {}
  asked.mockImplementation((address) =>
    typeof address === 'string'
      ? Promise.reject(new Error('nobody'))
      : new Promise((resolve) => {
          answer = resolve
        }),
  )
  const reading = read()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(asked).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toHaveBeenLastCalledWith('/healthz', expect.anything())
  expect(onSilence).toHaveBeenCalledTimes(1)
  answer(new Response('late'))
  expect(await (await reading).text()).toBe('late')
})

test('a server that is only slow, or quick, is not taken for one that is away', async () => {
  asked.mockImplementation((address) =>
    typeof address === 'string' ? Promise.resolve(new Response('{}')) : never(),
  )
  void read()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toHaveBeenCalledTimes(2)
  asked.mockResolvedValue(new Response('quick'))
  await read()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toHaveBeenCalledTimes(3)
  expect(onSilence).not.toHaveBeenCalled()
})
