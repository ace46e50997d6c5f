/** Searches on folds in order of time, for rows of a history and for tables in order. */
import type { Definition } from '../../src/features/definition.ts'
import { HISTORY_SIZES } from '../learners/boosting-options.ts'
import type { LearnOptions } from '../learners/learner.ts'
import type { Matrix } from '../matrix.ts'
import type { SearchReport } from '../report/search-report.ts'
import { type Searched, type SearchTask, searchBoosting } from './search-boosting.ts'
import { type SearchRequest, shareTime } from './stop.ts'
import { foldsInTime, type TimedRow } from './time-folds.ts'

interface TimedTask extends Omit<SearchTask, 'folds' | 'order' | 'sizes'> {
  /** When each of `rows` was, and its label known. */
  readonly timed: readonly TimedRow[]
}

type Running = LearnOptions & { readonly search?: SearchRequest }

/** null where no search was asked for. The sizes are those that `chooseLearner` tries without it. */
export async function searchInTime(
  { timed, ...task }: TimedTask,
  { search, report, ...running }: Running,
): Promise<Searched | null> {
  if (!search) return null
  const folds = foldsInTime(timed)
  return search.endEarly((ended) => {
    const limits = { ...shareTime(search, 1, ended)(), ...(report ? { report } : {}) }
    return searchBoosting({ ...task, folds, order: 'time', sizes: HISTORY_SIZES }, limits, running)
  })
}

/**
 * The search of a training run: inside what was known when the calibration part begins. The definition comes back with the
 * settings that were found, so that it gives the same artifact again without a search; else as it was.
 */
export async function searchDefinition(
  definition: Definition,
  rows: Matrix,
  timed: readonly TimedRow[],
  running: Running,
): Promise<{ readonly definition: Definition; readonly searched: SearchReport | null }> {
  const { boosting: given = {}, seed } = definition
  const found = await searchInTime({ rows, timed, given, seed }, running)
  const isFound = found?.report.kept === 'found'
  return {
    definition: isFound ? { ...definition, boosting: found.settings } : definition,
    searched: found?.report ?? null,
  }
}
