/** A process that answers one line of JSON with another: how the bench speaks with contenders, ours and the peers' alike. */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { WonlostError } from '../src/errors.ts'
import type { PartContext, StartOptions } from './part.ts'

export interface Worker {
  /** Asks for one piece of work and waits for its answer. One at a time. Throws `bench_failed` with what the process said. */
  readonly ask: <Answer>(work: string, given?: Readonly<Record<string, unknown>>) => Promise<Answer>
  /** Ends it and waits until it has ended. */
  readonly end: () => Promise<void>
}

type Reply = { readonly answer: unknown } | { readonly error: string }

/** How much of what a process said on standard error is told when it fails. */
const KEPT_CHARACTERS = 2_000

/** `name` is for messages. */
export function startWorker(
  { start }: Pick<PartContext, 'start'>,
  name: string,
  command: readonly [string, ...string[]],
  options?: StartOptions,
): Worker {
  const [program, ...args] = command
  const child = start(program, args, options)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS)
  })
  // What cannot be written any more is told by the end of its output.
  child.stdin.on('error', () => {})
  const closed = once(child, 'close').catch((error: Error) => {
    said += error.message
  })
  const failed = (why: string) => new WonlostError('bench_failed', `${name} ${why}`)
  return {
    async ask<Answer>(work: string, given: Readonly<Record<string, unknown>> = {}) {
      child.stdin.write(`${JSON.stringify({ work, ...given })}\n`)
      const next = await lines.next()
      if (next.done) {
        await closed
        throw failed(`ended while it was asked for "${work}": ${said.trim() || 'it said nothing'}`)
      }
      const reply = JSON.parse(next.value) as Reply
      if ('error' in reply) throw failed(`could not do "${work}": ${reply.error}`)
      return reply.answer as Answer
    },
    async end() {
      child.stdin.end()
      await closed
    },
  }
}
