/** What is promised over many seeds, and whether it holds. */
import { quantile } from '../src/statistics/bootstrap.ts'
import type { SeedResult } from './seed-result.ts'

export interface Target {
  readonly what: string
  /** In words, with the figure: `at least 80 %`. */
  readonly wanted: string
  readonly measured: (results: readonly SeedResult[]) => number
  readonly isMet: (measured: number, seeds: number) => boolean
  readonly unit: 'share' | 'seeds' | 'AUC'
}

const STRONGEST_ERROR = 0.25
const LARGEST_GAP = 0.015

export const TARGETS: readonly Target[] = [
  {
    what: 'half-lives that were learned: the 90 % interval holds the true one',
    wanted: 'at least 80 %',
    unit: 'share',
    measured: (results) =>
      sum(results, ({ half_lives: { covered } }) => covered) /
      sum(results, ({ half_lives: { learned } }) => learned),
    isMet: (share) => share >= 0.8,
  },
  {
    what: 'half-lives of the three strongest types: median relative error',
    wanted: 'at most 25 %',
    unit: 'share',
    measured: (results) => median(results.flatMap(({ half_lives: { strongest_errors: errors } }) => errors)),
    isMet: (error) => error <= STRONGEST_ERROR,
  },
  {
    what: 'learned half-lives beat 30 days for every type in log loss on the test part',
    wanted: 'at least 90 % of the seeds',
    unit: 'seeds',
    measured: (results) => count(results, ({ log_loss: { learned, fixed } }) => learned < fixed),
    isMet: (seeds, all) => seeds >= 0.9 * all,
  },
  {
    what: 'bins of scores in which the true mean probability lies within the interval',
    wanted: 'at least 85 %',
    unit: 'share',
    measured: (results) =>
      sum(results, ({ intervals }) => intervals.covering) / sum(results, ({ intervals }) => intervals.bins),
    isMet: (share) => share >= 0.85,
  },
  {
    what: 'calibration error at most the 95th percentile of that of the true probabilities',
    wanted: 'at least 90 % of the seeds',
    unit: 'seeds',
    measured: (results) => count(results, ({ ece }) => ece.model <= ece.truth_p95),
    isMet: (seeds, all) => seeds >= 0.9 * all,
  },
  {
    what: 'AUC of the truth minus that of the model: median',
    wanted: 'at most 0.015',
    unit: 'AUC',
    measured: (results) => median(results.map(({ auc }) => auc.truth - auc.model)),
    isMet: (gap) => gap <= LARGEST_GAP,
  },
  {
    what: 'the monitor raises drift where campaigns changed',
    wanted: 'at least 95 % of the seeds',
    unit: 'seeds',
    measured: (results) => count(results, ({ monitor }) => monitor.changed),
    isMet: (seeds, all) => seeds >= 0.95 * all,
  },
  {
    what: 'the monitor raises drift where nothing changed',
    wanted: 'at most 5 % of the seeds',
    unit: 'seeds',
    measured: (results) => count(results, ({ monitor }) => monitor.still),
    isMet: (seeds, all) => seeds <= 0.05 * all,
  },
]

function sum(results: readonly SeedResult[], value: (result: SeedResult) => number): number {
  return results.reduce((total, result) => total + value(result), 0)
}

function count(results: readonly SeedResult[], holds: (result: SeedResult) => boolean): number {
  return results.filter(holds).length
}

function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}
