/** The training report that a version stands on: its own, or, of one that was recalibrated, that of the version it was made from. */
import { logit, sigmoid } from '../../src/model/link.ts'
import { isTrainingReport, type TrainingReport } from '../report/model-report.ts'
import type { RecalibrationReport } from '../report/recalibration-report.ts'
import type { ReferenceReport } from '../report/reference-report.ts'

/**
 * null for one that no training here stands behind. A recalibration moves every probability by the same log-odds: the bins of
 * the score move along, and what came on the test part says no longer what was said there.
 */
export function trainingBehind(
  report: unknown,
  reportOf: (version: number) => unknown,
): TrainingReport | null {
  if (isTrainingReport(report)) return report
  if (!isRecalibration(report)) return null
  const before = trainingBehind(reportOf(report.from_version), reportOf)
  if (!before?.reference) return before
  return { ...before, reference: moved(before.reference, report.shift.log_odds) }
}

function moved(reference: ReferenceReport, shift: number): ReferenceReport {
  return {
    ...reference,
    all: { ...reference.all, rows: 0, positives: 0, expected: 0, standard_error: 0 },
    bands: [],
    sets: reference.sets.map((set) => {
      const { bins } = set.score
      if (bins.kind !== 'numbers') return set
      const edges = bins.edges.map((edge) => sigmoid(logit(edge) + shift))
      return { ...set, score: { ...set.score, bins: { kind: 'numbers', edges } } }
    }),
  }
}

function isRecalibration(report: unknown): report is RecalibrationReport {
  return (
    typeof report === 'object' &&
    report !== null &&
    'format' in report &&
    report.format === 'wonlost.recalibration_report'
  )
}
