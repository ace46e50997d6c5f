/** Runs the command line and scripts in processes of their own, on the sources as they are now. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Compiled {
  /** Compiled file of a source: `src/cli/main.ts`. */
  file(source: string): string
  remove(): void
}

/**
 * Node 20 does not run TypeScript. Compiled afresh, into a folder of its own, so that no test runs an old dist/; types are checked
 * by `npm run types`. Inside node_modules/, so that packages are found.
 */
export function compileSources(): Compiled {
  const folder = join(ROOT, 'node_modules', `.wonlost-test-${randomBytes(4).toString('hex')}`)
  const run = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      ...['-p', join(ROOT, 'tsconfig.build.json'), '--noCheck', '--outDir', folder],
    ],
    { encoding: 'utf8' },
  )
  if (run.status !== 0) throw new Error(`Cannot compile: ${run.stdout}${run.stderr}`)
  for (const data of ['src/db/migrations', 'src/ingest/maps'])
    cpSync(join(ROOT, data), join(folder, data), { recursive: true })
  return {
    file: (source) => join(folder, source.replace(/\.ts$/, '.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  /** Resolves when standard output has said `text`; rejects when the process ends before. */
  said(text: string): Promise<void>
}

/** Starts node with these arguments. `environment` replaces ours, but for PATH. */
export function startNode(args: readonly string[], environment: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const said = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(text)) resolve()
      }
      child.stdout.on('data', look)
      look()
      finished.then(
        (end) =>
          reject(new Error(`It ended (${end.code ?? end.signal}) before it said "${text}": ${stderr}`)),
        reject,
      )
    })
  return { child, finished, said }
}
