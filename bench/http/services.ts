/** The two services, each on processor 0 while it answers, and the client on processor 1. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { WonlostError } from '../../src/errors.ts'
import type { PartContext } from '../part.ts'
import { startWorker, type Worker } from '../worker.ts'
import type { Demo } from './demo.ts'

type Child = ReturnType<PartContext['start']>

export interface Service {
  readonly pid: number
  readonly port: number
  readonly url: string
  readonly stop: () => Promise<void>
}

/** How long a service may take to answer its first request. */
const PATIENCE_SECONDS = 30

/** `wonlost serve`, as anybody would start it; on processor 0, or where the system puts it. */
export async function startOurService(
  context: PartContext,
  demo: Demo,
  { pinned = true }: { readonly pinned?: boolean } = {},
): Promise<Service> {
  const [program, args] = demo.command('serve', '--port', '0', '--json')
  const child = context.start(program, args, { ...(pinned ? { cpus: [0] } : {}), env: demo.env })
  const said = lastWords(child)
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), once(child, 'close').then(() => null)])
  if (first === null) throw new WonlostError('bench_failed', `wonlost serve ended: ${said()}`)
  const { url } = JSON.parse(String(first[0])) as { url: string }
  return serviceOf(child, Number(new URL(url).port))
}

/** `start` gets a free port. */
export async function startOther(name: string, start: (port: number) => Child): Promise<Service> {
  const port = await freePort()
  const child = start(port)
  const said = lastWords(child)
  child.stdout.resume()
  const service = serviceOf(child, port)
  for (let tries = 0; tries < PATIENCE_SECONDS * 10; tries++) {
    if (hasEnded(child)) throw new WonlostError('bench_failed', `${name} ended: ${said()}`)
    const answers = await fetch(`${service.url}/openapi.json`).catch(() => null)
    if (answers?.ok) return service
    await wait(100)
  }
  await service.stop()
  throw new WonlostError('bench_failed', `${name} did not answer within ${PATIENCE_SECONDS} s: ${said()}`)
}

export function startClient(context: PartContext): Worker {
  const module = fileURLToPath(new URL('./client.js', import.meta.url))
  return startWorker(context, 'The client', [process.execPath, module], { cpus: [1] })
}

function serviceOf(child: Child, port: number): Service {
  if (child.pid === undefined) throw new WonlostError('bench_failed', 'A service could not be started.')
  return {
    pid: child.pid,
    port,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      if (hasEnded(child)) return
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
    },
  }
}

/** By itself or by a signal, such as that of Ctrl-C. */
function hasEnded({ exitCode, signalCode }: Child): boolean {
  return exitCode !== null || signalCode !== null
}

/** The end of what it said on standard error. */
function lastWords(child: Child): () => string {
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-1_000)
  })
  return () => said.trim() || 'it said nothing'
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new RangeError('A port was expected.')
  return address.port
}
