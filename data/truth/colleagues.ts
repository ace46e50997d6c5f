/**
 * What a colleague still to come is expected to leave of survival. A colleague visits like the first contact's group: it has
 * a first touch on the day it enters, and a main stream of unknown interest from the next day on.
 *
 *   entry * (shape / (shape + c))^shape,   c = sum over later days of rate(day) * (1 - visit)
 */
import { weekdayOf } from '../simulator/calendar.ts'
import { INTEREST_SHAPES, type StreamLaws } from '../simulator/streams.ts'
import type { Functionals } from './functionals.ts'
import { remembered } from './remembered.ts'

export interface Colleagues {
  /** By lag in days: the mean of exp(-(hazard that a colleague who enters on `day` brings in the days after it)). */
  survival(eventLevel: number, group: number, day: number): Float64Array
}

/** Kept so many at a time: accounts of one day ask for the same ones, so ask in order of time. */
const MEMORY = 40_000

export function createColleagues(laws: StreamLaws, functionals: Functionals): Colleagues {
  const known = new Map<number, Float64Array>()
  return {
    survival(eventLevel, group, day) {
      if (known.size > MEMORY) known.clear()
      return remembered(known, (day * 64 + group) * 128 + eventLevel + 64, () =>
        colleagueSurvival(eventLevel, group, day, laws, functionals),
      )
    },
  }
}

function colleagueSurvival(
  level: number,
  group: number,
  day: number,
  laws: StreamLaws,
  functionals: Functionals,
): Float64Array {
  const { longestLag } = functionals
  const shape = INTEREST_SHAPES.main
  const entry = functionals.entry(level, group)
  const losses = new Float64Array(longestLag + 1)
  for (let age = 1; age < longestLag; age++) {
    const rate = (laws.mainProfiles[group]?.[age] ?? 0) * laws.mainCalendar(day + age)
    const visit = functionals.main(level, group, laws.programme(day + age))
    const start = functionals.at(weekdayOf(day + age), 0) - age
    for (let lag = age + 1; lag <= longestLag; lag++) {
      losses[lag] = (losses[lag] ?? 0) + rate * (1 - (visit[start + lag] ?? 0))
    }
  }
  const survival = new Float64Array(longestLag + 1)
  for (let lag = 0; lag <= longestLag; lag++) {
    const touch = entry[functionals.at(weekdayOf(day), lag)] ?? 1
    survival[lag] = touch * Math.exp(-shape * Math.log1p((losses[lag] ?? 0) / shape))
  }
  return survival
}
