/** A client as real ones are: each request to the other server, and again until one of them has acknowledged it. */
import { setTimeout as wait } from 'node:timers/promises'
import { WonlostError } from '../src/errors.ts'
import { MINUTE, SECOND } from '../src/glossary.ts'

export interface RetryingClient {
  /** The answer of the first server that acknowledges. Throws `faults_failed` for one that says that the request is at fault. */
  post<Answer>(path: string, body: () => object): Promise<Answer>
  /** Requests that were answered, and tries that were not. */
  readonly counts: { readonly answered: number; readonly again: number }
  /** When server `index` answered first what was asked after `since`; null: not yet. By `performance.now()`. */
  answeredSince(index: number, since: number): number | null
}

/** As the clients of Segment and others have it: 10 s; less, so that a stopped server is met by what was sent to both. */
const PATIENCE = 3 * SECOND
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 800
/** What no server acknowledges for so long never will be. */
const LONGEST = 3 * MINUTE

export function createClient(urls: readonly string[], signal: AbortSignal): RetryingClient {
  const counts = { answered: 0, again: 0 }
  /** By server: when what was answered was asked, and when it was answered. */
  const answered: { asked: number; at: number }[][] = urls.map(() => [])
  let turn = 0

  async function tryOnce(index: number, path: string, body: object): Promise<Response | null> {
    const asked = performance.now()
    try {
      const response = await fetch(urls[index] + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      })
      // An acknowledgement that broke off is none.
      const text = await response.text()
      if (response.ok) answered[index]!.push({ asked, at: performance.now() })
      return new Response(text, { status: response.status })
    } catch {
      return null
    }
  }

  return {
    counts,
    answeredSince(index, since) {
      return answered[index]!.find(({ asked }) => asked >= since)?.at ?? null
    },
    async post<Answer>(path: string, body: () => object) {
      const began = performance.now()
      for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
        signal.throwIfAborted()
        turn += 1
        const response = await tryOnce(turn % urls.length, path, body())
        if (response?.ok) {
          counts.answered += 1
          return (await response.json()) as Answer
        }
        if (response && response.status < 500 && response.status !== 429)
          throw new WonlostError('faults_failed', `${path}: ${response.status} ${await response.text()}`)
        if (performance.now() - began > LONGEST) {
          const last = response ? `${response.status} ${await response.text()}` : 'no answer'
          throw new WonlostError(
            'faults_failed',
            `${path} was not acknowledged within ${LONGEST / SECOND} s: ${last}`,
          )
        }
        counts.again += 1
        await wait(pause)
      }
    },
  }
}
