/** What a model that was just learned is worth: its figures on the test part, what it looks at, whether it knows too much, and the gate. */
import type { Milliseconds } from '../src/glossary.ts'
import { createPredictor } from '../src/model/predict.ts'
import type { TrainedArtifact } from './assemble-artifact.ts'
import { auditModel } from './audit/audit-model.ts'
import { predictBaselines } from './baselines.ts'
import { describeCurves } from './curves/describe-curves.ts'
import { outcomesUsed } from './divide-rows.ts'
import { describeEffects } from './effects/describe-effects.ts'
import { DEFAULT_BANDS, evaluateModel, type ScoreBand } from './evaluation.ts'
import { type EvaluationSetName, mapSets } from './evaluation-sets.ts'
import type { Champion, OtherChampion } from './gate/champion.ts'
import { judgeChallenger } from './gate/judge-challenger.ts'
import { type JudgedRow, judgedRows } from './judged-rows.ts'
import type { LearnedModel } from './learn-model.ts'
import { describeReference } from './monitor/describe-reference.ts'
import { rawScoresOf } from './predictions.ts'
import type { PreparedRows } from './prepare-rows.ts'
import type { AuditReport } from './report/audit-report.ts'
import type { CurvesReport } from './report/curves-report.ts'
import type { EffectsReport } from './report/effects-report.ts'
import type { GateReport } from './report/gate-report.ts'
import type { EvaluationReport } from './report/model-report.ts'
import type { ReferenceReport } from './report/reference-report.ts'
import type { Stages } from './stages.ts'

export interface JudgingOptions {
  readonly cutoff: Milliseconds
  /** What serves now: the gate compares with it, or else with the rubric. */
  readonly champion?: Champion | null
  /** Of a segment: what scores its leads without it. */
  readonly otherChampions?: readonly OtherChampion[]
  /** Of the policy, for conversion by band. */
  readonly bands?: readonly ScoreBand[]
}

export interface JudgedModel {
  readonly evaluation: readonly EvaluationReport[]
  readonly effects: EffectsReport
  readonly curves: CurvesReport
  readonly audit: AuditReport
  readonly gate: GateReport
  /** Of the test part, for whoever knows the truth. */
  readonly judged: Readonly<Record<EvaluationSetName, readonly JudgedRow[]>>
  /** What the monitor compares with, once `final` serves: the model as it is, or as it was refitted. */
  referenceOf(final: TrainedArtifact): ReferenceReport
}

export async function judgeModel(
  prepared: PreparedRows,
  { learned, beside, definition }: LearnedModel,
  artifact: TrainedArtifact,
  options: JudgingOptions,
  stages: Stages,
): Promise<JudgedModel> {
  const { collected, learning, known, parts, records, rows, rubric, sets, unfitted, evidence } = prepared
  const bands = options.bands ?? DEFAULT_BANDS
  await stages.begin('judging on the test part')
  const predictor = createPredictor(artifact)
  const scores = mapSets((set) => rawScoresOf(predictor, rows[set]))
  const probabilities = mapSets((set) => scores[set].map((score) => predictor.probability(score)))
  const baselines = predictBaselines(rows, rubric, beside)
  const { seed } = definition
  const evaluation = evaluateModel({ rows, predictor, probabilities, baselines, bands, seed })
  const effects = describeEffects(predictor, rows.known, learned.gain)
  const curves = describeCurves({ predictor, sets, rows, probabilities, baselines })

  await stages.begin('looking for leaks')
  const audit = auditModel({ registry: unfitted, matrix: rows.known, learning: known, evidence })

  await stages.begin('asking the gate')
  const serving = { champion: options.champion ?? null, without: options.otherChampions ?? [] }
  const gate = await judgeChallenger(records, serving, {
    definition,
    segment: prepared.segment,
    cutoff: options.cutoff,
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
    outcomes: outcomesUsed(prepared),
  })
  return {
    evaluation,
    effects,
    curves,
    audit,
    gate,
    judged: mapSets((set) => judgedRows(predictor, sets[set], scores[set])),
    referenceOf: (final) =>
      describeReference(prepared.latest, rows, createPredictor(final), definition, bands, {
        probabilities: probabilities.all_landmarks,
        matrix: rows.all_landmarks,
        base: predictor.base,
      }),
  }
}
