/** The one place that prints and exits. */
import { Command as Commander, CommanderError } from 'commander'
import { readConfig } from '../config.ts'
import { type ErrorPlace, WonlostError } from '../errors.ts'
import { packageVersion } from '../package-folder.ts'
import type { CliCommand, CommandContext, CommandOptions } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import { createProgress } from './progress.ts'

const USAGE_ERROR = 64

/** SIGHUP: the terminal was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function build(): Commander {
  const program = new Commander('wonlost')
    .description('Predictive lead scoring that learns from your own won and lost deals.')
    .version(packageVersion(), '--version', 'print the version of Wonlost')
    // Behind a command, --version is an option of the command.
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows what is allowed)')
    .showSuggestionAfterError(true)
    .exitOverride()
  const families = new Map<string, Commander>()
  for (const command of COMMANDS) {
    const words = command.name.split(' ')
    const verb = words.pop() ?? ''
    const family = words.join(' ')
    let parent: Commander = program
    if (family) {
      parent =
        families.get(family) ?? program.command(family).description(`${family} commands`).exitOverride()
      families.set(family, parent)
    }
    declare(parent, verb, command)
  }
  return program
}

function declare(parent: Commander, verb: string, command: CliCommand): void {
  const declared = parent.command(verb).description(command.summary).exitOverride()
  command.configure?.(declared)
  declared.option('--json', 'print JSON on standard output; everything else goes to standard error')
  declared.action(async () => {
    process.exitCode = await runCommand(command, declared.processedArgs.flat(), declared.opts())
  })
}

async function runCommand(command: CliCommand, args: unknown[], options: CommandOptions): Promise<number> {
  const progress = createProgress(process.stderr)
  const interrupt = new AbortController()
  let signals = 0
  let early: AbortController | null = null
  const say = (text: string): void => {
    progress.finish()
    process.stderr.write(`${text}\n`)
  }
  const onSignal = (name: NodeJS.Signals): void => {
    if (name === 'SIGINT' && early?.signal.aborted === false) {
      say('Ending early, with the best so far. Ctrl-C once more breaks off.')
      early.abort()
      return
    }
    signals += 1
    // The first asks the command to finish what it has in hand; a second does not wait.
    if (signals > 1) process.exit(130)
    interrupt.abort(new WonlostError('interrupted', 'Interrupted. Run the same command again to go on.'))
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  try {
    const context: CommandContext = {
      config: readConfig(process.env, { port: options.port, host: options.host }),
      json: options.json === true,
      print: (text) => {
        progress.finish()
        process.stdout.write(`${text}\n`)
      },
      write: (bytes) =>
        new Promise((resolve) => {
          if (process.stdout.isTTY) progress.finish()
          process.stdout.write(bytes, (error) => resolve(!error))
        }),
      say,
      progress: progress.report,
      now: () => Date.now(),
      signal: interrupt.signal,
      endEarly: async (work) => {
        early = new AbortController()
        try {
          return await work(early.signal)
        } finally {
          early = null
        }
      },
    }
    return await command.run(
      context,
      args.filter((argument): argument is string => typeof argument === 'string'),
      options,
    )
  } catch (error) {
    progress.finish()
    return explain(error, options.json === true)
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal)
  }
}

/** Says what went wrong on standard error, and with --json as one document on standard output as well. */
function explain(error: unknown, json: boolean): number {
  if (!(error instanceof WonlostError)) {
    process.stderr.write(`wonlost: internal error\n${error instanceof Error ? error.stack : String(error)}\n`)
    if (json) printError(new WonlostError('internal', error instanceof Error ? error.message : String(error)))
    return 1
  }
  process.stderr.write(`wonlost: ${located(error.message, error.place)}\n`)
  // One fault is told already; of several, the list names each with its own place.
  if (error.details.length > 1) {
    for (const detail of error.details) process.stderr.write(`  ${located(detail.message, detail)}\n`)
  }
  if (json) printError(error)
  return error.exitCode
}

function printError({ code, message, place, details }: WonlostError): void {
  process.stdout.write(`${JSON.stringify({ error: { code, message, ...place, details } })}\n`)
}

/** A message with its place before it, unless it begins with it already (faults in YAML files do). */
function located(message: string, { file, line, field }: ErrorPlace): string {
  if (message.startsWith(file ?? field ?? ' ')) return message
  const where = [file && (line === undefined ? file : `${file}:${line}`), field].filter(Boolean).join(' ')
  return where ? `${where}: ${message}` : message
}

// `| head -1` closes the pipe when it has seen enough: what the command has in hand is still done. A full disk is a fault.
process.stderr.on('error', () => {})
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  process.stderr.write(`wonlost: standard output cannot be written: ${error.message}\n`)
  process.once('exit', () => {
    process.exitCode = 1
  })
})

try {
  await build().parseAsync(process.argv)
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR
  // Commander has told it on standard error.
  if (error.exitCode !== 0 && process.argv.includes('--json'))
    printError(new WonlostError('usage', error.message.replace(/^error: /, '')))
}
