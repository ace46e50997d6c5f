import { describe, expect, it } from 'vitest'
import type { Metrics } from '../../training/evaluate/metrics.ts'
import { adviseOnPromotion } from '../../training/promotion.ts'
import type { TrainingReport } from '../../training/report/model-report.ts'
import { modelReportLines } from '../../training/report/model-report-text.ts'

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

function report(
  own: number | null,
  others: Partial<Record<'base_rate' | 'naive_bayes' | 'rubric', number>>,
  reached = 500,
) {
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
    subjects: { reached, not_reached: 900 },
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

describe('adviseOnPromotion', () => {
  it('wants the base rate and the rubric beaten in log loss, and 100 subjects that reached the target', () => {
    expect(adviseOnPromotion(report(0.3, { base_rate: 0.4, rubric: 0.35 })).automatic).toBe(true)
    expect(adviseOnPromotion(report(0.3, { base_rate: 0.4 })).automatic).toBe(true)
    expect(adviseOnPromotion(report(0.3, { base_rate: 0.3 }))).toEqual({
      automatic: false,
      reason: 'forward in time it does not beat the base rate (log loss 0.3000 against 0.3000)',
    })
    expect(adviseOnPromotion(report(0.3, { base_rate: 0.4, rubric: 0.29 })).reason).toMatch(
      /not beat the rubric/,
    )
    expect(adviseOnPromotion(report(0.3, { base_rate: 0.4 }, 99)).reason).toMatch(/only by hand/)
    expect(adviseOnPromotion(report(0.3, { base_rate: 0.4 }, 100)).automatic).toBe(true)
  })

  it('asks nothing of naive Bayes, and does not promote what has no figure', () => {
    expect(adviseOnPromotion(report(0.3, { base_rate: 0.4, naive_bayes: 0.1 })).automatic).toBe(true)
    expect(adviseOnPromotion(report(null, { base_rate: 0.4 })).automatic).toBe(false)
    expect(adviseOnPromotion({ ...report(0.3, {}), evaluation: [] }).automatic).toBe(false)
  })
})

describe('modelReportLines', () => {
  it('says what is not defined as such, and groups digits', () => {
    const text = modelReportLines(report(null, { base_rate: 0.4 })).join('\n')
    expect(text).toMatch(/not calibrated: there is no line/)
    expect(text).toMatch(/1,234,567 rows before 2026-11-21/)
    expect(text).toMatch(/every landmark +0 +- +- /)
    expect(text).not.toMatch(/NaN|undefined|null/)
  })
})
