/** What was said and what came, by band of the score. */
import type { ScoreBand } from '../evaluation.ts'
import type { BandOutcome } from '../report/reference-report.ts'

export interface JudgedScores {
  /** 0..100, one a row. */
  readonly scores: ArrayLike<number>
  /** NaN where a score stands for no probability. */
  readonly probabilities: ArrayLike<number>
  readonly labels: ArrayLike<number>
  readonly groups: ArrayLike<number>
}

/** One a band, in their order, also without rows. */
export function bandOutcomes(rows: JudgedScores, bands: readonly ScoreBand[]): BandOutcome[] {
  const bandOf = (score: number): number => bands.findLastIndex(({ from }) => score >= from)
  const members: number[][] = bands.map(() => [])
  for (let row = 0; row < rows.labels.length; row++)
    members[Math.max(0, bandOf(rows.scores[row]!))]?.push(row)
  return bands.map(({ name, from, to }, band) => ({
    band: name,
    from,
    to,
    ...outcomeOf(rows, members[band]!),
  }))
}

/** All rows, as if they were one band. */
export function outcomeOfAll(rows: JudgedScores): BandOutcome {
  const members = Array.from({ length: rows.labels.length }, (_, row) => row)
  return { band: 'all', from: 0, to: 100, ...outcomeOf(rows, members) }
}

type Outcome = Pick<BandOutcome, 'rows' | 'positives' | 'expected' | 'standard_error'>

/** The standard error is that of the sum of outcome - probability, whose groups are independent: root of the sum of their squares. */
function outcomeOf({ probabilities, labels, groups }: JudgedScores, members: readonly number[]): Outcome {
  let [positives, expected] = [0, 0]
  const surprises = new Map<number, number>()
  for (const row of members) {
    const surprise = labels[row]! - probabilities[row]!
    positives += labels[row]!
    expected += probabilities[row]!
    surprises.set(groups[row]!, (surprises.get(groups[row]!) ?? 0) + surprise)
  }
  const variance = [...surprises.values()].reduce((sum, surprise) => sum + surprise ** 2, 0)
  return { rows: members.length, positives, expected, standard_error: Math.sqrt(variance) }
}
