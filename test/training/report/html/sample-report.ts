/** A whole report made by hand, with every section. `name` stands wherever a customer's own words may stand. */
import type { Metrics } from '../../../../training/evaluate/metrics.ts'
import type { TrainingReport } from '../../../../training/report/model-report.ts'

export const VERSION = { version: 3, sha256: 'ab'.repeat(32), createdAt: Date.parse('2026-11-21T09:30:00Z') }

export const METRICS: Metrics = {
  rows: 2_308,
  positives: 205,
  base_rate: 0.0888,
  auc: 0.7312,
  auc_interval: [0.6751, 0.7834],
  average_precision: 0.2412,
  log_loss: 0.27013,
  brier: 0.07521,
  skill: 0.0987,
  calibration_slope: 0.8563,
  calibration_intercept: -0.3123,
  calibration_slope_interval: [0.6266, 1.0806],
  ece: 0.01983,
  ece_interval: [0.0104, 0.0347],
  lift_top_tenth: 3.2211,
}

const part = (name: 'fit' | 'validate' | 'calibrate' | 'test', from: string, until: string) => ({
  name,
  from,
  until,
  rows: 1_729,
  positives: 149,
  subjects: 829,
  accounts: 753,
})

export function sampleReport(name = 'pricing page'): TrainingReport {
  const curve = (bend: number): [number, number][] =>
    Array.from({ length: 51 }, (_, i) => [i / 50, (i / 50) ** bend])
  const ranking = (of: 'model' | 'rubric' | 'naive_bayes', bend: number) => ({
    name: of,
    roc: curve(bend),
    precision_recall: curve(bend).map(([x]): [number, number] => [x, 0.5 - 0.4 * x]),
    gain: curve(bend),
  })
  const categories = [name, 'software', null].map((value, i) => ({
    value,
    probability: 0.05 + 0.03 * i,
    rows: 100 * (i + 1),
  }))
  return {
    format: 'wonlost.training_report',
    format_version: 1,
    model: 'conversion',
    description: `The chance: ${name}`,
    kind: 'logistic',
    numbers: 'curve',
    strength: 0.01,
    separated: false,
    odds_ratios: [
      {
        column: 'industry',
        category: name,
        missing: false,
        compares: 'average',
        log_odds: 0.6,
        standard_error: 0.1,
        odds_ratio: 1.8221,
        odds_ratio_interval: [1.4977, 2.2167],
        natural: null,
      },
    ],
    population: 'leads',
    pipeline: name,
    target: 'won',
    horizon_days: 90,
    cutoff: '2026-11-01T00:00:00Z',
    seed: 7,
    landmarks: { not_known: 11, target_reached: 222, lost: 333, not_elapsed: 4_444, usable: 12_345 },
    left_out: { label_crosses_boundary: 555, account_on_other_side: 66 },
    parts: [
      part('fit', '2024-11-01T00:00:00Z', '2025-08-27T00:00:00Z'),
      part('validate', '2025-08-27T00:00:00Z', '2026-01-12T00:00:00Z'),
      part('calibrate', '2026-01-12T00:00:00Z', '2026-05-29T00:00:00Z'),
      part('test', '2026-05-29T00:00:00Z', '2026-10-31T00:00:00Z'),
    ],
    learned_from: { rows: 10_967, positives: 1_015, subjects: 2_249, accounts: 2_020 },
    subjects: { reached: 550, not_reached: 3_000 },
    columns: 114,
    calibration: { kind: 'identity' },
    not_calibrated_because: name,
    refit: false,
    evaluation: [
      {
        set: 'all_landmarks',
        accounts: 839,
        metrics: METRICS,
        baselines: [
          {
            name: 'rubric',
            metrics: { ...METRICS, auc: 0.7001, log_loss: 0.28888 },
            auc_lead: { difference: 0.0311, interval: [-0.0123, 0.0745] },
          },
        ],
        reliability: [
          { rows: 1_154, mean_probability: 0.0231, rate: 0.0193, rate_interval: [0.011, 0.031] },
          { rows: 1_154, mean_probability: 0.1544, rate: 0.1583, rate_interval: [0.131, 0.187] },
        ],
        bands: [
          {
            band: 'cold',
            from: 0,
            to: 60,
            rows: 1_739,
            positives: 90,
            rate: 0.0518,
            rate_interval: [0.04, 0.065],
          },
          {
            band: name,
            from: 61,
            to: 80,
            rows: 569,
            positives: 115,
            rate: 0.2021,
            rate_interval: [0.165, 0.244],
          },
          { band: 'hot', from: 81, to: 100, rows: 0, positives: 0, rate: null, rate_interval: null },
        ],
      },
    ],
    effects: {
      rows: { learned: 10_967, importance: 1_000, partial_dependence: 300, interactions: null },
      columns: 114,
      by_group: [{ group: name, mean_absolute_shap: 0.3, mean_absolute_points: 4.3281, gain: null }],
      by_column: [
        { column: name, group: name, mean_absolute_shap: 0.3, mean_absolute_points: 4.3281, gain: null },
        {
          column: 'visits',
          group: 'visits',
          mean_absolute_shap: 0.1,
          mean_absolute_points: 1.4433,
          gain: null,
        },
        {
          column: 'trial',
          group: 'trial',
          mean_absolute_shap: 0.1,
          mean_absolute_points: 1.4433,
          gain: null,
        },
      ],
      partial_dependence: [
        { column: name, kind: 'category', points: categories },
        {
          column: 'visits',
          kind: 'number',
          points: [0, 1, 2, 400].map((value) => ({ value, probability: 0.05 + value / 5_000, rows: 100 })),
        },
        {
          column: 'trial',
          kind: 'flag',
          points: [
            { value: 0, probability: 0.09, rows: 900 },
            { value: 1, probability: 0.12, rows: 50 },
          ],
        },
      ],
      interactions: [],
    },
    half_lives: {
      prior_days: 21,
      rows: 10_967,
      cases: 1_015,
      events: [
        {
          event: name,
          feature: name,
          half_life_days: 9.31,
          interval_days: [6.12, 14.28],
          from: 'learned',
          because: null,
          weight: 0.4,
        },
        {
          event: 'mail_opened',
          feature: 'mail_opened',
          half_life_days: 21,
          interval_days: [2, 190],
          from: 'prior',
          because: name,
          weight: 0.01,
        },
      ],
    },
    curves: {
      rows: 2_308,
      positives: 205,
      rankings: [ranking('model', 0.4), ranking('rubric', 0.5), ranking('naive_bayes', 0.7)],
      scores: Array.from({ length: 20 }, (_, i) => ({
        from: 5 * i,
        to: i === 19 ? 100 : 5 * i + 4,
        reached: i,
        not_reached: 20 - i,
      })),
      notable: [
        {
          kind: 'best',
          lead_id: name,
          as_of: '2026-07-29T00:00:00Z',
          day: 7,
          reached: true,
          probability: 0.6972,
          raw_points: 101.1,
          loss: 0.3607,
          base: -2.7,
          calibration: 0,
          contributions: [
            { group: name, columns: 1, column: name, kind: 'category', value: name, log_odds: 2 },
            { group: name, columns: 3, column: name, kind: 'number', value: 4, log_odds: 1 },
          ],
          other: { groups: 4, log_odds: 0.5 },
        },
      ],
    },
    learner_choice: {
      asked: 'auto',
      chosen: 'logistic',
      because: name,
      compared: {
        rows: 1_729,
        accounts: 753,
        logistic_log_loss: 0.27,
        boosting_log_loss: 0.28,
        difference: -0.01,
        standard_error: 0.004,
      },
    },
    calibration_choice: {
      chosen: 'identity',
      because: name,
      candidates: [{ name: 'identity', log_loss: 0.26864 }],
      rows: 1_729,
      accounts: 768,
      interval: { accounts: 768 },
    },
    audit: {
      features: [{ column: name, auc: 0.7031 }],
      findings: [
        {
          id: 'knows_outcome',
          column: name,
          severity: 'suspect',
          used: true,
          figure: { name: 'auc', value: 0.98349 },
          text: name,
          advice: name,
        },
      ],
    },
    gate: {
      verdict: 'refuse',
      because: `Refused: ${name}`,
      against: { basis: 'champion', version: 2, rows: 2_308, accounts: 839 },
      checks: [
        {
          id: 'log_loss',
          passed: false,
          figure: -0.0076,
          interval: [-0.0213, 0.007],
          limit: name,
          text: name,
        },
        { id: 'data', passed: null, figure: null, interval: null, limit: name, text: name },
      ],
    },
    stages: [{ stage: name, seconds: 12.34 }],
  }
}

/** As it was before any of the sections that came later. */
export function oldReport(): TrainingReport {
  const {
    effects: _effects,
    half_lives: _halfLives,
    curves: _curves,
    learner_choice: _choice,
    calibration_choice: _calibration,
    audit: _audit,
    gate: _gate,
    stages: _stages,
    ...rest
  } = sampleReport()
  return rest
}
