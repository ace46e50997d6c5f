/** Runs a command in this process, on a test database, and hears what it says. */
import type { CliCommand, CommandContext, CommandOptions, ExitCode } from '../../src/cli/command.ts'
import { readConfig } from '../../src/config.ts'
import { NOW } from './app.ts'

export interface Heard {
  readonly code: ExitCode
  /** What went to standard output, lines and bytes. */
  readonly stdout: string
  readonly stderr: string
  /** Standard output as one JSON document. */
  json(): Record<string, never>
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly now?: number
  readonly signal?: AbortSignal
  /** Answers whether anybody still reads. */
  readonly onWrite?: (bytes: Uint8Array) => boolean
  readonly onProgress?: CommandContext['progress']
}

export async function runCommand(
  command: CliCommand,
  args: readonly string[],
  options: CommandOptions,
  run: RunOptions = {},
): Promise<Heard> {
  const { environment = {}, now = NOW, signal, onWrite, onProgress } = run
  const pieces: Uint8Array[] = []
  const said: string[] = []
  const context: CommandContext = {
    config: readConfig(environment),
    json: options.json === true,
    print: (text) => pieces.push(Buffer.from(`${text}\n`)),
    write: async (bytes) => {
      pieces.push(bytes)
      return onWrite?.(bytes) ?? true
    },
    say: (text) => said.push(text),
    progress: onProgress ?? (() => {}),
    now: () => now,
    signal: signal ?? new AbortController().signal,
    endEarly: (work) => work(new AbortController().signal),
  }
  const code = await command.run(context, args, options)
  const stdout = Buffer.concat(pieces).toString()
  return { code, stdout, stderr: said.join('\n'), json: () => JSON.parse(stdout) }
}
