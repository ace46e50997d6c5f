/** `npm run bench`: arguments, signals; the one place that prints and exits. */
import { mkdirSync } from 'node:fs'
import { WonlostError } from '../src/errors.ts'
import { formatTime } from '../src/glossary.ts'
import { type BenchArguments, readArguments } from './arguments.ts'
import { canPin, createChildren } from './children.ts'
import { CACHE_FOLDER, RESULTS_FILE } from './folders.ts'
import { describeMachine, type Machine } from './machine.ts'
import { sectionMarkdown } from './markdown.ts'
import type { Part, PartContext } from './part.ts'
import { chooseParts, PARTS } from './parts.ts'
import { type PythonEnvironment, preparePython } from './python-environment.ts'
import { writeSection } from './results-file.ts'

const HELP = `npm run bench -- [PART...] [--quick] [--out FILE]

${PARTS.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`).join('\n')}

  --quick      small sizes, three rounds; writes nothing unless --out says where
  --out FILE   instead of bench/RESULTS.md
`

const NO_PYTHON: PythonEnvironment = { python: '', versions: [] }

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2))
  if (given.help) {
    process.stdout.write(HELP)
    return 0
  }
  const parts = chooseParts(PARTS, given.names)
  // Before anything of ours runs: the load is that of others.
  const machine = await describeMachine()
  mkdirSync(CACHE_FOLDER, { recursive: true })
  const children = createChildren(canPin())
  const interrupt = new AbortController()
  const onSignal = (): void => {
    interrupt.abort(new WonlostError('interrupted', 'Interrupted. Sections that are written stay.'))
    void children.endAll()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  try {
    const running = { start: children.start, say, signal: interrupt.signal }
    const needsPython = parts.some((part) => part.needsPython !== false)
    const environment = needsPython ? await preparePython(running) : NO_PYTHON
    let failures = 0
    for (const part of parts) {
      try {
        await measure(part, given, { ...running, environment, machine })
      } catch (error) {
        // What ends because it was told to is no failure of the part.
        interrupt.signal.throwIfAborted()
        say(`${part.name}: ${explain(error)}`)
        failures++
      }
    }
    return failures > 0 ? 1 : 0
  } finally {
    await children.endAll()
  }
}

interface Running extends Pick<PartContext, 'start' | 'say' | 'signal'> {
  readonly environment: PythonEnvironment
  readonly machine: Machine
}

async function measure(
  part: Part,
  { quick, out }: BenchArguments,
  { environment, machine, ...running }: Running,
): Promise<void> {
  say(`${part.title}`)
  const started = performance.now()
  const repeats = quick ? 3 : 5
  const { python, versions } = environment
  const section = await part.run({ ...running, quick, repeats, python, cacheFolder: CACHE_FOLDER })
  running.signal.throwIfAborted()
  const date = formatTime(Date.now()).slice(0, 10)
  const text = sectionMarkdown(part, section, { date, quick, repeats, machine, versions })
  process.stdout.write(`${text}\n\n`)
  say(`${part.title}: ${Math.round((performance.now() - started) / 1000)} s`)
  const file = out ?? (quick ? null : RESULTS_FILE)
  if (file === null) return
  const order = PARTS.map(({ name }) => name)
  writeSection(file, part.name, text, order)
}

function explain(error: unknown): string {
  if (error instanceof WonlostError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

try {
  process.exitCode = await main()
} catch (error) {
  say(`bench: ${explain(error)}`)
  process.exitCode = error instanceof WonlostError ? error.exitCode : 1
}
