/** The report that defends a model, put together from what each step of its training found. */
import { segmentText } from '../src/features/segments.ts'
import { formatTime } from '../src/glossary.ts'
import type { LearnedFrom } from './assemble-artifact.ts'
import { countRows } from './count-rows.ts'
import { type DividedRows, outcomesUsed } from './divide-rows.ts'
import type { JudgedModel } from './judge-model.ts'
import type { LearnedModel } from './learn-model.ts'
import type { CoefficientReport } from './logistic/coefficients.ts'
import type { PreparedRows } from './prepare-rows.ts'
import type { PartReport, TrainingReport } from './report/model-report.ts'
import type { ReferenceReport } from './report/reference-report.ts'
import type { StageReport } from './report/stages-report.ts'
import type { Row } from './rows.ts'
import { PART_NAMES, type PartName, type Split } from './split.ts'

/** Odds ratios that a report lists. */
const LISTED_ODDS_RATIOS = 20

/** What the steps of a training run have found; the report is made of nothing else. */
export type ModelFindings = DividedRows &
  Pick<PreparedRows, 'collected' | 'halfLives'> &
  Pick<LearnedModel, 'searched' | 'choice' | 'learned' | 'calibrated'> &
  Omit<JudgedModel, 'judged' | 'referenceOf'> & {
    readonly reference: ReferenceReport
    readonly stages: readonly StageReport[] | null
  }

export function assembleReport(
  { definition, registry, segment, cutoff }: LearnedFrom,
  found: ModelFindings,
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
    ...(segment ? { segment: { name: segment.name, who: segmentText(segment) } } : {}),
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
    learned_from: countRows(known),
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
    ...countRows(rows),
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
