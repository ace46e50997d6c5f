/**
 * What one visit still to come is expected to leave of survival: for each level of pace, weekday of the visit and number of
 * days after it, the mean of exp(-(all hazard that the visit brings in those days)), over what the visit turns out to be and
 * over the streams it may begin. The exact counterpart of `drawVisit` in simulator/journey.ts.
 *
 * With C_k = pace * sum over v = 1..lag of weekday(w + v) * strength_k * 2^(-v / halfLife_k):
 *   anchor             exp(-C_anchor)
 *   Poisson(mean)      exp(-mean * (1 - exp(-C_k)))
 *   once, with chance  1 - chance * (1 - exp(-C_k))
 *   a stream begun     (shape / (shape + c))^shape, c = sum over v < lag of profile(v) * (1 - mixture of visits at w + v)
 */
import { DECISIONS_BY_WEEKDAY, VISITS_BY_WEEKDAY } from '../simulator/calendar.ts'
import { DAILY_DECAY, EFFECTS, paceOf } from '../simulator/effects.ts'
import { TEMPLATES } from '../simulator/sessions.ts'
import {
  FOLLOWING_DAYS,
  FOLLOWING_MIXTURES,
  FOLLOWING_PROFILES,
  INTEREST_SHAPES,
  type StreamLaws,
} from '../simulator/streams.ts'
import { remembered } from './remembered.ts'

/** A table over (weekday of the visit, lag in days): what a visit is expected to leave of survival. */
type VisitTable = Float64Array

export interface Functionals {
  /** Lags run from 0 to this. */
  readonly longestLag: number
  /** Position of (weekday, lag) in a table. */
  at(weekday: number, lag: number): number
  /** Visits of a main stream. */
  main(level: number, group: number, programme: number): VisitTable
  /** Visits of a trial or evaluation stream. */
  following(level: number, kind: 'trial' | 'evaluation'): VisitTable
  /** The first touch, the chance of none included. */
  entry(level: number, group: number): VisitTable
}

export function createFunctionals(laws: StreamLaws, longestLag: number): Functionals {
  const width = longestLag + 1
  const templates = new Map<number, readonly VisitTable[]>()
  const tables = new Map<number, VisitTable>()
  /** `number` tells the mixtures of a level apart. */
  const mixed = (level: number, number: number, mixture: () => Float64Array | undefined): VisitTable =>
    remembered(tables, level * 1_024 + number, () =>
      mixTables(
        remembered(templates, level, () => templateTables(level, longestLag)),
        mixture() ?? new Float64Array(),
      ),
    )
  return {
    longestLag,
    at: (weekday, lag) => weekday * width + lag,
    main: (level, group, programme) =>
      mixed(level, group * 16 + programme, () => laws.visitMixtures[group]?.[programme]),
    following: (level, kind) => mixed(level, kind === 'trial' ? 512 : 513, () => FOLLOWING_MIXTURES[kind]),
    entry: (level, group) => mixed(level, 600 + group, () => laws.entryMixtures[group]),
  }
}

/** Mean over a mixture of templates; the chance that is left over belongs to no visit, which leaves all of survival. */
function mixTables(tables: readonly VisitTable[], mixture: Float64Array): VisitTable {
  const result = new Float64Array(tables[0]?.length ?? 0)
  const none = 1 - mixture.reduce((sum, chance) => sum + chance, 0)
  result.fill(none < 1e-12 ? 0 : none)
  for (const [index, chance] of mixture.entries()) {
    const table = tables[index]
    if (chance === 0 || table === undefined) continue
    for (let place = 0; place < result.length; place++)
      result[place] = (result[place] ?? 0) + chance * (table[place] ?? 0)
  }
  return result
}

/** One table a template, streams that it begins included. */
function templateTables(level: number, longestLag: number): readonly VisitTable[] {
  const losses = EFFECTS.map((_, effect) => effectLosses(level, effect, longestLag))
  const tables = TEMPLATES.map((template) => {
    const table = (losses[template.anchor] ?? new Float64Array()).map((loss) => 1 - loss)
    for (const part of template.parts) {
      const loss = losses[part.effect] ?? new Float64Array()
      for (let place = 0; place < table.length; place++) {
        const factor =
          'mean' in part && part.mean !== undefined
            ? Math.exp(-part.mean * (loss[place] ?? 0))
            : 1 - (part.chance ?? 0) * (loss[place] ?? 0)
        table[place] = (table[place] ?? 0) * factor
      }
    }
    return table
  })
  // In this order: an evaluation may begin a trial, a trial begins nothing.
  for (const kind of ['trial', 'evaluation'] as const) {
    const begun = begunStream(mixTables(tables, FOLLOWING_MIXTURES[kind]), kind, longestLag)
    for (const [index, template] of TEMPLATES.entries()) {
      const table = tables[index]
      if (template.begins !== kind || table === undefined) continue
      for (let place = 0; place < table.length; place++)
        table[place] = (table[place] ?? 0) * (begun[place] ?? 0)
    }
  }
  return tables
}

/** 1 - exp(-C) of one event. */
function effectLosses(level: number, effect: number, longestLag: number): VisitTable {
  const table = new Float64Array(7 * (longestLag + 1))
  const strength = paceOf(level) * (EFFECTS[effect]?.strength ?? 0)
  for (let weekday = 0; weekday < 7; weekday++) {
    let hazard = 0
    let weight = strength
    for (let lag = 1; lag <= longestLag; lag++) {
      weight *= DAILY_DECAY[effect] ?? 0
      hazard += weight * (DECISIONS_BY_WEEKDAY[(weekday + lag) % 7] ?? 0)
      table[weekday * (longestLag + 1) + lag] = -Math.expm1(-hazard)
    }
  }
  return table
}

function begunStream(visit: VisitTable, kind: 'trial' | 'evaluation', longestLag: number): VisitTable {
  const width = longestLag + 1
  const profile = FOLLOWING_PROFILES[kind]
  const shape = INTEREST_SHAPES[kind]
  const table = new Float64Array(7 * width)
  for (let weekday = 0; weekday < 7; weekday++) {
    for (let lag = 0; lag <= longestLag; lag++) {
      let loss = 0
      for (let age = 1; age < Math.min(lag, FOLLOWING_DAYS + 1); age++) {
        const day = (weekday + age) % 7
        loss +=
          (profile[age] ?? 0) * (VISITS_BY_WEEKDAY[day] ?? 0) * (1 - (visit[day * width + lag - age] ?? 0))
      }
      table[weekday * width + lag] = (shape / (shape + loss)) ** shape
    }
  }
  return table
}
