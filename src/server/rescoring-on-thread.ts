/** Keeps scores up to date on a thread of its own, so that answers do not wait for it. */
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { SECOND } from '../glossary.ts'
import type { Rescoring } from '../jobs/rescoring/rescoring.ts'

/** For the thread. */
export interface RescoringThreadWork {
  readonly config: Config
  readonly url: string
}

/** A thread that ended by itself, for want of memory mostly, is started again after so long. */
const PAUSE = SECOND

/** `say` is told what fails. */
export function rescoringOnThread(work: RescoringThreadWork, say: (text: string) => void): Rescoring {
  const stopping = new AbortController()
  const { signal } = stopping
  let worker: Worker | undefined
  const running = (async () => {
    while (!signal.aborted) {
      const thread = new Worker(new URL('./rescoring-thread.js', import.meta.url), { workerData: work })
      worker = thread
      thread.on('message', say)
      thread.on('error', (error) => say(`The thread that keeps scores up to date failed: ${String(error)}`))
      await new Promise<void>((resolve) => thread.once('exit', () => resolve()))
      if (!signal.aborted) await wait(PAUSE, undefined, { signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      worker?.postMessage('stop')
      await running
    },
  }
}
