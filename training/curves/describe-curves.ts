/** The curves of a model on the test part, for its report: how it ranks beside its baselines, how its scores lie, and rows worth a look. */
import { rawPoints, scoreOf } from '../../src/model/link.ts'
import type { Predictor } from '../../src/model/predict.ts'
import { rankingCurves, thinCurve } from '../../src/statistics/ranking-curves.ts'
import type { BaselineName } from '../baselines.ts'
import { countPositives, type Matrix } from '../matrix.ts'
import type { CurvePoint, CurvesReport, RankingReport, ScoreRangeReport } from '../report/curves-report.ts'
import type { Row } from '../rows.ts'
import { notableRows } from './notable-rows.ts'

const MOST_POINTS = 200

/** Points of the score in one range of the histogram. */
const RANGE = 5

/** Of every landmark of the test part, in the same order throughout. */
export interface JudgedOnTest {
  readonly predictor: Predictor
  readonly sets: { readonly all_landmarks: readonly Row[] }
  readonly rows: { readonly all_landmarks: Matrix }
  readonly probabilities: { readonly all_landmarks: Float64Array }
  readonly baselines: readonly {
    readonly name: BaselineName
    readonly probabilities: { readonly all_landmarks: Float64Array }
  }[]
}

export function describeCurves(judged: JudgedOnTest): CurvesReport {
  const { predictor, baselines } = judged
  const probabilities = judged.probabilities.all_landmarks
  const { labels, rowCount } = judged.rows.all_landmarks
  const rankings = [
    rankingReport('model', probabilities, labels),
    ...baselines
      .filter(({ name }) => name !== 'base_rate')
      .map((baseline) => rankingReport(baseline.name, baseline.probabilities.all_landmarks, labels)),
  ]
  return {
    rows: rowCount,
    positives: countPositives(labels),
    rankings: rankings.filter((ranking) => ranking !== null),
    scores: scoreRanges(probabilities, labels, predictor.base),
    notable: notableRows(judged),
  }
}

function rankingReport(
  name: RankingReport['name'],
  probabilities: Float64Array,
  labels: Uint8Array,
): RankingReport | null {
  const curves = rankingCurves(probabilities, labels)
  return (
    curves && {
      name,
      roc: thinCurve(curves.roc, MOST_POINTS).map(rounded),
      // Evenly in recall: precision jumps about among the first few.
      precision_recall: thinCurve(curves.precisionRecall, MOST_POINTS, (recall) => recall).map(rounded),
      gain: thinCurve(curves.gain, MOST_POINTS).map(rounded),
    }
  )
}

function rounded([x, y]: CurvePoint): CurvePoint {
  return [Number(x.toFixed(5)), Number(y.toFixed(5))]
}

/** The last range holds 100 as well. */
function scoreRanges(probabilities: Float64Array, labels: Uint8Array, base: number): ScoreRangeReport[] {
  const ranges = Array.from({ length: 100 / RANGE }, (_, i) => ({
    from: i * RANGE,
    to: (i + 1) * RANGE - (i === 100 / RANGE - 1 ? 0 : 1),
    reached: 0,
    not_reached: 0,
  }))
  probabilities.forEach((probability, row) => {
    const score = scoreOf(rawPoints(probability, base))
    const range = ranges[Math.min(ranges.length - 1, Math.floor(score / RANGE))]!
    if (labels[row] === 1) range.reached += 1
    else range.not_reached += 1
  })
  return ranges
}
