/** What `fit-table` is asked for, checked against the table. */
import { WonlostError } from '../../src/errors.ts'
import type { NumberEncoding } from '../encoding.ts'
import type { AskedLearner } from '../learners/learner.ts'
import { nothingToSearch } from '../search/nothing-to-search.ts'
import type { SearchRequest } from '../search/stop.ts'
import type { TextTable } from './read-table.ts'
import { columnIndex } from './target.ts'

export interface TableOptions {
  readonly target: string
  readonly positive?: string
  /** Orders the rows where there are no folds; is not learned from. */
  readonly time?: string
  /** Equal ids stay together; is not learned from. */
  readonly id?: string
  readonly exclude: readonly string[]
  readonly learner: string
  /** Absent: a split by time or file order. */
  readonly folds?: number
  readonly seed: number
  /** That train; default 1. The figures are the same whatever the number. */
  readonly threads?: number
  /** Settings of boosting are searched for. */
  readonly search?: SearchRequest
}

const LEARNERS: readonly AskedLearner[] = ['logistic', 'boosting', 'auto']

/** Of numbers, in logistic regression. */
export const TABLE_ENCODINGS: readonly NumberEncoding[] = ['curve']

const MOST_FOLDS = 20

/** Throws `usage` for a name that no learner has. */
export function readLearner(given: string): AskedLearner {
  const learner = LEARNERS.find((name) => name === given)
  if (learner) return learner
  throw new WonlostError(
    'usage',
    `--learner must be one of ${LEARNERS.join(', ')}. Given: ${JSON.stringify(given)}.`,
  )
}

/** Throws `usage` naming the option, what is allowed and what was given. */
export function checkOptions(table: TextTable, options: TableOptions): void {
  const { target, time, id, exclude, folds, seed, learner, search } = options
  if (search && learner === 'logistic') throw nothingToSearch('--learner logistic')
  if (folds !== undefined && !(Number.isInteger(folds) && folds >= 2 && folds <= MOST_FOLDS))
    throw new WonlostError(
      'usage',
      `--folds must be a whole number from 2 to ${MOST_FOLDS}. Given: ${folds}.`,
    )
  if (!Number.isSafeInteger(seed))
    throw new WonlostError('usage', `--seed must be a whole number. Given: ${seed}.`)
  if (time !== undefined && folds !== undefined)
    throw new WonlostError(
      'usage',
      '--time orders the rows of a split, --folds mixes them: give one of the two.',
    )
  columnIndex(table, target, '--target')
  if (time !== undefined) columnIndex(table, time, '--time')
  if (id !== undefined) columnIndex(table, id, '--id')
  for (const name of exclude) columnIndex(table, name, '--exclude')
  if (exclude.includes(target)) throw new WonlostError('usage', `--exclude names the target, "${target}".`)
}
