/**
 * The level of a model moved to what has come true since, and nothing else: its intercept by maximum likelihood. Base, probabilities and
 * intervals move together in log-odds, so raw points, which count from the base, stay.
 */
import { WonlostError } from '../../src/errors.ts'
import { formatTime, type Milliseconds, type ReportProgress } from '../../src/glossary.ts'
import type { Artifact, RubricArtifact } from '../../src/model/artifact.ts'
import { createCalibrator, shiftCalibration } from '../../src/model/calibration.ts'
import { shiftIntervals } from '../../src/model/interval.ts'
import type { LoadedModel } from '../../src/scoring/load-model.ts'
import { interceptShift } from '../../src/statistics/intercept-shift.ts'
import { sigmoid } from '../../src/statistics/log-odds.ts'
import { countOutcomes, LEAST_TO_TRAIN } from '../enough-data.ts'
import { judgeRecalibration } from '../gate/judge-recalibration.ts'
import { lossesOf, meanOf } from '../learners/compare.ts'
import { countPositives } from '../matrix.ts'
import { rawScoresOf } from '../predictions.ts'
import { type RecordSource, recordsOfEntity } from '../record-source.ts'
import type { RecalibrationReport } from '../report/recalibration-report.ts'
import { buildMatrices, collectRows } from '../rows.ts'
import { segmentNamed } from '../segment.ts'

type CalibratedArtifact = Exclude<Artifact, RubricArtifact>

export interface Recalibrated {
  readonly artifact: CalibratedArtifact
  readonly report: RecalibrationReport
}

/**
 * From the rows whose outcome became known after `since` and by `cutoff`. A row counts once its horizon has elapsed, whatever
 * happened sooner. Throws `too_little_data` where fewer subjects than a model needs reached the target, or did not, and
 * `model_unsupported` for a rubric.
 */
export async function recalibrate(
  all: RecordSource,
  { artifact, predictor, registry, version }: LoadedModel,
  options: {
    readonly since: Milliseconds
    /** The model has learned from no outcome that became known after this (gate/champion.ts). */
    readonly learnedUntil: Milliseconds
    readonly cutoff: Milliseconds
    readonly report?: ReportProgress
  },
): Promise<Recalibrated> {
  const { since, learnedUntil, cutoff, report } = options
  if (artifact.kind === 'rubric') {
    const message = `${artifact.name} is a rubric: it has points and no probability to move. Allowed: a trained or imported model.`
    throw new WonlostError('model_unsupported', message)
  }
  const records = recordsOfEntity(all, registry.definition)
  const segment = segmentNamed(registry.definition, artifact.segment)
  const collected = await collectRows(records, registry.definition, cutoff, { segment })
  const rows = collected.rows.filter((row) => row.usable && row.labelKnownAt > since)
  const { reached, notReached } = countOutcomes(rows)
  if (reached < LEAST_TO_TRAIN || notReached < LEAST_TO_TRAIN) {
    const message = `To recalibrate ${artifact.name}, ${LEAST_TO_TRAIN} subjects that reached the target and ${LEAST_TO_TRAIN} that did not are needed, whose outcome became known after ${formatTime(since)} and by ${formatTime(cutoff)}; there are ${reached} and ${notReached}. Wait, or give an earlier --since.`
    throw new WonlostError('too_little_data', message)
  }
  const { matrix } = await buildMatrices(records, registry, { matrix: rows }, report)
  const { labels, groups } = matrix
  const { logOdds } = createCalibrator(artifact.calibration)
  const before = rawScoresOf(predictor, matrix).map(logOdds)
  const { shift, standardError } = interceptShift(before, labels, groups)
  const after = before.map((value) => value + shift)
  return {
    artifact: {
      ...artifact,
      calibration: shiftCalibration(artifact.calibration, shift),
      ...(artifact.intervals ? { intervals: shiftIntervals(artifact.intervals, shift) } : {}),
      training: { ...artifact.training, cutoff: formatTime(cutoff) },
    },
    report: {
      format: 'wonlost.recalibration_report',
      format_version: 1,
      model: artifact.name,
      from_version: version,
      since: formatTime(since),
      cutoff: formatTime(cutoff),
      rows: rows.length,
      positives: countPositives(labels),
      accounts: new Set(groups).size,
      subjects: { reached, not_reached: notReached },
      shift: {
        log_odds: shift,
        interval:
          standardError === null ? null : [shift - 1.96 * standardError, shift + 1.96 * standardError],
      },
      mean_probability: { before: meanOf(before.map(sigmoid)), after: meanOf(after.map(sigmoid)) },
      log_loss: { before: meanOf(lossesOf(before, labels)), after: meanOf(lossesOf(after, labels)) },
      gate: judgeRecalibration(
        version,
        { since, learnedUntil, logOdds: before, labels, groups, outcomes: { reached, notReached } },
        artifact.training.seed,
      ),
    },
  }
}
