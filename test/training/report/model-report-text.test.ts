import { describe, expect, it } from 'vitest'
import type { Metrics } from '../../../training/evaluate/metrics.ts'
import type { TrainingReport } from '../../../training/report/model-report.ts'
import { modelReportLines } from '../../../training/report/model-report-text.ts'

const nothing: Metrics = {
  rows: 0,
  positives: 0,
  base_rate: null,
  auc: null,
  auc_interval: null,
  average_precision: null,
  log_loss: null,
  brier: null,
  skill: null,
  calibration_slope: null,
  calibration_intercept: null,
  ece: null,
  lift_top_tenth: null,
}

function report(own: number | null, others: Partial<Record<'base_rate' | 'rubric', number>>) {
  const baselines = Object.entries(others).map(([name, log_loss]) => ({
    name: name as keyof typeof others,
    metrics: { ...nothing, log_loss },
    auc_lead: { difference: null, interval: null },
  }))
  const all = {
    set: 'all_landmarks',
    accounts: 9,
    metrics: { ...nothing, log_loss: own },
    baselines,
    reliability: [],
    bands: [],
  } as const
  const made: TrainingReport = {
    format: 'wonlost.training_report',
    format_version: 1,
    model: 'conversion',
    description: 'A chance.',
    kind: 'logistic',
    population: 'leads',
    pipeline: 'new_business',
    target: 'won',
    horizon_days: 90,
    cutoff: '2026-11-21T00:00:00Z',
    seed: 7,
    landmarks: { not_known: 0, target_reached: 0, lost: 0, not_elapsed: 0, usable: 1_234_567 },
    left_out: { label_crosses_boundary: 0, account_on_other_side: 0 },
    parts: [],
    learned_from: { rows: 0, positives: 0, subjects: 0, accounts: 0 },
    subjects: { reached: 500, not_reached: 900 },
    columns: 3,
    numbers: 'linear',
    strength: 10,
    separated: false,
    calibration: { kind: 'identity' },
    not_calibrated_because: 'there is no line',
    refit: false,
    evaluation: [all],
    odds_ratios: [],
  }
  return made
}

describe('modelReportLines', () => {
  it('says what is not defined as such, and groups digits', () => {
    const text = modelReportLines(report(null, { base_rate: 0.4 })).join('\n')
    expect(text).toMatch(/not calibrated: there is no line/)
    expect(text).toMatch(/1,234,567 rows before 2026-11-21/)
    expect(text).toMatch(/every landmark +0 +- +- /)
    expect(text).not.toMatch(/NaN|undefined|null/)
  })
})
