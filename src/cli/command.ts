/** A command of the CLI is data: an object through `defineCommand`, in one file of commands/, in the list of commands/index.ts. */
import type { Command as Commander } from 'commander'
import type { Config } from '../config.ts'
import type { Milliseconds, ReportProgress } from '../glossary.ts'

export interface CommandContext {
  readonly config: Config
  /** --json was given: standard output carries one JSON document (or one a line), everything else goes to stderr. */
  readonly json: boolean
  /** Writes a line to standard output: the result. */
  readonly print: (text: string) => void
  /**
   * Writes bytes to standard output as they are, and waits until they are taken: for what may be too long to hold. false: nobody
   * reads any more, and there is no need to go on.
   */
  readonly write: (bytes: Uint8Array) => Promise<boolean>
  /** Writes a line to standard error: what is going on. */
  readonly say: (text: string) => void
  /** A progress bar on a terminal, plain lines elsewhere; always on standard error. */
  readonly progress: ReportProgress
  readonly now: () => Milliseconds
  /** Aborted on SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  /**
   * While `work` runs, the first Ctrl-C does not abort `signal`: it aborts the signal that `work` has, which asks to end early with
   * what there is. The next one aborts.
   */
  readonly endEarly: <Result>(work: (ended: AbortSignal) => Promise<Result>) => Promise<Result>
}

/** 0 done; 1 it failed, or some input was rejected; 2 a limit was crossed; 3 too little data; 64 wrong usage. */
export type ExitCode = 0 | 1 | 2 | 3 | 64

/** Options as commander parsed them, by camel-cased name. */
export type CommandOptions = Readonly<Record<string, string | boolean | string[] | undefined>>

export interface CliCommand {
  /** `train`, or `db start` for a command of a family. */
  readonly name: string
  readonly summary: string
  /** Declares arguments and options. `--json` is there already. */
  readonly configure?: (command: Commander) => void
  /** Heavy modules are imported inside, lazily, so that `wonlost --help` stays quick. */
  readonly run: (
    context: CommandContext,
    args: readonly string[],
    options: CommandOptions,
  ) => Promise<ExitCode>
}

export function defineCommand(command: CliCommand): CliCommand {
  return Object.freeze(command)
}
