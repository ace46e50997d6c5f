/** Long work of a server on a thread of its own, so that it does not hold up answers. */
import { Worker } from 'node:worker_threads'

/** What the script posts, where it posts anything. Ends at once, with the reason, when the signal is aborted. `name` is for the error. */
export function threadResult<Result>(
  name: string,
  script: URL,
  workerData: unknown,
  signal: AbortSignal,
): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason)
      return
    }
    const worker = new Worker(script, { workerData })
    const stop = (): void => {
      void worker.terminate()
    }
    signal.addEventListener('abort', stop, { once: true })
    let result: Result | undefined
    worker.once('message', (message: Result) => {
      result = message
    })
    let failure: unknown
    worker.once('error', (error) => {
      failure = error
    })
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(signal.reason)
      else if (code === 0 && failure === undefined) resolve(result)
      else reject(failure ?? new Error(`The thread of the ${name} ended with ${code}.`))
    })
  })
}
