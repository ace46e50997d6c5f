/** Whether what the model says still comes true, on rows whose outcome nobody knew when it was trained. */
import { formatTime, type Milliseconds } from '../../src/glossary.ts'
import { compareCounts, type ExpectedCount } from '../../src/statistics/compare-counts.ts'
import { falseDiscoveryRates } from '../../src/statistics/false-discoveries.ts'
import { evaluate } from '../evaluate/metrics.ts'
import type { ScoreBand } from '../evaluation.ts'
import type { BandOutcome, ReferenceReport } from '../report/reference-report.ts'
import { bandOutcomes, outcomeOfAll } from './band-outcomes.ts'
import { LEAST_OUTCOMES, LIMITS } from './limits.ts'
import type { BandComparison, OutcomesReport } from './monitor-report.ts'
import type { Watched } from './watch-model.ts'

export interface OutcomesAsked {
  readonly outcomes: Watched['outcomes']
  /** With the outcomes of the test part; null where there is none. */
  readonly reference: ReferenceReport | null
  readonly referenceAuc: number | null
  readonly bands: readonly ScoreBand[]
  readonly from: Milliseconds
  readonly until: Milliseconds
  readonly seed: number
}

/** null where no outcome became known. */
export function judgeOutcomes(asked: OutcomesAsked): OutcomesReport | null {
  const { outcomes, bands, reference, seed } = asked
  const { labels, groups, probabilities } = outcomes
  if (labels.length === 0) return null
  const found = bandOutcomes(outcomes, bands)
  const positives = found.reduce((sum, band) => sum + band.positives, 0)
  const isEnough = Math.min(positives, labels.length - positives) >= LEAST_OUTCOMES
  const hasProbabilities = !Number.isNaN(probabilities[0])
  const pairs: (readonly [BandOutcome, BandOutcome | null])[] = [
    [outcomeOfAll(outcomes), reference?.all ?? null],
    ...found.map(
      (band) =>
        [band, reference?.bands.find((one) => one.from === band.from && one.to === band.to) ?? null] as const,
    ),
  ]
  const pValues = pairs.map(([now, before]) =>
    isEnough && hasProbabilities ? changeOfRatio(now, before) : 1,
  )
  const rates = falseDiscoveryRates(pValues)
  const [all, ...comparisons] = pairs.map(([now, before], place) => compare(now, before, rates[place]!))
  return {
    from: formatTime(asked.from),
    until: formatTime(asked.until),
    rows: labels.length,
    positives,
    accounts: new Set(groups).size,
    metrics: isEnough && hasProbabilities ? evaluate({ probabilities, labels, groups, seed }) : null,
    reference_auc: asked.referenceAuc,
    all: all!,
    bands: comparisons,
  }
}

/** The p-value of "what came against what was said is what it was on the test part"; without one, "what was said". */
function changeOfRatio(now: BandOutcome, before: BandOutcome | null): number {
  const count = ({ positives, expected, standard_error: standardError }: BandOutcome): ExpectedCount => ({
    count: positives,
    expected,
    standardError,
  })
  if (now.expected === 0) return 1
  return compareCounts(count(now), before && before.expected > 0 ? count(before) : null)
}

function compare(now: BandOutcome, before: BandOutcome | null, qValue: number): BandComparison {
  const { expected, standard_error: _, ...rest } = now
  const hasProbabilities = !Number.isNaN(expected)
  return {
    ...rest,
    expected: hasProbabilities ? expected : null,
    rate: now.rows > 0 ? now.positives / now.rows : null,
    ratio: ratioOf(now),
    reference_ratio: before && ratioOf(before),
    q_value: hasProbabilities && now.rows > 0 ? qValue : null,
  }
}

function ratioOf({ positives, expected }: BandOutcome): number | null {
  return expected > 0 ? positives / expected : null
}

/** Significantly, and by more than the limit. */
export function isMiscalibrated({ ratio, q_value: qValue }: BandComparison, limit: number): boolean {
  if (ratio === null || qValue === null || qValue > LIMITS.qValue) return false
  return ratio >= limit || ratio <= 1 / limit
}
