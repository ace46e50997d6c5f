import { describe, expect, it } from 'vitest'
import { pointsOf } from '../../../src/model/link.ts'
import { createPredictor } from '../../../src/model/predict.ts'
import { logit } from '../../../src/statistics/log-odds.ts'
import { describeCurves } from '../../../training/curves/describe-curves.ts'
import type { Matrix } from '../../../training/matrix.ts'
import { probabilitiesOf } from '../../../training/predictions.ts'
import type { Row } from '../../../training/rows.ts'
import { tinyArtifact } from '../../support/artifacts.ts'

const { artifact } = tinyArtifact()
const predictor = createPredictor(artifact)

/** Employees, visits, recency of visits; who reached the target. */
const ROWS: readonly (readonly [
  id: string,
  employees: number,
  visits: number,
  recency: number,
  label: 0 | 1,
])[] = [
  ['l1', 5_000, 40, 1, 1],
  ['l2', 10, 0, Number.NaN, 0],
  ['anna@example.com', 2, 0, Number.NaN, 1],
  ['l4', 90_000, 60, 0, 0],
  ['l5', Number.NaN, 3, 20, 0],
]

const matrix: Matrix = {
  columns: artifact.columns,
  rowCount: ROWS.length,
  data: Float64Array.from(ROWS.flatMap(([, ...values]) => values.slice(0, 3))),
  labels: Uint8Array.from(ROWS, ([, , , , label]) => label),
  groups: Int32Array.from(ROWS.keys()),
}
const rows = ROWS.map(
  ([leadId, , , , label], group): Row => ({
    leadId,
    dealId: null,
    asOf: Date.parse('2026-07-01T00:00:00Z'),
    day: 7,
    status: 'usable',
    label,
    labelKnownAt: 0,
    group,
    usable: true,
  }),
)

const probabilities = probabilitiesOf(predictor, matrix)
const curves = describeCurves({
  predictor,
  sets: { all_landmarks: rows },
  rows: { all_landmarks: matrix },
  probabilities: { all_landmarks: probabilities },
  baselines: [
    { name: 'base_rate', probabilities: { all_landmarks: new Float64Array(5).fill(0.4) } },
    { name: 'rubric', probabilities: { all_landmarks: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5) } },
  ],
})

describe('describeCurves', () => {
  it('ranks the model and every baseline that ranks, and counts every row once', () => {
    expect(curves.rankings.map(({ name }) => name)).toEqual(['model', 'rubric'])
    expect([curves.rows, curves.positives]).toEqual([5, 2])
    const counted = curves.scores.reduce((sum, range) => sum + range.reached + range.not_reached, 0)
    expect(counted).toBe(5)
    expect(curves.scores.map(({ from, to }) => `${from}-${to}`).slice(-2)).toEqual(['90-94', '95-100'])
  })

  it('names the best, the worst and the most surprising on each side, and no mail address', () => {
    expect(curves.notable.map(({ kind, lead_id }) => [kind, lead_id])).toEqual([
      ['best', 'l1'],
      ['worst', 'l2'],
      ['missed', null],
      ['false_hope', 'l4'],
    ])
    expect(JSON.stringify(curves)).not.toContain('@')
  })

  it('adds up: from the average row to the points of this one', () => {
    for (const row of curves.notable) {
      const sum = row.contributions.reduce((total, { log_odds }) => total + log_odds, row.other.log_odds)
      expect(row.base + sum + row.calibration).toBeCloseTo(logit(row.probability), 9)
      expect(50 + pointsOf(sum + row.calibration)).toBeCloseTo(row.raw_points, 9)
      expect(row.loss).toBeCloseTo(-Math.log(row.reached ? row.probability : 1 - row.probability), 12)
    }
    expect(curves.notable[0]?.contributions.map(({ group, columns }) => [group, columns])).toEqual(
      expect.arrayContaining([
        ['pricing page', 2],
        ['company size', 1],
      ]),
    )
  })

  it('adds up where more groups speak than are listed', () => {
    const names = Array.from({ length: 14 }, (_, i) => `g${i}`)
    const wide = createPredictor({
      ...artifact,
      columns: names.map((name) => ({ ...artifact.columns[0]!, name, group: name })),
      terms: names.map((_, i) => ({
        kind: 'linear',
        mean: 0,
        scale: 1,
        offset: 0,
        missing: 0,
        weight: 0.1 * (i + 1),
      })),
    })
    const one: Matrix = {
      columns: wide.artifact.columns,
      rowCount: 1,
      data: Float64Array.from(names, (_, i) => i + 1),
      labels: Uint8Array.of(1),
      groups: Int32Array.of(0),
    }
    const probability = probabilitiesOf(wide, one)
    const { notable } = describeCurves({
      predictor: wide,
      sets: { all_landmarks: [{ ...rows[0]!, label: 1 }] },
      rows: { all_landmarks: one },
      probabilities: { all_landmarks: probability },
      baselines: [],
    })
    // The best is the most surprising as well: it stands once.
    expect(notable.map(({ kind }) => kind)).toEqual(['best'])
    const [row] = notable
    expect([row?.contributions.length, row?.other.groups]).toEqual([10, 4])
    const sum = row!.contributions.reduce((total, { log_odds }) => total + log_odds, row!.other.log_odds)
    expect(row!.other.log_odds).not.toBe(0)
    expect(row!.base + sum + row!.calibration).toBeCloseTo(logit(probability[0]!), 9)
  })

  it('has no curves where all have one outcome', () => {
    const all = { ...matrix, labels: new Uint8Array(5) }
    const none = describeCurves({
      predictor,
      sets: { all_landmarks: rows.map((row) => ({ ...row, label: 0 as const })) },
      rows: { all_landmarks: all },
      probabilities: { all_landmarks: probabilities },
      baselines: [],
    })
    expect(none.rankings).toEqual([])
    expect(none.notable.map(({ kind }) => kind)).toEqual(['worst', 'false_hope'])
  })
})
