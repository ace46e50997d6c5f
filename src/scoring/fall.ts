/** When a lead falls below its band if nothing new happens: of the true function of time, with all that ages in it. */
import { type FallSearch, firstFall, type Moment } from '../explain/first-fall.ts'
import { factsAt } from '../features/facts.ts'
import { knownRecord } from '../features/known-record.ts'
import { spanText } from '../features/wording.ts'
import {
  type AccountRecord,
  DAY,
  formatTime,
  type LeadRecord,
  type Milliseconds,
  SECOND,
} from '../glossary.ts'
import type { Policy } from '../policy/policy.ts'
import type { Fall } from './lead-explanation.ts'
import type { LoadedModel } from './load-model.ts'
import { outcomeOf, rowOf } from './score-row.ts'

/** Behaviour counts for a year: afterwards there is nothing left to fade but the age of the lead. */
const LOOK_AHEAD = 365 * DAY

interface Sample extends Moment {
  readonly row: Float64Array
  readonly band: string
}

/**
 * Of a model that applies to the lead at `asOf`: time alone never takes it out of a population, only deals do. `segments`: of the
 * lead, as bands go by them.
 */
export function fallOf(
  model: LoadedModel,
  policy: Policy,
  segments: readonly string[],
  account: AccountRecord,
  lead: LeadRecord,
  asOf: Milliseconds,
): Fall {
  const search = fallSearch(model, policy, segments, account, lead, asOf)
  const { band } = search.from
  const until = formatTime(search.until)
  const fallen = firstFall(search)
  if (!fallen) {
    const text = `stays ${band} for at least ${spanText(LOOK_AHEAD)} if nothing new happens`
    return { band, at: null, to: null, until, text }
  }
  const { band: to } = fallen
  const text = `falls from ${band} to ${to} in ${spanText(fallen.at - asOf)} if nothing new happens`
  return { band, at: formatTime(fallen.at), to, until, text }
}

export function fallSearch(
  model: LoadedModel,
  policy: Policy,
  segments: readonly string[],
  givenAccount: AccountRecord,
  givenLead: LeadRecord,
  asOf: Milliseconds,
): FallSearch<Sample> {
  const { predictor } = model
  const { account, lead } = knownRecord(givenAccount, givenLead, asOf)
  const bandOf = (raw: number): string => outcomeOf(model, policy, segments, raw).band
  const rankOf = (band: string): number => policy.bands.findIndex(({ name }) => name === band)
  const scoreAt = (at: Milliseconds) => {
    const row = rowOf(model, factsAt(account, lead, at))
    return { at, row, band: bandOf(predictor.rawScore(row)) }
  }
  const from = scoreAt(asOf)
  const isBelow = (band: string): boolean => rankOf(band) < rankOf(from.band)
  return {
    from: { ...from, hasFallen: false },
    until: asOf + LOOK_AHEAD,
    resolution: SECOND,
    sampleAt(at) {
      const sample = scoreAt(at)
      return { ...sample, hasFallen: isBelow(sample.band) }
    },
    // With nothing new, every column moves in one direction only until it is missing: what a row between two holds lies between.
    mayFallBetween: (first, last) => isBelow(bandOf(predictor.lowestRawScore(first.row, last.row))),
  }
}
