/** A model judged on the test part: figures, baselines beside it, reliability and conversion by band, for each evaluation set. */
import { rawPoints, scoreOf } from '../src/model/link.ts'
import type { Predictor } from '../src/model/predict.ts'
import type { Band } from '../src/policy/policy.ts'
import { clusteredRateIntervals } from '../src/statistics/clustered-rates.ts'
import { conversionBins } from '../src/statistics/conversion.ts'
import { reliabilityBins } from '../src/statistics/reliability.ts'
import type { Baseline, JudgedRows, SetPredictions } from './baselines.ts'
import { aucDifference, evaluate } from './evaluate/metrics.ts'
import { EVALUATION_SETS, type EvaluationSetName } from './evaluation-sets.ts'
import type { Matrix } from './matrix.ts'
import type { BandReport, EvaluationReport, ReliabilityReport } from './report/model-report.ts'

/** A range of the score, both ends included, as the policy has it. */
export type ScoreBand = Pick<Band, 'name' | 'from' | 'to'>

/** Where no policy is given. */
export const DEFAULT_BANDS: readonly ScoreBand[] = [
  { name: 'cold', from: 0, to: 30 },
  { name: 'cool', from: 31, to: 60 },
  { name: 'warm', from: 61, to: 80 },
  { name: 'hot', from: 81, to: 100 },
]

export interface Judgement {
  readonly rows: JudgedRows
  readonly predictor: Predictor
  readonly probabilities: SetPredictions
  readonly baselines: readonly Baseline[]
  readonly bands: readonly ScoreBand[]
  readonly seed: number
}

/** One report a set; sets without rows are left out. */
export function evaluateModel(judgement: Judgement): EvaluationReport[] {
  return EVALUATION_SETS.filter((set) => judgement.rows[set].rowCount > 0).map((set) =>
    evaluateSet(set, judgement),
  )
}

function evaluateSet(set: EvaluationSetName, judgement: Judgement): EvaluationReport {
  const { baselines, seed, predictor, bands } = judgement
  const { labels, groups } = judgement.rows[set]
  const probabilities = judgement.probabilities[set]
  return {
    set,
    accounts: new Set(groups).size,
    metrics: evaluate({ probabilities, labels, groups, seed }),
    baselines: baselines.map((baseline) => ({
      name: baseline.name,
      metrics: evaluate({ probabilities: baseline.probabilities[set], labels, groups, seed }),
      auc_lead: aucDifference(probabilities, baseline.probabilities[set], { labels, groups, seed }),
    })),
    reliability: reliability(probabilities, judgement.rows[set]),
    bands: conversionByBand(probabilities, judgement.rows[set], predictor.base, bands),
  }
}

function reliability(probabilities: Float64Array, { labels, groups }: Matrix): ReliabilityReport[] {
  const bins = reliabilityBins(probabilities, labels)
  // Bins share no probability.
  const binOf = Array.from(probabilities, (probability) => bins.findIndex(({ high }) => probability <= high))
  const intervals = clusteredRateIntervals(binOf, labels, groups, bins.length)
  return bins.map(({ rows, meanProbability, rate }, i) => ({
    rows,
    mean_probability: meanProbability,
    rate,
    rate_interval: intervals[i] ?? null,
  }))
}

function conversionByBand(
  probabilities: Float64Array,
  { labels, groups }: Matrix,
  base: number,
  bands: readonly ScoreBand[],
): BandReport[] {
  const scores = probabilities.map((probability) => scoreOf(rawPoints(probability, base)))
  const edges = bands.slice(1).map((band) => band.from)
  const bandOf = Array.from(scores, (score) => edges.filter((edge) => score >= edge).length)
  const intervals = clusteredRateIntervals(bandOf, labels, groups, bands.length)
  return conversionBins(scores, labels, edges).map(({ rows, positives, rate }, index) => {
    const band = bands[index] ?? { name: '', from: 0, to: 100 }
    return {
      band: band.name,
      from: band.from,
      to: band.to,
      rows,
      positives,
      rate: rows > 0 ? rate : null,
      rate_interval: intervals[index] ?? null,
    }
  })
}
