import type * as threads from 'node:worker_threads'
import { afterAll, expect, it, vi } from 'vitest'

let most = 0
let started = 0

vi.doMock('node:worker_threads', async (original) => {
  const real = await original<typeof threads>()
  class Worker extends real.Worker {
    constructor(...given: ConstructorParameters<typeof threads.Worker>) {
      if (started === most)
        throw Object.assign(new Error('EAGAIN'), { code: 'ERR_WORKER_INIT_FAILED' as const })
      super(...given)
      started += 1
    }
  }
  return { ...real, Worker }
})

// Loaded anew, with those threads, whatever was loaded before; and nobody after sees it.
vi.resetModules()
const { startThreads } = await import('../../../training/boosting/kernel-threads.ts')
afterAll(() => {
  vi.doUnmock('node:worker_threads')
  vi.resetModules()
})

/** A module that exports "work", which does nothing. */
const MODULE = new WebAssembly.Module(
  Uint8Array.of(
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...[1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 119, 111, 114, 107, 0, 0, 10, 4, 1, 2, 0, 11],
  ),
)

it.each([0, 1])('goes on with %i of 3 threads where the machine gives no more', async (limit) => {
  most = limit
  started = 0
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  await startThreads(MODULE, memory, 3, () => {}).end()
  expect(started).toBe(limit)
})
