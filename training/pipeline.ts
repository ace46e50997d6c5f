/**
 * Training, told as a recipe. Which learner, and how it learns (the strength of a penalty, the number of trees), is chosen on the
 * validation part, by models that learned from the fit part. With that choice a model is fitted on everything that was known when the
 * calibration part begins, and calibrated there. What is kept is fitted in the same way on everything that was known when the test
 * part begins, calibrated like the one before it, and judged on the test part: each step knows only what came before it. Only how
 * long events count, some twenty numbers, is learned once for both.
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
import { auditModel } from './audit/audit-model.ts'
import { readEvidence } from './audit/read-evidence.ts'
import { type JudgedRows, type LearnedBeside, predictBaselines } from './baselines.ts'
import { calibrateModel } from './calibration/calibrate-model.ts'
import type { CalibrationFit } from './calibration/choose.ts'
import { keepLevel } from './calibration/keep-level.ts'
import { describeCurves } from './curves/describe-curves.ts'
import { divideRows, outcomesUsed } from './divide-rows.ts'
import { describeEffects } from './effects/describe-effects.ts'
import { DEFAULT_BANDS, evaluateModel, type ScoreBand } from './evaluation.ts'
import { type EvaluationSetName, type EvaluationSets, evaluationSets, mapSets } from './evaluation-sets.ts'
import type { Champion } from './gate/champion.ts'
import { judgeChallenger } from './gate/judge-challenger.ts'
import { learnHalfLives } from './half-life/learn-half-lives.ts'
import { type JudgedRow, judgedRows } from './judged-rows.ts'
import { chooseLearner } from './learners/choose.ts'
import type { Chosen, LearnOptions } from './learners/learner.ts'
import { type Matrix, rowsBetween, selectRows } from './matrix.ts'
import { chooseReferenceRows, describeReference } from './monitor/describe-reference.ts'
import { rawScoresOf } from './predictions.ts'
import { readTogether } from './read-together.ts'
import { createRecordSource, type RecordSource } from './record-source.ts'
import type { TrainingReport } from './report/model-report.ts'
import { buildMatrices, collectRows, type Row, recordsOf } from './rows.ts'
import { searchDefinition } from './search/search-in-time.ts'
import type { SearchRequest } from './search/stop.ts'
import { createStages } from './stages.ts'
import { fitVocabularies } from './vocabularies.ts'

/**
 * Some 800,000 rows to learn from and 300,000 to calibrate and judge on: with a hundred columns and more they fit in 4 GB of memory,
 * and so does what learns from them.
 */
const MOST_LANDMARKS = 2_000_000

export interface TrainingOptions {
  /** What training may know: everything before it. */
  readonly cutoff: Milliseconds
  /** Default: the definition's. */
  readonly seed?: number
  /** A baseline, where there is one. */
  readonly rubric?: Artifact
  /** What serves now: the gate compares with it, or else with the rubric. */
  readonly champion?: Champion | null
  /** Of the policy, for conversion by band. */
  readonly bands?: readonly ScoreBand[]
  /** Several models can share what one has read. */
  readonly records?: RecordSource
  /** Settings of boosting are searched for, and what is found takes the place of the definition's. */
  readonly search?: SearchRequest
  /** That train; default 1. The artifact is the same whatever the number. */
  readonly threads?: number
  /** Landmarks that are looked at; of more, a sample of the accounts. Default: MOST_LANDMARKS, and half of them for a refit. */
  readonly mostLandmarks?: number
  /** A clock, for the time of each stage in the report. What is learned does not depend on it. */
  readonly now?: () => Milliseconds
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
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
  const { cutoff, report } = options
  const asked = { ...given, seed: options.seed ?? given.seed }
  requireLearnable(asked)
  const all = options.records ?? createRecordSource(pool, options)
  const stages = createStages(options)

  await stages.begin('finding rows')
  // A refit holds all of its rows beside those of the fit before it.
  const most = options.mostLandmarks ?? (asked.refit ? MOST_LANDMARKS / 2 : MOST_LANDMARKS)
  const collected = await collectRows(all, asked, cutoff, { limit: { most, seed: asked.seed } })
  const records = recordsOf(collected, all)
  const { split, parts, learning, known } = divideRows(collected, cutoff)
  const latest = chooseReferenceRows(collected, asked, split.parts.test.startsAt, cutoff)

  await stages.begin('fitting vocabularies')
  const unfitted = defineRegistry(asked)
  const [sets, vocabularies, evidence] = await readTogether(
    records,
    (shared) => evaluationSets(shared, asked, parts.test, split, asked.seed),
    (shared) => fitVocabularies(shared, unfitted, parts.fit),
    (shared) =>
      readEvidence(shared, asked, { cutoff, rows: collected.rows, learning: known, test: parts.test }),
  )

