/**
 * From a history to rows of numbers: which rows there are and which part each stands in, the vocabularies of the fit part, how long
 * events count, and then the numbers.
 */
import type { Definition } from '../src/features/definition.ts'
import {
  defineRegistry,
  type FeatureRegistry,
  type FittedRegistry,
  fitRegistry,
} from '../src/features/registry.ts'
import type { Segment } from '../src/features/segments.ts'
import type { Milliseconds, ReportProgress } from '../src/glossary.ts'
import type { Artifact } from '../src/model/artifact.ts'
import type { Predictor } from '../src/model/predict.ts'
import { loadRubric } from '../src/scoring/load-model.ts'
import { type Evidence, readEvidence } from './audit/read-evidence.ts'
import type { JudgedRows } from './baselines.ts'
import { type DividedRows, divideRows } from './divide-rows.ts'
import { type EvaluationSets, evaluationSets } from './evaluation-sets.ts'
import { countDecisions } from './half-life/count-decisions.ts'
import { learnHalfLives } from './half-life/learn-half-lives.ts'
import { type Matrix, rowsBetween } from './matrix.ts'
import { chooseReferenceRows, type ReferenceRows } from './monitor/describe-reference.ts'
import { readTogether } from './read-together.ts'
import type { RecordSource } from './record-source.ts'
import type { HalfLifeReport } from './report/half-life-report.ts'
import { buildMatrices, type CollectedRows, collectRows, type Row, recordsOf } from './rows.ts'
import { segmentNamed } from './segment.ts'
import type { Stages } from './stages.ts'
import { fitVocabularies } from './vocabularies.ts'

/**
 * Some 800,000 rows to learn from and 300,000 to calibrate and judge on: with a hundred columns and more they fit in 4 GB of memory,
 * and so does what learns from them.
 */
const MOST_LANDMARKS = 2_000_000

export interface PreparationOptions {
  /** What training may know: everything before it. */
  readonly cutoff: Milliseconds
  /** A segment of the definition, by name: only rows of whoever was in it then. Default: '', everyone. */
  readonly segment?: string
  /** A baseline, where there is one. */
  readonly rubric?: Artifact
  /** Landmarks that are looked at; of more, a sample of the accounts. Default: MOST_LANDMARKS, and half of them for a refit. */
  readonly mostLandmarks?: number
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

export interface PreparedRows extends DividedRows {
  /** As asked, with a number for every half-life. */
  readonly definition: Definition
  readonly registry: FittedRegistry
  /** null: of everyone. */
  readonly segment: Segment | null
  /** Before anything was fitted: what the audit speaks of. */
  readonly unfitted: FeatureRegistry
  readonly collected: CollectedRows
  /** Of the accounts that were not left out. */
  readonly records: RecordSource
  readonly sets: EvaluationSets
  readonly evidence: Evidence
  readonly halfLives: HalfLifeReport | null
  readonly latest: ReferenceRows
  readonly rows: PreparedMatrices
  readonly rubric: { readonly predictor: Predictor; readonly rows: JudgedRows } | null
}

export type PreparedMatrices = JudgedRows &
  Readonly<Record<'learning' | 'known' | keyof ReferenceRows['rows'], Matrix>>

/** Throws `too_little_data` when there is too little to learn from or to test on. */
export async function prepareRows(
  all: RecordSource,
  asked: Definition,
  options: PreparationOptions,
  stages: Stages,
): Promise<PreparedRows> {
  const { cutoff, report } = options
  await stages.begin('finding rows')
  // A refit holds all of its rows beside those of the fit before it.
  const most = options.mostLandmarks ?? (asked.refit ? MOST_LANDMARKS / 2 : MOST_LANDMARKS)
  const segment = segmentNamed(asked, options.segment ?? '')
  const collected = await collectRows(all, asked, cutoff, { limit: { most, seed: asked.seed }, segment })
  const records = recordsOf(collected, all)
  const divided = divideRows(collected, cutoff, segment ? 'the model for everyone' : undefined)
  const { split, parts, learning, known } = divided
  const latest = chooseReferenceRows(collected, asked, split.parts.test.startsAt, cutoff)

  await stages.begin('fitting vocabularies')
  const unfitted = defineRegistry(asked)
  const history = {
    knownUntil: split.parts.test.startsAt,
    learnsFrom: (group: number) => split.partOfGroup.get(group) !== 'test',
  }
  const [sets, vocabularies, evidence, decisions] = await readTogether(
    records,
    (shared) => evaluationSets(shared, asked, parts.test, split, asked.seed, segment),
    (shared) => fitVocabularies(shared, unfitted, parts.fit),
    (shared) =>
      readEvidence(shared, asked, { cutoff, rows: collected.rows, learning: known, test: parts.test }),
    (shared) => countDecisions(shared, asked, history),
  )

  await stages.begin('learning half-lives')
  const before = { ...history, vocabularies, decisions }
  const { definition, halfLives } = await learnHalfLives(records, asked, { ...options, ...before })

  await stages.begin('computing rows')
  const registry = fitRegistry(defineRegistry(definition), vocabularies)
  const judged = { calibrate: parts.calibrate, ...sets }
  const [built, rubric] = await readTogether(
    records,
    (shared) => buildMatrices(shared, registry, { known, ...sets, ...latest.rows }, report),
    async (shared) => (options.rubric ? rubricRows(options.rubric, shared, judged) : null),
  )
  const calibrateAt = learning.length
  const rows = {
    ...built,
    learning: rowsBetween(built.known, 0, calibrateAt),
    calibrate: rowsBetween(built.known, calibrateAt, calibrateAt + parts.calibrate.length),
  }
  return {
    ...divided,
    definition,
    registry,
    segment,
    unfitted,
    collected,
    records,
    sets,
    evidence,
    halfLives,
    latest,
    rows,
    rubric,
  }
}

/** The rubric looks at columns of its own, so it has rows of its own. */
async function rubricRows(
  artifact: Artifact,
  records: RecordSource,
  sets: EvaluationSets & { readonly calibrate: readonly Row[] },
): Promise<{ predictor: Predictor; rows: JudgedRows }> {
  const { registry, predictor } = loadRubric(artifact)
  return { predictor, rows: await buildMatrices(records, registry, sets) }
}
