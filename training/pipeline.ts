/**
 * Training, told as a recipe: rows of numbers from a history, a model from the rows, what it is worth, and what is kept of it. What a
 * step may know is said where it is done: prepare-rows.ts, learn-model.ts, judge-model.ts.
 */
import type pg from 'pg'
import type { Definition } from '../src/features/definition.ts'
import type { Milliseconds } from '../src/glossary.ts'
import { canonicalJson } from '../src/model/canonical.ts'
import { assembleArtifact, type LearnedFrom, type TrainedArtifact } from './assemble-artifact.ts'
import { assembleReport } from './assemble-report.ts'
import type { EvaluationSetName } from './evaluation-sets.ts'
import { type JudgingOptions, judgeModel } from './judge-model.ts'
import type { JudgedRow } from './judged-rows.ts'
import { type LearnedModel, type LearningOptions, learnModel } from './learn-model.ts'
import { type PreparationOptions, type PreparedRows, prepareRows } from './prepare-rows.ts'
import { createRecordSource, type RecordSource, recordsOfEntity } from './record-source.ts'
import type { TrainingReport } from './report/model-report.ts'
import { buildMatrices } from './rows.ts'
import { createStages } from './stages.ts'

export interface TrainingOptions extends PreparationOptions, LearningOptions, JudgingOptions {
  /** Default: the definition's. */
  readonly seed?: number
  /** Several models can share what one has read. */
  readonly records?: RecordSource
  /** A clock, for the time of each stage in the report. What is learned does not depend on it. */
  readonly now?: () => Milliseconds
}

export interface TrainedModel {
  /** Canonical JSON: what the hash is of, and what the database keeps. */
  readonly artifactBody: string
  readonly artifact: TrainedArtifact
  readonly report: TrainingReport
  /** Of the test part, for whoever knows the truth. */
  readonly judged: Readonly<Record<EvaluationSetName, readonly JudgedRow[]>>
}

/**
 * The same facts, definition and options give the same artifact, byte for byte. Writes nothing.
 * Throws `too_little_data` when there is too little to learn from or to test on, and the reason of `signal` when it was aborted.
 */
export async function trainModel(
  pool: pg.Pool,
  given: Definition,
  options: TrainingOptions,
): Promise<TrainedModel> {
  const asked = { ...given, seed: options.seed ?? given.seed }
  const records = recordsOfEntity(options.records ?? createRecordSource(pool, options), asked)
  const stages = createStages(options)

  const prepared = await prepareRows(records, asked, options, stages)
  const learned = await learnModel(prepared, options, stages)
  const { registry, segment } = prepared
  const from = { definition: learned.definition, registry, segment, cutoff: options.cutoff }
  const artifact = assembleArtifact(from, learned.learned.parts, prepared.known, learned.calibrated)
  const { judged, referenceOf, ...judgement } = await judgeModel(prepared, learned, artifact, options, stages)

  if (from.definition.refit) await stages.begin('learning from all rows')
  const final = from.definition.refit ? await refit(from, prepared, learned, options) : artifact
  const found = { ...prepared, ...learned, ...judgement, reference: referenceOf(final), stages: stages.end() }
  return {
    artifactBody: canonicalJson(final),
    artifact: final,
    report: assembleReport(from, found),
    judged,
  }
}

/** Fitted once more on all usable rows, as chosen. The calibration stays: no rows are left that the new fit has not seen. */
async function refit(
  from: LearnedFrom,
  { collected, records }: PreparedRows,
  { choice, calibrated }: LearnedModel,
  options: LearningOptions,
): Promise<TrainedArtifact> {
  const everything = collected.rows.filter((row) => row.usable)
  const rows = await buildMatrices(records, from.registry, { everything })
  const again = await choice.chosen.learn(rows.everything, { ...options, describe: false })
  return assembleArtifact(from, again.parts, everything, calibrated)
}
