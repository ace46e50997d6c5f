/**
 * Training, told as a recipe. Which learner, and how it learns (the strength of a penalty, the number of trees), is chosen on the
 * validation part, by models that learned from the fit part. With that choice the model is fitted on everything that was known
 * when the calibration part begins, calibrated there, and judged on the test part: each step knows only what came before it.
 */
import type pg from 'pg'
import { WonlostError } from '../src/errors.ts'
import type { Definition } from '../src/features/definition.ts'
import { defineRegistry, fitRegistry } from '../src/features/registry.ts'
import type { Milliseconds, ReportProgress } from '../src/glossary.ts'
import type { Artifact } from '../src/model/artifact.ts'
import { canonicalJson } from '../src/model/canonical.ts'
import { createPredictor, type Predictor } from '../src/model/predict.ts'
import { loadRubric } from '../src/scoring/load-model.ts'
import { assembleArtifact, assembleReport, type LearnedFrom, type TrainedArtifact } from './assemble.ts'
import { type JudgedRows, predictBaselines } from './baselines.ts'
import { fitPlatt, type PlattFit } from './calibration/platt.ts'
import { checkpoint } from './checkpoint.ts'
import { divideRows } from './divide-rows.ts'
import { describeEffects } from './effects/describe-effects.ts'
import { DEFAULT_BANDS, evaluateModel, type ScoreBand } from './evaluation.ts'
import { type EvaluationSetName, type EvaluationSets, evaluationSets, mapSets } from './evaluation-sets.ts'
import { chooseLearner, scoresOf } from './learners/choose.ts'
import type { Chosen, LearnOptions } from './learners/learner.ts'
import { type Matrix, selectRows } from './matrix.ts'
import { probabilitiesOf } from './predictions.ts'
import { createRecordSource, type RecordSource } from './record-source.ts'
import type { TrainingReport } from './report/model-report.ts'
import { buildMatrices, collectRows, type Row } from './rows.ts'
import { searchDefinition } from './search/search-in-time.ts'
import type { SearchRequest } from './search/stop.ts'
import { fitVocabularies } from './vocabularies.ts'

export interface TrainingOptions {
  /** What training may know: everything before it. */
  readonly cutoff: Milliseconds
  /** Default: the definition's. */
  readonly seed?: number
  /** A baseline, where there is one. */
  readonly rubric?: Artifact
  /** Of the policy, for conversion by band. */
  readonly bands?: readonly ScoreBand[]
  /** Several models can share what one has read. */
  readonly records?: RecordSource
  /** Settings of boosting are searched for, and what is found takes the place of the definition's. */
  readonly search?: SearchRequest
  /** That train; default 1. The artifact is the same whatever the number. */
  readonly threads?: number
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

/** A row that the model was judged on. */
interface JudgedRow {
  readonly leadId: string
  /** Rows of one account have the same number. */
  readonly group: number
  readonly asOf: Milliseconds
  readonly label: 0 | 1
  readonly probability: number
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
 * Throws `too_little_data` when there is too little to learn from or to test on, `definition_invalid` for what cannot be
 * learned yet, and the reason of `signal` when it was aborted.
 */
export async function trainModel(
  pool: pg.Pool,
  given: Definition,
  options: TrainingOptions,
): Promise<TrainedModel> {
  const { cutoff, report, signal } = options
  const asked = { ...given, seed: options.seed ?? given.seed }
  requireLearnable(asked)
  const records = options.records ?? createRecordSource(pool, options)

  report?.('finding rows')
  const collected = await collectRows(records, asked, cutoff)
  const { split, parts, learning } = divideRows(collected, cutoff)
  const sets = await evaluationSets(records, asked, parts.test, split, asked.seed)

  report?.('fitting vocabularies')
  const unfitted = defineRegistry(asked)
  const registry = fitRegistry(unfitted, await fitVocabularies(records, unfitted, parts.fit))
  const { calibrate } = parts
  const rows = await buildMatrices(records, registry, { learning, calibrate, ...sets }, report)

  const { definition, searched } = await searchDefinition(asked, rows.learning, learning, options)
  const from = { definition, registry, cutoff }
  const choice = await chooseLearner(
    { learner: definition.learner, boosting: definition.boosting ?? {}, seed: definition.seed },
    subsetOf(rows.learning, learning, parts.fit),
    subsetOf(rows.learning, learning, parts.validate),
    options,
  )
  report?.('learning')
  await checkpoint(signal)
  const learned = await choice.chosen.learn(rows.learning, options)
  const beside = (await choice.beside?.learn(rows.learning, { ...options, describe: false })) ?? null
  const platt = fitPlatt(scoresOf(learned.parts, rows.calibrate), rows.calibrate.labels)
  const artifact = assembleArtifact(from, learned.parts, learning, platt.calibration)

  report?.('judging on the test part')
  await checkpoint(signal)
  const predictor = createPredictor(artifact)
  const probabilities = mapSets((set) => probabilitiesOf(predictor, rows[set]))
  const rubric = options.rubric ? await rubricRows(options.rubric, records, { calibrate, ...sets }) : null
  const baselines = predictBaselines(rows, rubric, beside)
  const bands = options.bands ?? DEFAULT_BANDS
  const evaluation = evaluateModel({
    rows,
    predictor,
    probabilities,
    baselines,
    bands,
    seed: definition.seed,
  })
  const effects = describeEffects(predictor, rows.learning, learned.gain)

  await checkpoint(signal)
  const everything = collected.rows.filter((row) => row.usable)
  const final = definition.refit
    ? await refit(from, choice.chosen, platt, records, everything, options)
    : artifact
  return {
    artifactBody: canonicalJson(final),
    artifact: final,
    report: assembleReport(from, {
      collected,
      split,
      parts,
      learning,
      searched,
      choice,
      learned,
      platt,
      evaluation,
      effects,
    }),
    judged: mapSets((set) => judgedRows(sets[set], probabilities[set])),
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

/** Fitted once more on all usable rows, as chosen. The calibration stays: no rows are left that the new fit has not seen. */
async function refit(
  from: LearnedFrom,
  chosen: Chosen,
  platt: PlattFit,
  records: RecordSource,
  everything: readonly Row[],
  running: LearnOptions,
): Promise<TrainedArtifact> {
  const rows = await buildMatrices(records, from.registry, { everything })
  const again = await chosen.learn(rows.everything, { ...running, describe: false })
  return assembleArtifact(from, again.parts, everything, platt.calibration)
}

/** The rows of a part out of the rows that hold it. */
function subsetOf(matrix: Matrix, rows: readonly Row[], part: readonly Row[]): Matrix {
  const wanted = new Set(part)
  return selectRows(
    matrix,
    rows.flatMap((row, index) => (wanted.has(row) ? [index] : [])),
  )
}

function judgedRows(rows: readonly Row[], probabilities: Float64Array): JudgedRow[] {
  return rows.map(({ leadId, group, asOf, label }, index) => ({
    leadId,
    group,
    asOf,
    label,
    probability: probabilities[index] ?? Number.NaN,
  }))
}

/** What a definition may say and this version does not learn yet is refused by name, not passed over. */
export function requireLearnable({ name, entity }: Definition): void {
  if (entity === 'lead') return
  const message = `${name}: "entity: ${entity}" cannot be trained by this version. Allowed: lead.`
  throw new WonlostError('definition_invalid', message, { field: 'entity' })
}
