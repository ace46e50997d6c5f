/** What a measurement ran on: said in every section, because a figure means little without it. */
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { BENCH_FOLDER } from './folders.ts'

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly system: string
  /** Mean number of busy processors over some seconds before the bench began. */
  readonly load: number
  readonly node: string
  /** Of the sources measured; `with changes` when the working tree has some. Empty outside git. */
  readonly commit: string
}

const WATCHED_MILLISECONDS = 3_000

export async function describeMachine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    load: await busyProcessors(),
    node: process.versions.node,
    commit: commitOf(),
  }
}

/** Not the load average of the system: that still counts the build that `npm run bench` begins with. */
async function busyProcessors(): Promise<number> {
  const before = busyMilliseconds()
  await setTimeout(WATCHED_MILLISECONDS)
  return (busyMilliseconds() - before) / WATCHED_MILLISECONDS
}

function busyMilliseconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}

function commitOf(): string {
  const commit = git('rev-parse', '--short', 'HEAD')
  if (!commit) return ''
  // The results themselves are written meanwhile.
  const changed = git('status', '--porcelain', '--', '..', ':!RESULTS.md')
  return changed ? `${commit} with changes` : commit
}

function git(...args: string[]): string {
  const { status, stdout } = spawnSync('git', args, { cwd: BENCH_FOLDER, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}
