/** Learned half-lives beside those that the simulator has. */
import { EFFECTS, type Effect } from '../data/simulator/effects.ts'
import type { EventHalfLife, HalfLifeReport } from '../training/report/half-life-report.ts'

export interface HalfLifeComparison {
  /** Learned, not sent back to the prior. */
  readonly learned: number
  /** Of these, those whose 90 % interval holds the true half-life. */
  readonly covered: number
  readonly prior: number
  /** |learned - true| / true of the three types of most strength. */
  readonly strongest_errors: readonly number[]
}

const STRONGEST = 3

/**
 * Types that do nothing in the simulator have no true half-life, and are left out. Which are the strongest is said by the truth, never
 * by what was learned; of equals the first in its list.
 */
export function compareHalfLives({ events }: Pick<HalfLifeReport, 'events'>): HalfLifeComparison {
  const effects: readonly Effect[] = EFFECTS
  const known = events.flatMap((event) => {
    const truth = effects.find(({ type, strength }) => type === event.event && strength > 0)
    return truth ? [{ event, truth }] : []
  })
  const learned = known.filter(({ event }) => event.from === 'learned')
  const order = (truth: Effect): number => effects.indexOf(truth)
  const strongest = known
    .toSorted((a, b) => b.truth.strength - a.truth.strength || order(a.truth) - order(b.truth))
    .slice(0, STRONGEST)
  return {
    learned: learned.length,
    covered: learned.filter(({ event, truth }) => holds(event, truth.halfLifeDays)).length,
    prior: known.filter(({ event }) => event.from === 'prior').length,
    strongest_errors: strongest.map(
      ({ event, truth }) => Math.abs(event.half_life_days - truth.halfLifeDays) / truth.halfLifeDays,
    ),
  }
}

function holds({ interval_days: interval }: EventHalfLife, days: number): boolean {
  return interval !== null && interval[0] <= days && days <= interval[1]
}
