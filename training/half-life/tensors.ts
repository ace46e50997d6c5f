/**
 * Automatic differentiation: @tensorflow/tfjs-core on its WebAssembly backend, loaded when first asked for. One thread, so that the
 * same numbers come out each time. Its native counterpart, tfjs-node, is not used: it sums in another order.
 */
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import type * as Tensors from '@tensorflow/tfjs-core'
import { WonlostError } from '../../src/errors.ts'
import { registerGradients } from './gradients.ts'

export type TensorLibrary = typeof Tensors

let ready: Promise<TensorLibrary> | null = null

/** Throws `numeric_failure` where WebAssembly cannot be started. */
export function loadTensors(): Promise<TensorLibrary> {
  ready ??= start()
  return ready
}

async function start(): Promise<TensorLibrary> {
  const tf = await import('@tensorflow/tfjs-core')
  const backend = await import('@tensorflow/tfjs-backend-wasm')
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  backend.setWasmPaths(dirname(main) + sep)
  backend.setThreadsCount(1)
  if (await withoutItsListeners(() => tf.setBackend('wasm'))) {
    registerGradients(tf)
    return tf
  }
  ready = null
  const message =
    'Half-lives are learned with WebAssembly, which could not be started here. Write durations (half_life: 14d) in the definition, or train where it can.'
  throw new WonlostError('numeric_failure', message)
}

/** What the backend loads takes over how this process ends on an error, which is none of its business. */
async function withoutItsListeners<Result>(act: () => Promise<Result>): Promise<Result> {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')))
  try {
    return await act()
  } finally {
    for (const [place, event] of events.entries()) {
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[place]!.has(listener)) process.removeListener(event, listener)
    }
  }
}
