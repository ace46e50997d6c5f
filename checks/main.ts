/** `npm run check:statistics`: what is promised over many seeds, measured. The one place here that prints and exits. */
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createChildren } from '../bench/children.ts'
import { describeMachine } from '../bench/machine.ts'
import { startWorker } from '../bench/worker.ts'
import { WonlostError } from '../src/errors.ts'
import { formatTime } from '../src/glossary.ts'
import { packageFolder } from '../src/package-folder.ts'
import { areKept, forgetResults, keepResult, readResults } from './kept-results.ts'
import { statisticsPage, targetsMissed } from './page.ts'
import type { SeedResult } from './seed-result.ts'

const HELP = `npm run check:statistics -- [--seeds N] [--leads N] [--jobs N] [--again]

  --seeds N   seeds 1 to N; default 20
  --leads N   of each simulated history; default 20000
  --jobs N    seeds at a time; default one a core
  --again     forget what was measured before; without it, a run that was interrupted goes on, if it is of the same
              commit and nothing has been changed since

docs/statistics.md is written when seeds and leads are the default. Ends with 2 when a promise is not kept.
`

const FOLDER = join(packageFolder(), '.wonlost', 'checks')
const RESULTS = join(FOLDER, 'results.jsonl')
const PAGE = join(packageFolder(), 'docs', 'statistics.md')
const DEFAULTS = { seeds: 20, leads: 20_000 } as const

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: String(DEFAULTS.seeds) },
      leads: { type: 'string', default: String(DEFAULTS.leads) },
      jobs: { type: 'string', default: String(availableParallelism()) },
      again: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const seeds = wholeNumber('seeds', values.seeds, 1_000)
  const leads = wholeNumber('leads', values.leads, 1_000_000)
  const jobs = wholeNumber('jobs', values.jobs, 64)
  const machine = await describeMachine()
  const key = { commit: machine.commit, leads }
  if (values.again) forgetResults(RESULTS)
  const results = readResults(RESULTS, key)
  const waiting = Array.from({ length: seeds }, (_, index) => index + 1).filter((seed) => !results.has(seed))
  if (!areKept(key))
    say(
      `${machine.commit === '' ? 'There is no commit here' : 'The working tree has changes'}: nothing is taken from earlier runs, and nothing is kept for later ones.`,
    )
  if (results.size > 0) say(`${results.size} seeds were measured before; --again measures them once more.`)

  const children = createChildren(false)
  const interrupt = new AbortController()
  const onSignal = (): void => {
    interrupt.abort(
      new WonlostError(
        'interrupted',
        `Interrupted. ${areKept(key) ? 'The same command goes on with what is left.' : 'Nothing was kept.'}`,
      ),
    )
    void children.endAll()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  try {
    const program = fileURLToPath(new URL('./measure-seed.js', import.meta.url))
    const work = async (job: number): Promise<void> => {
      const worker = startWorker(children, `job ${job}`, [process.execPath, program], {
        env: { WONLOST_HOME: join(FOLDER, `home-${job}`), DATABASE_URL: '' },
      })
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const result = await worker.ask<SeedResult>('measure', { seed, leads })
        keepResult(RESULTS, key, result)
        results.set(seed, result)
        const gap = result.auc.truth - result.auc.model
        say(
          `seed ${seed}: ${result.seconds.toFixed(0)} s, ${result.learner}, gap ${gap.toFixed(4)}; ${waiting.length} wait`,
        )
      }
      await worker.end()
    }
    await Promise.all(Array.from({ length: Math.min(jobs, waiting.length) }, (_, job) => work(job)))
  } catch (error) {
    // What ends because it was told to is no failure.
    interrupt.signal.throwIfAborted()
    throw error
  } finally {
    await children.endAll()
  }
  return tell(
    [...results.values()].filter(({ seed }) => seed <= seeds).sort((a, b) => a.seed - b.seed),
    { machine, leads, date: formatTime(Date.now()).slice(0, 10) },
  )
}

function tell(results: readonly SeedResult[], circumstances: Parameters<typeof statisticsPage>[1]): number {
  const page = statisticsPage(results, circumstances)
  process.stdout.write(page)
  if (results.length === DEFAULTS.seeds && circumstances.leads === DEFAULTS.leads) writeFileSync(PAGE, page)
  const missed = targetsMissed(results)
  for (const { what, wanted } of missed) say(`Missed: ${what}: ${wanted}.`)
  return missed.length > 0 ? 2 : 0
}

function wholeNumber(option: string, given: string, most: number): number {
  const value = /^\d{1,9}$/.test(given) ? Number(given) : 0
  if (value >= 1 && value <= most) return value
  throw new WonlostError('usage', `--${option} is a whole number from 1 to ${most}; given: ${given}.`)
}

try {
  process.exitCode = await main()
} catch (error) {
  say(`check:statistics: ${error instanceof WonlostError ? error.message : String(error)}`)
  process.exitCode = error instanceof WonlostError ? error.exitCode : 1
}
