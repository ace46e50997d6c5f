/**
 * How many leads a week come to stand in a band, by a replay of whole weeks: each lead is placed at every week's end, as it would have
 * been. A lead comes to a band when it stood below it, or was not there, as the replay begins, and stands in it at the end of any week,
 * and in none above it: once, however often it comes and goes.
 */
import { bandWith, higherOf, type Levels } from './levels.ts'

export interface Traffic {
  readonly weeks: number
  /** Leads that were replayed stand for so many each. */
  readonly oneIn: number
  /** Leads a week that come to stand in each band where the bands begin at `starts`. */
  perWeek(starts: readonly number[]): readonly number[]
  /** The same of the highest band, where it begins at `line`: whatever the lines below it. */
  perWeekFrom(line: number): number
  /** Leads in each band as the replay ends. */
  standing(starts: readonly number[]): readonly number[]
}

interface Replayed {
  readonly first: Levels
  /** At the end of any week. */
  readonly highest: Levels
  readonly last: Levels
}

export function createTraffic(
  weeks: number,
  oneIn: number,
  bands: number,
): {
  /** As it stood from 0 (the beginning) to `weeks` (the end); null: nobody would have called. */
  add(placed: readonly (Levels | null)[]): void
  read(): Traffic
} {
  const nowhere: Levels = new Array<number>(bands).fill(-1)
  const leads: Replayed[] = []
  return {
    add(placed) {
      const [first, ...ends] = placed.map((levels) => levels ?? nowhere)
      const highest = ends.reduce(higherOf, nowhere)
      if (highest[0]! >= 0) leads.push({ first: first!, highest, last: ends.at(-1)! })
    },
    read: () => ({
      weeks,
      oneIn,
      perWeek(starts) {
        const counts = new Array<number>(bands).fill(0)
        for (const { first, highest } of leads) {
          const band = bandWith(highest, starts)
          if (band > bandWith(first, starts)) counts[band]! += 1
        }
        return counts.map((count) => (count * oneIn) / weeks)
      },
      perWeekFrom(line) {
        const top = bands - 1
        const count = leads.filter(({ first, highest }) => first[top]! < line && highest[top]! >= line).length
        return (count * oneIn) / weeks
      },
      standing(starts) {
        const counts = new Array<number>(bands).fill(0)
        for (const { last } of leads) {
          const band = bandWith(last, starts)
          if (band >= 0) counts[band]! += oneIn
        }
        return counts
      },
    }),
  }
}
