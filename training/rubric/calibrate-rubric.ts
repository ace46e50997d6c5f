/**
 * Probabilities for the points of a rubric: Platt's line through the outcomes, points -> log-odds. The card has learned nothing from
 * them, so all rows are witnesses, in whatever order they came; of a card whose points were derived from outcomes, the rows after those.
 */
import type { Milliseconds, ReportProgress } from '../../src/glossary.ts'
import { formatTime, parseTime } from '../../src/glossary.ts'
import type { RubricArtifact } from '../../src/model/artifact.ts'
import { createPredictor } from '../../src/model/predict.ts'
import { loadRubric } from '../../src/scoring/load-model.ts'
import { auc } from '../../src/statistics/auc.ts'
import { learnIntervals } from '../calibration/intervals.ts'
import { fitPlatt } from '../calibration/platt.ts'
import { countRows } from '../count-rows.ts'
import { countOutcomes, LEAST_TO_TRAIN, type OutcomeCounts } from '../enough-data.ts'
import { compareLosses, type LossComparison } from '../gate/compare-losses.ts'
import { countPositives } from '../matrix.ts'
import { rawScoresOf } from '../predictions.ts'
import type { RecordSource } from '../record-source.ts'
import type { RubricReport } from '../report/rubric-report.ts'
import { buildMatrices, type CollectedRows, type Row, recordsOf } from '../rows.ts'

type CalibratedRubric =
  | { readonly artifact: RubricArtifact; readonly report: RubricReport }
  /** Why it has no probability: a sentence. */
  | { readonly because: string }

/** The landmarks that say what the points are worth. */
export function witnesses(
  { rows }: Pick<CollectedRows, 'rows'>,
  { learned_until: until }: RubricArtifact,
): Row[] {
  const usable = rows.filter((row) => row.usable)
  if (until === undefined) return usable
  const startsAt = parseTime(until)
  const learned = new Set(rows.filter(({ asOf }) => asOf < startsAt).map(({ group }) => group))
  return usable.filter(({ asOf, group }) => asOf >= startsAt && !learned.has(group))
}

/** @param collected Landmarks of the definition of the rubric, read from `records`. */
export async function calibrateRubric(
  records: RecordSource,
  collected: CollectedRows,
  rubric: RubricArtifact,
  options: { readonly cutoff: Milliseconds; readonly seed: number; readonly report?: ReportProgress },
): Promise<CalibratedRubric> {
  const { cutoff, seed, report } = options
  const rows = witnesses(collected, rubric)
  const outcomes = countOutcomes(rows)
  if (Math.min(outcomes.reached, outcomes.notReached) < LEAST_TO_TRAIN)
    return { because: tooFew(outcomes, rubric) }
  const { registry, predictor } = loadRubric(rubric)
  const { matrix } = await buildMatrices(recordsOf(collected, records), registry, { matrix: rows }, report)
  const { labels, groups } = matrix
  const points = rawScoresOf(predictor, matrix)
  const { calibration, identity_because: because } = fitPlatt(points, labels)
  if (calibration.kind !== 'affine')
    return { because: `The points do not tell who gets there: ${because ?? 'there is no line'}.` }
  const { accounts, ...counted } = countRows(rows)
  const artifact: RubricArtifact = {
    ...rubric,
    calibration,
    intervals: learnIntervals(points, labels, groups, seed),
    training: { ...counted, seed, cutoff: formatTime(cutoff) },
  }
  const calibrated = createPredictor(artifact)
  const probabilities = points.map((each) => calibrated.probability(each))
  const rate = countPositives(labels) / labels.length
  return {
    artifact,
    report: {
      format: 'wonlost.rubric_report',
      format_version: 1,
      model: rubric.name,
      cutoff: formatTime(cutoff),
      learned_until: rubric.learned_until ?? null,
      rows: counted.rows,
      positives: counted.positives,
      accounts,
      subjects: { reached: outcomes.reached, not_reached: outcomes.notReached },
      points_for_double_odds: Math.LN2 / calibration.slope,
      auc: auc(points, labels),
      log_loss: told(compareLosses(probabilities, new Float64Array(labels.length).fill(rate), matrix, seed)),
    },
  }
}

function told({ own, other, difference, interval }: LossComparison): RubricReport['log_loss'] {
  return { rubric: own, base_rate: other, difference, interval }
}

function tooFew({ reached, notReached }: OutcomeCounts, { learned_until: until }: RubricArtifact): string {
  const where = until === undefined ? '' : ` since ${until}, up to when its points were derived from outcomes`
  return `Points become probabilities from ${LEAST_TO_TRAIN} subjects that reached the target and ${LEAST_TO_TRAIN} that did not; there are ${reached} and ${notReached}${where}.`
}
