/** Judges settings on folds: learns from one side of a fold, as many trees as are best for the other, and keeps the loss of each row there. */
import { trainBoosting } from '../boosting/boosting.ts'
import { boostingParts } from '../learners/boosting.ts'
import { type CompleteSettings, trainerOptions } from '../learners/boosting-options.ts'
import { scoresOf } from '../learners/choose.ts'
import { lossesOf, meanOf } from '../learners/compare.ts'
import { type Matrix, selectRows } from '../matrix.ts'
import type { Stop } from './stop.ts'
import type { Fold } from './time-folds.ts'

export interface Judging {
  /** Mean log loss of the settings on the judged rows of the fold; null when the search was ended meanwhile. */
  judge(candidate: number, fold: number): Promise<number | null>
  /** Log loss of each judged row of the first folds, fold after fold. */
  lossesOn(candidate: number, folds: number): Float64Array
}

export function createJudging(
  rows: Matrix,
  folds: readonly Fold[],
  candidates: readonly CompleteSettings[],
  stop: Stop,
  { seed, threads }: { readonly seed: number; readonly threads: number | undefined },
): Judging {
  const losses: Float64Array[][] = candidates.map(() => [])
  // Candidates are judged fold by fold: the rows of one fold at a time are enough.
  let current: { fold: number; fit: Matrix; judged: Matrix } | undefined
  return {
    async judge(candidate, fold) {
      stop.look()
      if (stop.signal.aborted) return null
      if (current?.fold !== fold) {
        const { fit, judged } = folds[fold]!
        current = { fold, fit: selectRows(rows, fit), judged: selectRows(rows, judged) }
      }
      const { fit, judged } = current
      const options = trainerOptions(candidates[candidate]!, rows.columns, seed, threads)
      try {
        const learned = await trainBoosting(fit, judged, options, stop.look, stop.signal)
        const own = lossesOf(scoresOf(boostingParts(learned), judged), judged.labels)
        losses[candidate]!.push(own)
        return meanOf(own)
      } catch (error) {
        if (!stop.signal.aborted) throw error
        return null
      }
    },
    lossesOn(candidate, count) {
      const parts = losses[candidate]!.slice(0, count)
      const joined = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
      let next = 0
      for (const part of parts) {
        joined.set(part, next)
        next += part.length
      }
      return joined
    },
  }
}
