/** What training stores for the monitor: see report/reference-report.ts. */
import { DAY, formatTime, type Milliseconds } from '../../src/glossary.ts'
import { rawPoints, scoreOf } from '../../src/model/link.ts'
import type { Predictor } from '../../src/model/predict.ts'
import type { LandmarkPlan } from '../course.ts'
import type { ScoreBand } from '../evaluation.ts'
import type { Matrix } from '../matrix.ts'
import { probabilitiesOf } from '../predictions.ts'
import {
  REFERENCE_SETS,
  type ReferenceColumn,
  type ReferenceReport,
  type ReferenceSet,
  type ReferenceSetName,
} from '../report/reference-report.ts'
import type { CollectedRows, Row } from '../rows.ts'
import { bandOutcomes, outcomeOfAll } from './band-outcomes.ts'
import { binRows, valuesOf, type WatchedRows } from './bin-rows.ts'
import { fitBins } from './column-bins.ts'
import { createHashedSample } from './hashed-sample.ts'
import { daysOfSets, MOST_ROWS, type Period, watchedLandmark } from './watched-rows.ts'
import { weeklyCounts } from './weekly-counts.ts'

/** The rows of a reference, chosen before their numbers are computed; by names that stand beside those of other sets. */
type ReferenceRowSet = `latest_${ReferenceSetName}`

export interface ReferenceRows {
  readonly period: Period
  readonly rows: Readonly<Record<ReferenceRowSet, readonly Row[]>>
  readonly weeklyLeads: readonly number[]
}

/**
 * The latest leads before the cut-off, whether or not their outcome is known: from where the test part begins, so that the model
 * has not learned from them. One that is refitted has learned from all whose outcome is known: then the last horizon alone.
 */
function referencePeriod(testStartsAt: Milliseconds, cutoff: Milliseconds, plan: ReferencePlan): Period {
  const unknown = cutoff - (plan.horizonDays ?? Number.POSITIVE_INFINITY) * DAY
  return { from: plan.refit ? Math.max(testStartsAt, unknown) : testStartsAt, until: cutoff }
}

type ReferencePlan = LandmarkPlan & { readonly refit: boolean }

/** At most MOST_ROWS of each set, drawn by id. */
export function chooseReferenceRows(
  { rows, sampled }: CollectedRows,
  plan: ReferencePlan,
  testStartsAt: Milliseconds,
  cutoff: Milliseconds,
): ReferenceRows {
  const period = referencePeriod(testStartsAt, cutoff, plan)
  const samples = { at_entry: createHashedSample<Row>(MOST_ROWS), later: createHashedSample<Row>(MOST_ROWS) }
  const entries: Milliseconds[] = []
  for (const row of rows) {
    const watched = watchedLandmark(row, plan, period)
    if (!watched) continue
    samples[watched.set].add(watched.hash, row)
    if (watched.set === 'at_entry') entries.push(row.asOf)
  }
  const taken = sampled ? sampled.landmarks / sampled.of_landmarks : 1
  return {
    period,
    rows: { latest_at_entry: samples.at_entry.items(), latest_later: samples.later.items() },
    weeklyLeads: weeklyCounts(entries, period).map((count) => Math.round(count / taken)),
  }
}

/** What was judged on the test part, by the model as it was then. */
export interface JudgedPart {
  readonly probabilities: Float64Array
  readonly matrix: Matrix
  readonly base: number
}

/** `predictor`: of the model that serves. Sets without rows are left out. */
export function describeReference(
  { period, rows, weeklyLeads }: ReferenceRows,
  matrices: Readonly<Record<ReferenceRowSet, Matrix>>,
  predictor: Predictor,
  plan: LandmarkPlan,
  bands: readonly ScoreBand[],
  judged: JudgedPart,
): ReferenceReport {
  const days = daysOfSets(plan)
  const sets = REFERENCE_SETS.filter((set) => rows[`latest_${set}`].length > 0).map((set) =>
    describeSet(set, days[set], rows[`latest_${set}`], matrices[`latest_${set}`], predictor),
  )
  const { labels, groups } = judged.matrix
  const scores = judged.probabilities.map((probability) => scoreOf(rawPoints(probability, judged.base)))
  const outcomes = { scores, probabilities: judged.probabilities, labels, groups }
  return {
    from: formatTime(period.from),
    until: formatTime(period.until),
    sets,
    weekly_leads: weeklyLeads,
    all: outcomeOfAll(outcomes),
    bands: bandOutcomes(outcomes, bands),
  }
}

function describeSet(
  set: ReferenceSetName,
  days: readonly number[],
  rows: readonly Row[],
  matrix: Matrix,
  predictor: Predictor,
): ReferenceSet {
  const watched: WatchedRows = {
    ...matrix,
    strata: Uint8Array.from(rows, ({ day }) => days.indexOf(day)),
    scores: probabilitiesOf(predictor, matrix),
  }
  const describe = (column: number | null): ReferenceColumn => {
    const about = column === null ? null : matrix.columns[column]!
    const bins = fitBins(valuesOf(watched, column), about)
    const { counts, designEffect } = binRows(watched, column, bins, days.length)
    const effect = Math.round(designEffect * 1e4) / 1e4
    return { column: about?.name ?? 'score', bins, counts, design_effect: effect }
  }
  return {
    set,
    days,
    rows: matrix.rowCount,
    accounts: new Set(matrix.groups).size,
    columns: matrix.columns.map((_, column) => describe(column)),
    score: describe(null),
  }
}
