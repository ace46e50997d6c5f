/** Tells of a search while it goes on: rung by rung how far it is, and each time there is a new best. */
import type { ReportProgress } from '../../src/glossary.ts'
import { bestStanding, leader, meanLoss, type Race, type RaceWatch } from './halving.ts'

export function watchRace(race: Race, report: ReportProgress | undefined): RaceWatch {
  const { foldRows } = race
  let rung = 0
  let step = ''
  let done = 0
  let total = 0
  let foldsBefore = 0
  let told = ''
  return {
    begin({ candidates, folds }, rungs) {
      rung += 1
      step = `search, rung ${rung} of ${rungs}, ${candidates.length} settings on ${folds} ${folds === 1 ? 'fold' : 'folds'}`
      done = 0
      total = candidates.length * (folds - foldsBefore)
      foldsBefore = folds
      report?.(step, done, total)
    },
    judged(losses) {
      const best = leader(losses, race)
      if (best !== null) {
        const folds = losses[best]!.length
        const standing = losses[bestStanding(losses, race, folds)]!.slice(0, folds)
        const found = meanLoss(losses[best]!, foldRows)
        const text = `search, best so far: log loss ${found.toFixed(5)}, the defaults ${meanLoss(standing, foldRows).toFixed(5)}`
        if (text !== told) report?.(text)
        told = text
      }
      done += 1
      report?.(step, done, total)
    },
  }
}
