/** What is seen of a model in one reading of the records: later leads as rows, how many came, and outcomes that were not known before. */
import { factsAt } from '../../src/features/facts.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../../src/glossary.ts'
import { rawPoints, scoreOf } from '../../src/model/link.ts'
import type { LoadedModel } from '../../src/scoring/load-model.ts'
import { coursesOf } from '../course.ts'
import { scheduleLandmarks } from '../landmarks.ts'
import type { ReferenceSetName } from '../report/reference-report.ts'
import { isMember, segmentNamed } from '../segment.ts'
import type { WatchedRows } from './bin-rows.ts'
import { createHashedSample } from './hashed-sample.ts'
import { MOST_ROWS, type Period, watchedLandmark } from './watched-rows.ts'
import { weeklyCounts } from './weekly-counts.ts'

export interface Watched {
  readonly sets: Readonly<Record<ReferenceSetName, WatchedRows>>
  /** New leads in each whole week of the window. */
  readonly weeklyLeads: readonly number[]
  /** Rows whose horizon has elapsed since, every landmark. */
  readonly outcomes: {
    readonly scores: Float64Array
    /** NaN for a rubric. */
    readonly probabilities: Float64Array
    readonly labels: Uint8Array
    readonly groups: Int32Array
  }
}

interface SampledRow {
  readonly row: Float64Array
  readonly group: number
  readonly stratum: number
}

/** `outcomesFrom`: labels that became known after it, up to the end of the window, count. */
export function createWatch(
  { registry, predictor, segment: name }: LoadedModel,
  window: Period,
  outcomesFrom: Milliseconds,
): {
  observe(account: AccountRecord, lead: LeadRecord, group: number): void
  read(): Watched
} {
  const { definition, columns } = registry
  const segment = segmentNamed(definition, name)
  const samples = {
    at_entry: createHashedSample<SampledRow>(MOST_ROWS),
    later: createHashedSample<SampledRow>(MOST_ROWS),
  }
  const entries: Milliseconds[] = []
  const outcomes = { rawScores: [] as number[], labels: [] as number[], groups: [] as number[] }
  const one = new Float64Array(columns.length)
  return {
    observe(account, lead, group) {
      for (const course of coursesOf(account, lead, definition)) {
        for (const landmark of scheduleLandmarks(course, definition, window.until)) {
          if (!isMember(segment, account, lead, landmark.asOf)) continue
          const facts = () => factsAt(account, lead, landmark.asOf)
          if (landmark.status === 'usable' && landmark.labelKnownAt > outcomesFrom) {
            registry.computeRow(facts(), one)
            outcomes.rawScores.push(predictor.rawScore(one))
            outcomes.labels.push(landmark.label)
            outcomes.groups.push(group)
          }
          const watched = watchedLandmark(landmark, definition, window)
          if (!watched) continue
          const { set, hash, stratum } = watched
          if (set === 'at_entry') entries.push(landmark.asOf)
          if (!samples[set].wants(hash)) continue
          const row = new Float64Array(columns.length)
          registry.computeRow(facts(), row)
          samples[set].add(hash, { row, group, stratum })
        }
      }
    },
    read() {
      const isRubric = predictor.artifact.kind === 'rubric'
      const rawScores = Float64Array.from(outcomes.rawScores)
      const probabilities = rawScores.map((rawScore) => predictor.probability(rawScore))
      return {
        sets: {
          at_entry: toRows(samples.at_entry.items(), columns, predictor),
          later: toRows(samples.later.items(), columns, predictor),
        },
        weeklyLeads: weeklyCounts(entries, window),
        outcomes: {
          probabilities,
          scores: isRubric
            ? rawScores.map(scoreOf)
            : probabilities.map((probability) => scoreOf(rawPoints(probability, predictor.base))),
          labels: Uint8Array.from(outcomes.labels),
          groups: Int32Array.from(outcomes.groups),
        },
      }
    },
  }
}

function toRows(
  items: readonly SampledRow[],
  columns: WatchedRows['columns'],
  predictor: LoadedModel['predictor'],
): WatchedRows {
  const data = new Float64Array(items.length * columns.length)
  for (const [index, { row }] of items.entries()) data.set(row, index * columns.length)
  return {
    columns,
    rowCount: items.length,
    data,
    groups: Int32Array.from(items, ({ group }) => group),
    strata: Uint8Array.from(items, ({ stratum }) => stratum),
    scores: Float64Array.from(items, ({ row }) => predictor.probability(predictor.rawScore(row))),
  }
}
