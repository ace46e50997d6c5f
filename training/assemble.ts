/** What training made, put together: the artifact that serves and the report that defends it. */
import type { Definition } from '../src/features/definition.ts'
import { definitionToPlain } from '../src/features/definition.ts'
import type { FittedRegistry } from '../src/features/registry.ts'
import { formatTime, type Milliseconds } from '../src/glossary.ts'
import type { BoostingArtifact, LogisticArtifact } from '../src/model/artifact.ts'
import type { CalibrationFit } from './calibration/choose.ts'
import { type DividedRows, outcomesUsed } from './divide-rows.ts'
import type { LearnerChoice } from './learners/choose.ts'
import type { Learned, ModelParts } from './learners/learner.ts'
import { artifactColumns } from './learners/predictor.ts'
import type { CoefficientReport } from './logistic/coefficients.ts'
import type { AuditReport } from './report/audit-report.ts'
import type { CurvesReport } from './report/curves-report.ts'
import type { EffectsReport } from './report/effects-report.ts'
import type { GateReport } from './report/gate-report.ts'
import type { HalfLifeReport } from './report/half-life-report.ts'
import type { EvaluationReport, PartReport, TrainingReport } from './report/model-report.ts'
import type { ReferenceReport } from './report/reference-report.ts'
import type { SearchReport } from './report/search-report.ts'
import type { StageReport } from './report/stages-report.ts'
import type { CollectedRows, Row } from './rows.ts'
import { PART_NAMES, type PartName, type Split } from './split.ts'

export type TrainedArtifact = LogisticArtifact | BoostingArtifact

/** Odds ratios that a report lists. */
const LISTED_ODDS_RATIOS = 20

export interface LearnedFrom {
  readonly definition: Definition
  readonly registry: FittedRegistry
  readonly cutoff: Milliseconds
}

/** `rows`: those that the parts were fitted on; base and contributions are against their average. */
export function assembleArtifact(
  { definition, registry, cutoff }: LearnedFrom,
  parts: ModelParts,
  rows: readonly Row[],
  { calibration, intervals }: Pick<CalibrationFit, 'calibration' | 'intervals'>,
): TrainedArtifact {
  return {
    format: 'wonlost.artifact',
    format_version: 1,
    name: definition.name,
    segment: '',
    definition: definitionToPlain(definition),
    vocabularies: Object.fromEntries(
      Object.entries(registry.vocabularies).map(([feature, values]) => [feature, [...values]]),
    ),
    columns: artifactColumns(registry.columns),
    fingerprint: registry.fingerprint,
    ...parts,
    calibration,
    intervals,
    training: {
      rows: rows.length,
      positives: countPositiveRows(rows),
      subjects: countSubjects(rows),
      seed: definition.seed,
      cutoff: formatTime(cutoff),
    },
  }
}

export function assembleReport(
  { definition, registry, cutoff }: LearnedFrom,
  found: DividedRows & {
    readonly collected: CollectedRows
    readonly searched: SearchReport | null
    readonly choice: LearnerChoice
    readonly learned: Learned
    readonly calibrated: CalibrationFit
    readonly evaluation: readonly EvaluationReport[]
    readonly effects: EffectsReport
    readonly audit: AuditReport
    readonly gate: GateReport
    readonly reference: ReferenceReport
    readonly curves: CurvesReport
    readonly halfLives: HalfLifeReport | null
    readonly stages: readonly StageReport[] | null
  },
): TrainingReport {
  const {
    collected,
    split,
    parts,
    known,
    searched,
    choice,
    learned,
    calibrated,
    evaluation,
    effects,
    stages,
  } = found
  const { reached, notReached } = outcomesUsed(found)
  return {
    format: 'wonlost.training_report',
    format_version: 1,
    model: definition.name,
    description: definition.description,
    population: definition.population,
    pipeline: definition.pipeline,
    target: definition.target,
    horizon_days: definition.horizonDays,
    cutoff: formatTime(cutoff),
    seed: definition.seed,
    landmarks: collected.landmarks,
    left_out: { label_crosses_boundary: split.crossing, account_on_other_side: split.otherSide },
    parts: PART_NAMES.map((name) => partReport(split, name, parts[name])),
    learned_from: {
      rows: known.length,
      positives: countPositiveRows(known),
      subjects: countSubjects(known),
      accounts: countAccounts(known),
    },
    subjects: { reached, not_reached: notReached },
    columns: registry.columns.length,
    calibration: calibrated.calibration,
    not_calibrated_because: calibrated.identity_because,
    calibration_choice: calibrated.report,
    refit: definition.refit,
    evaluation,
    effects,
    curves: found.curves,
    ...(found.halfLives ? { half_lives: found.halfLives } : {}),
    ...(learned.report.kind === 'logistic'
      ? { ...learned.report, odds_ratios: surest(learned.report.odds_ratios) }
      : learned.report),
    ...(choice.report ? { learner_choice: choice.report } : {}),
    ...(searched ? { search: searched } : {}),
    audit: found.audit,
    gate: found.gate,
    reference: found.reference,
    ...(collected.sampled ? { sampled: collected.sampled } : {}),
    ...(stages ? { stages } : {}),
  }
}

function partReport(split: Split, name: PartName, rows: readonly Row[]): PartReport {
  const { startsAt, endsAt } = split.parts[name]
  return {
    name,
    from: formatTime(startsAt),
    until: formatTime(endsAt),
    rows: rows.length,
    positives: countPositiveRows(rows),
    subjects: countSubjects(rows),
    accounts: countAccounts(rows),
  }
}

/**
 * The largest effects that are sure: by how far the 95 % interval of the log-odds stays away from 0, then by name. By
 * evidence alone, effects of a thousandth would come first wherever the penalty leaves no room for doubt.
 */
function surest(coefficients: readonly CoefficientReport[]): CoefficientReport[] {
  const distance = ({ log_odds: logOdds, standard_error: error }: CoefficientReport): number =>
    error === null ? 0 : Math.max(0, Math.abs(logOdds) - 1.96 * error)
  const name = ({ column, category, missing }: CoefficientReport): string =>
    `${column} ${category ?? ''} ${missing}`
  return [...coefficients]
    .sort((a, b) => distance(b) - distance(a) || (name(a) < name(b) ? -1 : 1))
    .slice(0, LISTED_ODDS_RATIOS)
}

function countPositiveRows(rows: readonly Row[]): number {
  return rows.reduce((count, row) => count + row.label, 0)
}

function countAccounts(rows: readonly Row[]): number {
  return new Set(rows.map((row) => row.group)).size
}

function countSubjects(rows: readonly Row[]): number {
  return new Set(rows.map((row) => row.dealId ?? row.leadId)).size
}
