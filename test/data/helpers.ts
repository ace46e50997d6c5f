/** Journeys for the tests of the simulator. */
import { type AccountJourney, accountJourneys, type SimulationOptions } from '../../data/simulator/process.ts'

export const ENDS_AT = Date.UTC(2026, 10, 1)

export function optionsOf(changes: Partial<SimulationOptions> = {}): SimulationOptions {
  return { leads: 400, seed: 11, months: 24, endsAt: ENDS_AT, drift: true, ...changes }
}

/** The first `count` accounts of a simulation. */
export function journeysOf(options: SimulationOptions, count: number): AccountJourney[] {
  const journeys: AccountJourney[] = []
  for (const journey of accountJourneys(options)) {
    journeys.push(journey)
    if (journeys.length === count) break
  }
  return journeys
}
