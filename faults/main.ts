/** `npm run test:faults`: servers and their database fall under load, and nothing is lost. The one place here that prints and exits. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createChildren } from '../bench/children.ts'
import { embeddedStatus } from '../src/db/embedded/embedded.ts'
import { WonlostError } from '../src/errors.ts'
import { readArguments } from './arguments.ts'
import { FAULTS } from './faults.ts'
import { findingLines, isClean, reportJson, reportText } from './report.ts'
import { runFaults } from './run.ts'

const HELP = `npm run test:faults -- [--cycles N] [--seed N] [--leads N] [--faults A,B] [--clients N] [--keep] [--json]

  --cycles N    one fault each, or two that overlap; default 30
  --seed N      of the order of the faults, the traffic and the simulated leads; default 7
  --leads N     to simulate; default 600
  --faults A,B  only these: ${FAULTS.map(({ name }) => name).join(', ')}
  --clients N   at the end each real client (Segment, RudderStack, Jitsu, PostHog) sends N events; default 0
  --keep        leave the database behind
  --json        one document on standard output; progress is on standard error always

Ends with 2 when anything was lost, is there twice, or is wrong.
`

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2))
  if (given.help) {
    process.stdout.write(HELP)
    return 0
  }
  const children = createChildren(false)
  const interrupt = new AbortController()
  const onSignal = (): void => {
    interrupt.abort(new WonlostError('interrupted', 'Interrupted.'))
    void children.endAll()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  const folder = mkdtempSync(join(tmpdir(), 'wonlost-faults-'))
  // As root PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755)
  try {
    const report = await runFaults({ ...given, folder, children, say, signal: interrupt.signal })
    process.stdout.write(`${given.json ? JSON.stringify(reportJson(report)) : reportText(report)}\n`)
    for (const line of findingLines(report.findings)) say(line)
    return isClean(report) ? 0 : 2
  } catch (error) {
    // What ends because it was told to is no failure of its own.
    interrupt.signal.throwIfAborted()
    throw error
  } finally {
    await children.endAll()
    if (given.keep) say(`Left behind: ${folder}`)
    else removeAll(folder)
  }
}

/** The data of PostgreSQL is elsewhere where its user cannot reach the folder. */
function removeAll(folder: string): void {
  const { dataFolder } = embeddedStatus(join(folder, 'home'))
  rmSync(folder, { recursive: true, force: true })
  if (dataFolder) rmSync(dirname(dataFolder), { recursive: true, force: true })
}

try {
  process.exitCode = await main()
} catch (error) {
  const text =
    error instanceof Error ? (error instanceof WonlostError ? error.message : error.stack) : String(error)
  say(`test:faults: ${text}`)
  process.exitCode = error instanceof WonlostError ? error.exitCode : 1
}
