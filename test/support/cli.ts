/** Runs the command line and scripts in processes of their own, on the sources as they are now. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { inject } from 'vitest'

/** Compiled file of a source, as of the beginning of the run: `src/cli/main.ts`. */
export function compiledFile(source: string): string {
  return join(inject('compiledFolder'), source.replace(/\.ts$/, '.js'))
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
