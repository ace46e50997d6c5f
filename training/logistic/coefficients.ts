/**
 * Coefficients for people: odds ratios with their intervals, one entry a number or flag, one a category, one for
 * missing.
 */
import type { Matrix as DenseMatrix } from 'ml-matrix'
import type { Block, Encoding } from '../encoding.ts'
import type { Matrix } from '../matrix.ts'
import { standardSlope } from './slope.ts'

interface OddsRatio {
  readonly odds_ratio: number
  /** 95 %: exp(log-odds -+ 1.96 standard errors). null where there is no standard error. */
  readonly odds_ratio_interval: readonly [number, number] | null
}

/** In snake_case, because it stands in reports as it is. */
export interface CoefficientReport extends OddsRatio {
  readonly column: string
  /** The category, or null. */
  readonly category: string | null
  /** True for the indicator of a missing value. */
  readonly missing: boolean
  /**
   * What is compared. `standard_deviation`: one of them more (a curve: by the straight line closest to it; a log1p
   * column: of ln(1 + x)). `yes_no`: 1 against 0. `average`: this category, or missing, against the average row.
   */
  readonly compares: 'standard_deviation' | 'yes_no' | 'average'
  readonly log_odds: number
  /** Clustered by group; null with a single group. */
  readonly standard_error: number | null
  /** Numbers, in their own unit: `unit` is one more; `doubling`, for a log1p column, is 1 + x doubled. */
  readonly natural: (OddsRatio & { readonly per: 'unit' | 'doubling' }) | null
}

/** A comparison: coefficients from `start` on, each times its number, summed. */
interface Contrast {
  readonly start: number
  readonly factors: Float64Array
}

/** Quantile 0.975 of the normal distribution. */
const Z95 = 1.959963984540054

/**
 * @param coefficients Of the encoded columns, as fitted.
 * @param covariance Theirs, or null with a single group.
 * @param means Weighted means of the encoded columns over the fit rows.
 */
export function describeCoefficients(
  fit: Matrix,
  encoding: Encoding,
  coefficients: Float64Array,
  covariance: DenseMatrix | null,
  means: Float64Array,
): CoefficientReport[] {
  const estimate = (contrast: Contrast): { log_odds: number; standard_error: number | null } => ({
    log_odds: contrast.factors.reduce((sum, x, k) => sum + x * coefficients[contrast.start + k]!, 0),
    standard_error: covariance && standardError(contrast, covariance),
  })
  const against = (block: Block, at: number): Contrast => againstAverage(block, at, means)
  return fit.columns.flatMap((column, c): CoefficientReport[] => {
    const block = encoding.blocks[c]!
    const rest = { column: column.name, category: null, missing: false, natural: null }
    const entries: CoefficientReport[] = []
    if (column.kind === 'category' && block.kind === 'category') {
      for (const [code, category] of column.categories.entries())
        entries.push({
          ...rest,
          category,
          compares: 'average',
          ...withOdds(estimate(against(block, block.start + code))),
        })
    } else if (column.kind === 'flag' && block.kind === 'linear') {
      const yesNo = { start: block.start, factors: Float64Array.of(1) }
      entries.push({ ...rest, compares: 'yes_no', ...withOdds(estimate(yesNo)) })
    } else if (block.kind === 'linear' || block.kind === 'curve') {
      const { contrast, deviation } = standardSlope(fit, c, block)
      const found = estimate({ start: block.start, factors: contrast })
      // ln(1 + x) grows by ln 2 when 1 + x doubles.
      const step = (block.transform === 'log1p' ? Math.LN2 : 1) / deviation
      const per = block.transform === 'log1p' ? 'doubling' : 'unit'
      const natural = { per, ...oddsRatio(found, step) } as const
      entries.push({ ...rest, compares: 'standard_deviation', ...withOdds(found), natural })
    }
    if (block.missingAt >= 0)
      entries.push({
        ...rest,
        missing: true,
        compares: 'average',
        ...withOdds(estimate(against(block, block.missingAt))),
      })
    return entries
  })
}

/** The encoded column `at` of the block on, against the mix that the average fit row has. */
function againstAverage(block: Block, at: number, means: Float64Array): Contrast {
  const size = block.size + (block.missingAt >= 0 ? 1 : 0)
  const factors = Float64Array.from({ length: size }, (_, k) => {
    const encoded = block.start + k
    return (encoded === at ? 1 : 0) - means[encoded]!
  })
  return { start: block.start, factors }
}

/** sqrt(c' V c). */
function standardError({ start, factors }: Contrast, covariance: DenseMatrix): number {
  let variance = 0
  for (let i = 0; i < factors.length; i++)
    for (let j = 0; j < factors.length; j++)
      variance += factors[i]! * factors[j]! * covariance.get(start + i, start + j)
  return Math.sqrt(Math.max(0, variance))
}

interface Estimate {
  readonly log_odds: number
  readonly standard_error: number | null
}

function withOdds(estimate: Estimate): Estimate & OddsRatio {
  return { ...estimate, ...oddsRatio(estimate, 1) }
}

function oddsRatio({ log_odds: logOdds, standard_error: error }: Estimate, step: number): OddsRatio {
  return {
    odds_ratio: Math.exp(step * logOdds),
    odds_ratio_interval:
      error === null
        ? null
        : [Math.exp(step * (logOdds - Z95 * error)), Math.exp(step * (logOdds + Z95 * error))],
  }
}
