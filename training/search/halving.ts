/**
 * Successive halving (Jamieson & Talwalkar 2016, https://arxiv.org/abs/1502.07943; the keeping of one third is Hyperband's, Li
 * et al. 2018): all candidates are judged a little, the best third of them more, the best third of those in full. What a rung
 * adds is folds, not trees or rows: with few trees large steps look best, with few rows small trees do, and what was judged on a
 * fold counts in every later rung. Knows nothing of what a candidate is.
 */

/** Of those that may leave, one in so many stays for the next rung. */
const KEPT_ONE_IN = 3

export interface Race {
  /** Candidates are 0 .. candidates - 1. */
  readonly candidates: number
  /** The first so many stay in every rung, and come first in each: what the others are compared with. At least 1. */
  readonly standing: number
  /** Rows that each fold judges: folds weigh by them. The first is the first rung's. None: there is no race. */
  readonly foldRows: readonly number[]
}

interface Rung {
  /** Folds that its candidates are judged on, those of the rungs before included. */
  readonly folds: number
  /** Those that stand always included. */
  readonly candidates: readonly number[]
}

export interface Raced {
  /** Those begun, in order. */
  readonly rungs: readonly Rung[]
  /** By candidate: its loss on each of the first folds, as far as it came. */
  readonly losses: readonly (readonly number[])[]
  /** false: `judge` ended it. */
  readonly isFinished: boolean
}

/** Told how it goes. */
export interface RaceWatch {
  begin(rung: Rung, rungs: number): void
  /** After each judgement. */
  judged(losses: Raced['losses']): void
}

/**
 * @param judge The mean loss of a candidate on the rows of a fold; null ends the race. Asked fold by fold, and in a fold best
 *   first by what is known so far.
 */
export async function race(
  { candidates, standing, foldRows }: Race,
  judge: (candidate: number, fold: number) => Promise<number | null>,
  watch: RaceWatch,
): Promise<Raced> {
  const losses: number[][] = Array.from({ length: candidates }, () => [])
  const all = losses.map((_, candidate) => candidate)
  let contenders = all.slice(standing)
  const rungs: Rung[] = []
  const foldsOfRungs = rungFolds(foldRows.length)
  for (const folds of foldsOfRungs) {
    if (rungs.length > 0) {
      const ranked = contenders.toSorted(
        (a, b) => meanLoss(losses[a]!, foldRows) - meanLoss(losses[b]!, foldRows) || a - b,
      )
      contenders = ranked.slice(0, Math.ceil(ranked.length / KEPT_ONE_IN))
    }
    const rung = { folds, candidates: [...all.slice(0, standing), ...contenders] }
    watch.begin(rung, foldsOfRungs.length)
    rungs.push(rung)
    for (let fold = losses[0]!.length; fold < folds; fold++) {
      for (const candidate of rung.candidates) {
        const loss = await judge(candidate, fold)
        if (loss === null) return { rungs, losses, isFinished: false }
        losses[candidate]!.push(loss)
        watch.judged(losses)
      }
    }
  }
  return { rungs, losses, isFinished: true }
}

/** 1, 2, all: at most three rungs, so that a third of a third is left. */
function rungFolds(folds: number): number[] {
  return [1, 2, folds].filter((some, i) => (i < 2 ? some < folds : some > 0))
}

/** Mean over the rows of the first folds, as many as there are losses; NaN for none. */
export function meanLoss(losses: readonly number[], foldRows: readonly number[]): number {
  let sum = 0
  let rows = 0
  for (const [fold, loss] of losses.entries()) {
    sum += loss * foldRows[fold]!
    rows += foldRows[fold]!
  }
  return sum / rows
}

/**
 * The best so far: of the contenders that came furthest the one with the least loss, the first of equals; null before any was
 * judged. One that did well on one fold is not put before one that did well on all.
 */
export function leader(losses: Raced['losses'], { standing, foldRows }: Race): number | null {
  let best: number | null = null
  for (const [candidate, own] of losses.entries()) {
    if (candidate < standing) continue
    const other = best === null ? [] : losses[best]!
    if (own.length < Math.max(1, other.length)) continue
    if (own.length > other.length || meanLoss(own, foldRows) < meanLoss(other, foldRows)) best = candidate
  }
  return best
}

/** Of those that stand always: the one with the least loss on the first `folds` folds, the first of equals. */
export function bestStanding(losses: Raced['losses'], { standing, foldRows }: Race, folds: number): number {
  const lossOf = (candidate: number): number => meanLoss(losses[candidate]!.slice(0, folds), foldRows)
  let best = 0
  for (let candidate = 1; candidate < standing; candidate++)
    if (lossOf(candidate) < lossOf(best)) best = candidate
  return best
}
