/** What bands would mean: leads a week, conversion, past wins, and the work that the promised response times make. */
import { DAY } from '../../src/glossary.ts'
import { durationOf } from '../../src/iso-duration.ts'
import type { Band } from '../../src/policy/policy.ts'
import { clusteredRateIntervals } from '../../src/statistics/clustered-rates.ts'
import { bandWith } from './levels.ts'
import type { PastWin } from './past-wins.ts'
import type { ScoreEvidence } from './score-evidence.ts'
import { winsToJudgeBy } from './top-line.ts'

export interface BandConsequence {
  readonly band: string
  readonly from: number
  readonly to: number
  /** Leads that newly come to stand in it, and no higher. */
  readonly leads_per_week: number
  /** Leads that stand in it now. */
  readonly standing: number
  /** Rows of the test part and later, and what became of them. */
  readonly rows: number
  readonly reached: number
  readonly conversion: number | null
  /** 95 %; rows of one account count for what they are. */
  readonly conversion_interval: readonly [number, number] | null
  /** Of past wins, as sales took over. */
  readonly share_of_wins: number | null
  readonly respond_within: string | null
  /** Answers due on a working day, of five a week; null where none is promised. */
  readonly responses_per_working_day: number | null
  /** Leads that wait for one at a time where each is given as late as promised: arrivals x time (Little's law). */
  readonly waiting: number | null
}

export interface LastWins {
  /** Won deals with a contact that was scored, the latest: 50, or as many as there are. */
  readonly deals: number
  /** Of these, how many stood at or above the line. */
  readonly cleared: number
  /** The same of those that no model has learned from. */
  readonly unlearned: number
  readonly unlearned_cleared: number
  /** Fewer than 30 say little. */
  readonly is_enough: boolean
}

const LAST_WINS = 50
const ENOUGH_WINS = 30
const WORKING_DAYS = 5

/** One a band, the lowest first; `starts` is the first score of each. */
export function consequencesOf(
  { traffic, judged, wins }: ScoreEvidence,
  bands: readonly Pick<Band, 'name' | 'respond_within'>[],
  starts: readonly number[],
): BandConsequence[] {
  const { levels, labels, groups } = judged
  const bins = levels.map((one) => bandWith(one, starts))
  const intervals = clusteredRateIntervals(bins, labels, groups, bands.length)
  const rows = new Array<number>(bands.length).fill(0)
  const reached = new Array<number>(bands.length).fill(0)
  for (const [row, bin] of bins.entries()) {
    rows[bin]! += 1
    reached[bin]! += labels[row]!
  }
  const past = winsToJudgeBy(wins).map((one) => bandWith(one.levels!, starts))
  const perWeek = traffic.perWeek(starts)
  const standing = traffic.standing(starts)
  return bands.map(({ name, respond_within }, band) => {
    const from = starts[band]!
    const to = (starts[band + 1] ?? 101) - 1
    const within = respond_within === null ? null : durationOf(respond_within)
    return {
      band: name,
      from,
      to,
      leads_per_week: perWeek[band]!,
      standing: standing[band]!,
      rows: rows[band]!,
      reached: reached[band]!,
      conversion: rows[band]! > 0 ? reached[band]! / rows[band]! : null,
      conversion_interval: intervals[band] ?? null,
      share_of_wins: past.length > 0 ? past.filter((one) => one === band).length / past.length : null,
      respond_within,
      responses_per_working_day: within === null ? null : perWeek[band]! / WORKING_DAYS,
      waiting: within === null ? null : (perWeek[band]! * within) / (7 * DAY),
    }
  })
}

/** Whether the latest won deals would have cleared the line. */
export function lastWins(wins: readonly PastWin[], line: number): LastWins {
  const last = wins.filter(({ levels }) => levels !== null).slice(-LAST_WINS)
  const unlearned = last.filter(({ isLearned }) => !isLearned)
  const cleared = (some: readonly PastWin[]): number =>
    some.filter(({ levels }) => levels!.at(-1)! >= line).length
  return {
    deals: last.length,
    cleared: cleared(last),
    unlearned: unlearned.length,
    unlearned_cleared: cleared(unlearned),
    is_enough: last.length >= ENOUGH_WINS,
  }
}
