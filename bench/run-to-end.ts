import { once } from 'node:events'
import { WonlostError } from '../src/errors.ts'
import type { PartContext } from './part.ts'

/** How much of what a program said is told when it fails: the end, where the reason stands. */
const TOLD_CHARACTERS = 600

/**
 * Runs a program to its end and gives back its standard output. Throws `bench_failed` that begins with `why` when it cannot be
 * started or ends with another code than 0.
 */
export async function runToEnd(
  { start, signal }: Pick<PartContext, 'start' | 'signal'>,
  [program, ...args]: readonly [string, ...string[]],
  { why }: { readonly why: string },
): Promise<string> {
  const child = start(program, args)
  child.stdin.end()
  let output = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code] = await once(child, 'close').catch((error: NodeJS.ErrnoException) => {
    said = error.code === 'ENOENT' ? `there is no ${program}` : error.message
    return [null]
  })
  signal.throwIfAborted()
  if (code === 0) return output
  const told = (said || output).trim().slice(-TOLD_CHARACTERS)
  throw new WonlostError('bench_failed', `${why}: ${told || `it ended with code ${code}`}.`)
}
