/**
 * Whether a band converts worse than the one below it by more than chance explains: a score test of two shares, one-sided, its
 * variance widened because rows of one account depend on each other (src/statistics/design-effect.ts),
 *
 *     z = (upper - lower) / sqrt(p (1 - p) (deff_upper / n_upper + deff_lower / n_lower))       p: conversion of both together
 *
 * An account with rows in both bands makes their rates move together, which the sum leaves out: the test errs on the side of
 * silence. With pairs of bands to compare, each is asked at 5 % / pairs (Bonferroni), so that at most one in twenty gates finds
 * such a pair where there is none.
 */
import {
  addGroup,
  designEffect,
  emptyGroupSums,
  type GroupSums,
  intraclassCorrelation,
} from '../../src/statistics/design-effect.ts'
import { twoSidedTail } from '../../src/statistics/normal.ts'

const LEVEL = 0.05

/** Rows of one band: the outcome and the account of each. */
export interface BandRows {
  readonly band: string
  readonly labels: ArrayLike<number>
  readonly groups: ArrayLike<number>
}

interface BandPair {
  readonly lower: string
  readonly upper: string
  readonly lowerRate: number
  readonly upperRate: number
  /** One-sided: how often chance alone would put the upper band so far below the lower one. */
  readonly chance: number
}

export interface BandOrder {
  /** Each band that has rows with the next one below that has. */
  readonly pairs: readonly BandPair[]
  /** Below this chance a pair is in the wrong order. */
  readonly level: number
  readonly wrong: readonly BandPair[]
}

/** @param bands The lowest first. */
export function compareBands(bands: readonly BandRows[]): BandOrder {
  const filled = bands
    .filter(({ labels }) => labels.length > 0)
    .map((band) => ({ band: band.band, sums: sumByGroup(band) }))
  const pairs = filled.slice(1).map((upper, index) => comparePair(filled[index]!, upper))
  const level = LEVEL / Math.max(1, pairs.length)
  return { pairs, level, wrong: pairs.filter(({ chance }) => chance < level) }
}

type FilledBand = { readonly band: string; readonly sums: GroupSums }

function comparePair(lower: FilledBand, upper: FilledBand): BandPair {
  const lowerRate = lower.sums.positives / lower.sums.rows
  const upperRate = upper.sums.positives / upper.sums.rows
  const both = emptyGroupSums()
  for (const field of Object.keys(both) as (keyof GroupSums)[])
    both[field] = lower.sums[field] + upper.sums[field]
  const rate = both.positives / both.rows
  const correlation = intraclassCorrelation(both)
  const spread = ({ rows, rowsSquared }: GroupSums): number =>
    designEffect(correlation, rows, rowsSquared) / rows
  const error = Math.sqrt(rate * (1 - rate) * (spread(lower.sums) + spread(upper.sums)))
  const z = error > 0 ? (upperRate - lowerRate) / error : 0
  const oneSide = twoSidedTail(z) / 2
  return {
    lower: lower.band,
    upper: upper.band,
    lowerRate,
    upperRate,
    chance: z < 0 ? oneSide : 1 - oneSide,
  }
}

function sumByGroup({ labels, groups }: BandRows): GroupSums {
  const counts = new Map<number, { rows: number; positives: number }>()
  for (let row = 0; row < labels.length; row++) {
    const group = groups[row]!
    const count = counts.get(group) ?? { rows: 0, positives: 0 }
    count.rows += 1
    count.positives += labels[row]!
    counts.set(group, count)
  }
  const sums = emptyGroupSums()
  for (const { rows, positives } of counts.values()) addGroup(sums, rows, positives)
  return sums
}
