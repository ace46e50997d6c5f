/**
 * Threads that help a WebAssembly kernel: each an instance of the same module on the same memory, which waits there for pieces of
 * work (kernels/threads.ts). The script is a string: the same from dist/, from a bundle and from sources that Node cannot run.
 */
import { Worker } from 'node:worker_threads'

/** Word 64 of the memory, FAILED in kernels/threads.ts, tells the leader not to wait for this thread any more. */
const SCRIPT = `
const { workerData: { module, memory } } = require('node:worker_threads')
try {
  new WebAssembly.Instance(module, { env: { memory } }).exports.work()
} catch (error) {
  Atomics.store(new Int32Array(memory.buffer), 64, 1)
  throw error
}`

interface Threads {
  /** Ends all and waits for it. Rejects with the error of a thread that broke off. */
  end(): Promise<void>
}

/**
 * Does not wait until they run: a thread that comes late, or not at all, leaves its work to the others. So fewer than `count` do, too.
 * @param stop Tells them, in their memory, to end.
 */
export function startThreads(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  count: number,
  stop: () => void,
): Threads {
  const errors: unknown[] = []
  const running: { worker: Worker; exit: Promise<unknown> }[] = []
  while (running.length < count) {
    const worker = newWorker({ module, memory })
    if (!worker) break
    // Whoever forgets to end them is not kept from exiting.
    worker.unref()
    worker.on('error', (error) => errors.push(error))
    running.push({ worker, exit: new Promise((resolve) => worker.once('exit', resolve)) })
  }
  return {
    end: async () => {
      stop()
      for (const { worker } of running) worker.ref()
      await Promise.all(running.map(({ exit }) => exit))
      if (errors.length > 0) throw errors[0]
    },
  }
}

/** null where the machine has no more threads to give: containers limit them. */
function newWorker(workerData: { module: WebAssembly.Module; memory: WebAssembly.Memory }): Worker | null {
  try {
    return new Worker(SCRIPT, { eval: true, workerData, execArgv: [] })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_INIT_FAILED') return null
    throw error
  }
}
