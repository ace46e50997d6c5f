/** `wonlost serve`, as anybody would start it: killed, stopped, and started again at the same address. */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Children } from '../bench/children.ts'
import { WonlostError } from '../src/errors.ts'

export const PROGRAM = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))

export interface ServerProcess {
  readonly name: string
  readonly url: string
  /** Returns when it has ended. */
  kill(): Promise<void>
  /** Returns at once: whoever asks it waits. */
  startAgain(): void
  pause(): void
  goOn(): void
  /** Times that it ended though nobody had killed it, with what it said last. Whoever has told of them takes them out. */
  readonly deaths: string[]
}

/** How much of what it said last is told. */
const LAST_WORDS = 2_000

/** Returns when it listens. Throws `faults_failed` when it ends before that. */
export async function startServerProcess(
  { start }: Pick<Children, 'start'>,
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const deaths: string[] = []
  let isWanted = true
  let port = 0
  let child = launch()

  function launch() {
    const launched = start(process.execPath, [PROGRAM, 'serve', '--json', '--port', String(port)], { env })
    let said = ''
    for (const stream of [launched.stdout, launched.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-LAST_WORDS)
      })
    launched.once('close', (code, signal) => {
      if (isWanted) deaths.push(`server ${name} ended by itself (${code ?? signal}): ${said.trim()}`)
    })
    return launched
  }

  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), once(child, 'close').then(() => null)])
  lines.close()
  child.stdout.resume()
  if (first === null) throw new WonlostError('faults_failed', deaths.join('\n'))
  const { url } = JSON.parse(String(first[0])) as { url: string }
  port = Number(new URL(url).port)
  return {
    name,
    url,
    deaths,
    async kill() {
      isWanted = false
      const isOver = child.exitCode !== null || child.signalCode !== null
      const closed = isOver ? null : once(child, 'close')
      child.kill('SIGKILL')
      await closed
      isWanted = true
    },
    startAgain() {
      child = launch()
    },
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
  }
}
