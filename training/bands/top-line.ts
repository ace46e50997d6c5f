/** Where the highest band should begin: as many leads as sales can call, of the conversion that is asked for, or with the past wins above. */
import { WonlostError } from '../../src/errors.ts'
import type { PastWin } from './past-wins.ts'
import type { JudgedLeads, ScoreEvidence } from './score-evidence.ts'

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
  const lines = Array.from({ length: 101 - least }, (_, place) => least + place)
  const allowed = lines.filter((line) => line >= lowest)
  // Neither leads a week nor conversion need fall or rise from line to line: each line is asked for itself.
  const lowestWith = (keeps: (line: number) => boolean): TopLine | null => {
    const line = allowed.find(keeps)
    if (line === undefined) return null
    return { line, isSlack: line === lowest && lines.some((lower) => lower < lowest && keeps(lower)) }
  }
  switch (target.by) {
    case 'capacity': {
      const found = lowestWith((line) => traffic.perWeekFrom(line) <= target.leadsPerWeek)
      if (found) return found
      const fewest = Math.min(...allowed.map((line) => traffic.perWeekFrom(line)))
      throw refused(
        '--capacity',
        `${(Math.ceil(10 * fewest) / 10).toFixed(1)}/week or more: so many leads come to the highest band, wherever it begins`,
        `${target.leadsPerWeek}/week`,
      )
    }
    case 'precision': {
      const found = lowestWith((line) => (conversionFrom(judged, line) ?? -1) >= target.conversion)
      if (found) return found
      const best = Math.max(0, ...allowed.map((line) => conversionFrom(judged, line) ?? 0))
      const most = `at most ${roundedDown(best, 3)}, the highest conversion above any line that has ${LEAST_JUDGED} rows`
      throw refused('--precision', most, String(target.conversion))
    }
    case 'wins': {
      const past = winsToJudgeBy(wins)
      if (past.length < LEAST_JUDGED) {
        const message = `--share-of-wins needs ${LEAST_JUDGED} won deals with a contact that was scored. There are ${past.length}.`
        throw new WonlostError('too_little_data', message)
      }
      const line = lines.findLast((from) => shareFrom(past, from) >= target.share)
      if (line !== undefined) return { line, isSlack: false }
      const most = shareFrom(past, least)
      throw refused(
        '--share-of-wins',
        `at most ${roundedDown(most, 2)}: the other wins stood below ${least}`,
        String(target.share),
      )
    }
  }
}

/** Past wins that no model has learned from where there are enough of them, else all; only those that were scored. */
export function winsToJudgeBy(wins: readonly PastWin[]): readonly PastWin[] {
  const scored = wins.filter(({ levels }) => levels !== null)
  const unlearned = scored.filter(({ isLearned }) => !isLearned)
  return unlearned.length >= LEAST_JUDGED ? unlearned : scored
}

/** null: too few rows. */
function conversionFrom({ levels, labels }: JudgedLeads, from: number): number | null {
  let rows = 0
  let reached = 0
  for (let row = 0; row < labels.length; row++) {
    if (levels[row]!.at(-1)! < from) continue
    rows += 1
    reached += labels[row]!
  }
  return rows < LEAST_JUDGED ? null : reached / rows
}

function shareFrom(wins: readonly PastWin[], from: number): number {
  return wins.filter(({ levels }) => levels!.at(-1)! >= from).length / wins.length
}

/** What is said to be allowed is allowed: never more than the share itself. */
function roundedDown(share: number, digits: number): string {
  const nearest = Number(share.toFixed(digits))
  return (nearest <= share ? nearest : nearest - 10 ** -digits).toFixed(digits)
}

function refused(flag: string, allowed: string, given: string): WonlostError {
  return new WonlostError('usage', `${flag} must be ${allowed}. Given: ${given}.`, { field: flag })
}
