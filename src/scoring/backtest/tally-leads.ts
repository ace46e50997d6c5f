/**
 * Leads, one row each: at the first landmark at which a rule held, or else at the first one at all. Won: within the horizon from there on.
 * A landmark counts while the lead was at risk, and when its horizon has elapsed: as training counts rows.
 */
import { clusteredRateInterval } from '../../statistics/clustered-rates.ts'
import { addGroup, emptyGroupSums, type GroupSums } from '../../statistics/design-effect.ts'
import type { Conversion } from './backtest-report.ts'

/** One landmark of a lead. */
export interface JudgedMoment {
  /** By place of the rule. */
  readonly holds: Uint8Array
  readonly isWon: boolean
}

/** Of one rule, or of several together. */
export class LeadTally {
  readonly #stopped = emptyGroupSums()
  readonly #rest = emptyGroupSums()
  moments = 0

  /** `people`: the leads of an account, each with its landmarks in order of time. */
  addAccount(people: readonly (readonly JudgedMoment[])[], holds: (moment: JudgedMoment) => boolean): void {
    const stopped = { rows: 0, won: 0 }
    const rest = { rows: 0, won: 0 }
    for (const moments of people) {
      const [first] = moments
      if (!first) continue
      for (const moment of moments) if (holds(moment)) this.moments += 1
      const stop = moments.find(holds)
      const side = stop ? stopped : rest
      side.rows += 1
      if ((stop ?? first).isWon) side.won += 1
    }
    if (stopped.rows > 0) addGroup(this.#stopped, stopped.rows, stopped.won)
    if (rest.rows > 0) addGroup(this.#rest, rest.rows, rest.won)
  }

  get stopped(): Conversion {
    return conversionOf(this.#stopped)
  }

  get rest(): Conversion {
    return conversionOf(this.#rest)
  }
}

function conversionOf(sums: GroupSums): Conversion {
  const { rows, positives } = sums
  const rate = rows === 0 ? null : positives / rows
  return { leads: rows, won: positives, rate, interval: clusteredRateInterval(sums) }
}
