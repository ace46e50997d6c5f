/**
 * Settings of boosting by search: drawn by a seed, judged on rows they were not learned from, by successive halving. The defaults
 * (or what the definition says) are judged beside them on the same rows, all the way, and stay unless something is better by more
 * than the noise. The rows that a model is calibrated and tested on have no part in it.
 */
import type { BoostingSettings } from '../../src/features/boosting-settings.ts'
import { completeSettings, type TreeSize } from '../learners/boosting-options.ts'
import type { LearnOptions } from '../learners/learner.ts'
import type { Matrix } from '../matrix.ts'
import type { SearchReport } from '../report/search-report.ts'
import { bestStanding, leader, meanLoss, type Race, type Raced, race } from './halving.ts'
import { createJudging, type Judging } from './judging.ts'
import { drawCandidates, writtenSettings } from './space.ts'
import { createStop, type SearchLimits } from './stop.ts'
import type { Fold } from './time-folds.ts'
import { compareFound, isBetter, verdictText } from './verdict.ts'
import { watchRace } from './watch.ts'

/** Kept by thirds: 27, 9, 3. */
const CANDIDATES = 27

export interface SearchTask {
  readonly rows: Matrix
  /** The first is judged on first. None: there is nothing to search by. */
  readonly folds: readonly Fold[]
  readonly order: SearchReport['folds']['order']
  /** What to do better than, with defaults for what it leaves out. Its `trees` and `monotone` hold for all. */
  readonly given: BoostingSettings
  readonly sizes: readonly TreeSize[]
  /** Of the draw, and of each training. */
  readonly seed: number
}

export interface Searched {
  /** Those found, or those given. */
  readonly settings: BoostingSettings
  readonly report: SearchReport
}

/** @throws what training throws, and the reason of `signal`. What ends a search early throws nothing. */
export async function searchBoosting(
  { rows, folds, order, given, sizes, seed }: SearchTask,
  limits: SearchLimits,
  { signal, threads }: Pick<LearnOptions, 'signal' | 'threads'>,
): Promise<Searched> {
  const { report } = limits
  const defaults = completeSettings(given, sizes)
  const drawn = drawCandidates(limits.candidates ?? CANDIDATES, defaults, seed)
  const all = [...defaults, ...drawn]
  const foldRows = folds.map(({ judged }) => judged.length)
  const field = { candidates: all.length, standing: defaults.length, foldRows }
  const stop = createStop(limits, signal)
  const judging = createJudging(rows, folds, all, stop, { seed, threads })
  const { rungs, losses, isFinished } = await race(field, judging.judge, watchRace(field, report))
  const tried = folds.length > 0 ? 'all_tried' : 'no_folds'
  const endedBy = isFinished ? tried : stop.endedBy()

  const best = leader(losses, field)
  const compared = best === null ? null : compareWithStanding(best, losses, field, judging, { rows, folds })
  const isFound = compared !== null && isBetter(compared)
  const because = compared ? verdictText(compared) : nothingJudged(folds)
  report?.(`search: ${because}`)
  const settings = best === null ? null : writtenSettings(all[best]!)
  return {
    settings: isFound ? settings! : given,
    report: {
      seed,
      ended_by: endedBy,
      candidates: drawn.length,
      folds: { order, rows: foldRows },
      rungs: rungs.map((rung) => ({ folds: rung.folds, candidates: rung.candidates.length })),
      compared,
      kept: isFound ? 'found' : 'defaults',
      because,
      settings,
      tried: losses.flatMap((own, candidate) =>
        own.length === 0
          ? []
          : [
              {
                settings: writtenSettings(all[candidate]!),
                folds: own.length,
                log_loss: meanLoss(own, foldRows),
              },
            ],
      ),
    },
  }
}

function compareWithStanding(
  best: number,
  losses: Raced['losses'],
  field: Race,
  judging: Judging,
  { rows, folds }: Pick<SearchTask, 'rows' | 'folds'>,
): ReturnType<typeof compareFound> {
  const count = losses[best]!.length
  const standing = bestStanding(losses, field, count)
  const groups = folds.slice(0, count).flatMap(({ judged }) => [...judged].map((row) => rows.groups[row]!))
  return compareFound(
    judging.lossesOn(standing, count),
    judging.lossesOn(best, count),
    Int32Array.from(groups),
  )
}

function nothingJudged(folds: readonly Fold[]): string {
  return folds.length === 0
    ? 'The defaults stay: there is too little history for folds in order of time.'
    : 'The defaults stay: it ended before anything else was judged.'
}