  await stages.begin('learning half-lives')
  const before = { vocabularies, known, knownUntil: split.parts.test.startsAt }
  const { definition: decaying, halfLives } = await learnHalfLives(records, asked, { ...options, ...before })

  await stages.begin('computing rows')
  const registry = fitRegistry(defineRegistry(decaying), vocabularies)
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

  await stages.begin('choosing how to learn')
  const { definition, searched } = await searchDefinition(decaying, rows.learning, learning, options)
  const from = { definition, registry, cutoff }
  const choice = await chooseLearner(
    { learner: definition.learner, boosting: definition.boosting ?? {}, seed: definition.seed },
    subsetOf(rows.learning, learning, parts.fit),
    subsetOf(rows.learning, learning, parts.validate),
    options,
  )
  await stages.begin('learning')
  const rehearsed = await choice.chosen.learn(rows.learning, { ...options, describe: false })
  const rehearsedFit = calibrateModel(rehearsed.parts, rows.calibrate, definition.seed)
  const learned = await choice.chosen.learn(rows.known, options)
  const calibrated = keepLevel(rehearsedFit, learned.parts, rows.calibrate)
  const beside = choice.beside ? await learnBeside(choice.beside, rows, options) : null
  const artifact = assembleArtifact(from, learned.parts, known, calibrated)

  await stages.begin('judging on the test part')
  const predictor = createPredictor(artifact)
  const scores = mapSets((set) => rawScoresOf(predictor, rows[set]))
  const probabilities = mapSets((set) => scores[set].map((score) => predictor.probability(score)))
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
  const effects = describeEffects(predictor, rows.known, learned.gain)
  const curves = describeCurves({ predictor, sets, rows, probabilities, baselines })

  await stages.begin('looking for leaks')
  const audit = auditModel({ registry: unfitted, matrix: rows.known, learning: known, evidence })

  await stages.begin('asking the gate')
  const gate = await judgeChallenger(records, options.champion ?? null, {
    definition,
    cutoff,
    collected,
    learning,
    parts,
    matrix: rows.all_landmarks,
    predictor,
    probabilities: probabilities.all_landmarks,
    baselines,
    metrics: evaluation[0]!.metrics,
    bands,
    audit,
    outcomes: outcomesUsed({ known, parts }),
  })

  if (definition.refit) await stages.begin('learning from all rows')
  const everything = collected.rows.filter((row) => row.usable)
  const final = definition.refit
    ? await refit(from, choice.chosen, calibrated, records, everything, options)
    : artifact
  const reference = describeReference(latest, rows, createPredictor(final), asked, bands, {
    probabilities: probabilities.all_landmarks,
    matrix: rows.all_landmarks,
    base: predictor.base,
  })
  return {
    artifactBody: canonicalJson(final),
    artifact: final,
    report: assembleReport(from, {
      collected,
      split,
      parts,
      learning,
      known,
      searched,
      choice,
      learned,
      calibrated,
      evaluation,
      effects,
      curves,
      audit,
      gate,
      reference,
      halfLives,
      stages: stages.end(),
    }),
    judged: mapSets((set) => judgedRows(predictor, sets[set], scores[set])),
  }
}

/** The learner that was not chosen, calibrated and learned like the one that was. */
async function learnBeside(
  beside: Chosen,
  rows: Readonly<Record<'learning' | 'known', Matrix>>,
  options: LearnOptions,
): Promise<LearnedBeside> {
  const running = { ...options, describe: false }
  const rehearsed = await beside.learn(rows.learning, running)
  const learned = await beside.learn(rows.known, running)
  return { rehearsed: rehearsed.parts, parts: learned.parts }
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
  calibrated: CalibrationFit,
  records: RecordSource,
  everything: readonly Row[],
  running: LearnOptions,
): Promise<TrainedArtifact> {
  const rows = await buildMatrices(records, from.registry, { everything })
  const again = await chosen.learn(rows.everything, { ...running, describe: false })
  return assembleArtifact(from, again.parts, everything, calibrated)
}

/** The rows of a part out of the rows that hold it. */
function subsetOf(matrix: Matrix, rows: readonly Row[], part: readonly Row[]): Matrix {
  const wanted = new Set(part)
  return selectRows(
    matrix,
    rows.flatMap((row, index) => (wanted.has(row) ? [index] : [])),
  )
}

/** What a definition may say and this version does not learn yet is refused by name, not passed over. */
export function requireLearnable({ name, entity }: Definition): void {
  if (entity === 'lead') return
  const message = `${name}: "entity: ${entity}" cannot be trained by this version. Allowed: lead.`
  throw new WonlostError('definition_invalid', message, { field: 'entity' })
}
