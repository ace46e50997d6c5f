/** Where the highest band should begin: as many leads as sales can call, of the conversion that is asked for, or with the past wins above. */
import { WonlostError } from '../../src/errors.ts'
import type { PastWin } from './past-wins.ts'
import type { JudgedScores, ScoreEvidence } from './score-evidence.ts'

export type BandTarget =
  /** Leads a week that come to the band. */
  | { readonly by: 'capacity'; readonly leadsPerWeek: number }
  /** Conversion of the band, above 0 and below 1. */
  | { readonly by: 'precision'; readonly conversion: number }
  /** Share of the past wins that stood in the band when sales took over, above 0 and up to 1. */
  | { readonly by: 'wins'; readonly share: number }

/** Fewer rows, or deals, say nothing of a share. */
export const LEAST_JUDGED = 30

export interface TopLine {
  /** The lowest score of the band. */
  readonly line: number
  /** The target allows a lower line still; it is not lowered into the lowest band of now. */
  readonly isSlack: boolean
}

/**
 * The bands below have room under it; neither capacity nor conversion lowers it into the lowest band of now.
 * @param present Where the bands begin now, the lowest (0) first.
 * Throws `usage` for what no line gives, with what is possible.
 */
export function topLine(
  { traffic, judged, wins }: ScoreEvidence,
  target: BandTarget,
  present: readonly number[],
): TopLine {
  const least = present.length - 1
  const lowest = Math.max(least, present[1] ?? 0)
  const at = (line: number): TopLine => ({ line, isSlack: false })
  const atLeast = (line: number): TopLine => (line < lowest ? { line: lowest, isSlack: true } : at(line))
  const lines = Array.from({ length: 101 - least }, (_, place) => least + place)
  switch (target.by) {
    case 'capacity': {
      const line = lines.find((from) => traffic.perWeek(from, 100) <= target.leadsPerWeek)
      if (line !== undefined) return atLeast(line)
      const fewest = traffic.perWeek(100, 100)
      throw refused(
        '--capacity',
        `${fewest.toFixed(1)}/week or more: that many leads reach a score of 100`,
        `${target.leadsPerWeek}/week`,
      )
    }
    case 'precision': {
      const rates = lines.map((from) => conversionFrom(judged, from))
      const line = rates.findIndex((rate) => rate !== null && rate >= target.conversion)
      if (line >= 0) return atLeast(lines[line]!)
      const best = Math.max(0, ...rates.map((rate) => rate ?? 0))
      const allowed = `at most ${best.toFixed(3)}, the highest conversion above any line that has ${LEAST_JUDGED} rows`
      throw refused('--precision', allowed, String(target.conversion))
    }
    case 'wins': {
      const past = winsToJudgeBy(wins)
      if (past.length < LEAST_JUDGED) {
        const message = `--share-of-wins needs ${LEAST_JUDGED} won deals with a contact that was scored. There are ${past.length}.`
        throw new WonlostError('too_little_data', message)
      }
      const line = lines.findLast((from) => shareFrom(past, from) >= target.share)
      if (line !== undefined) return at(line)
      const most = shareFrom(past, least)
      throw refused(
        '--share-of-wins',
        `at most ${most.toFixed(2)}: the other wins stood below ${least}`,
        String(target.share),
      )
    }
  }
}

/** Past wins that no model has learned from where there are enough of them, else all; only those that were scored. */
export function winsToJudgeBy(wins: readonly PastWin[]): readonly PastWin[] {
  const scored = wins.filter(({ score }) => score !== null)
  const unlearned = scored.filter(({ isLearned }) => !isLearned)
  return unlearned.length >= LEAST_JUDGED ? unlearned : scored
}

/** null: too few rows. */
function conversionFrom({ scores, labels }: JudgedScores, from: number): number | null {
  let rows = 0
  let reached = 0
  for (let row = 0; row < labels.length; row++) {
    if (scores[row]! < from) continue
    rows += 1
    reached += labels[row]!
  }
  return rows < LEAST_JUDGED ? null : reached / rows
}

function shareFrom(wins: readonly PastWin[], from: number): number {
  return wins.filter(({ score }) => score! >= from).length / wins.length
}

function refused(flag: string, allowed: string, given: string): WonlostError {
  return new WonlostError('usage', `${flag} must be ${allowed}. Given: ${given}.`, { field: flag })
}
