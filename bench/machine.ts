/** What a measurement ran on: said in every section, because a figure means little without it. */
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { BENCH_FOLDER } from './folders.ts'

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly system: string
  /** Mean number of busy processes over the last minute, before the bench began. */
  readonly load: number
  readonly node: string
  /** Of the sources measured; `with changes` when the working tree has some. Empty outside git. */
  readonly commit: string
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    load: loadavg()[0]!,
    node: process.versions.node,
    commit: commitOf(),
  }
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
