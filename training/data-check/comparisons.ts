/**
 * What the best customers have in common: values whose conversion differs from the average by more than chance explains. Each is
 * tested by a score test, its variance widened by the design effect, and all of them together by Benjamini and Hochberg:
 *
 *     z = (p - p0) / sqrt(p0 (1 - p0) deff (1 - n / N) / n)          p0: conversion of all N rows
 */
import { falseDiscoveryRates } from '../../src/statistics/false-discoveries.ts'
import { twoSidedTail } from '../../src/statistics/normal.ts'
import type { AttributeName } from './attributes.ts'
import type { Conversion, ConversionTables, ValueConversion } from './conversion.ts'

export interface Comparison extends ValueConversion {
  readonly attribute: AttributeName
  /** Its rate divided by that of all. */
  readonly ratio: number
  /** The share of what is reported up to here that is expected to be nothing. */
  readonly falseDiscoveryRate: number
}

/** What is reported is nothing in at most this share. */
const FALSE_DISCOVERIES = 0.05

/** Fewer rows or accounts are an anecdote, and might name somebody. */
const LEAST_ROWS = 30
const LEAST_ACCOUNTS = 10

/** Below so many expected outcomes, divided by the design effect, the normal approximation does not hold. */
const LEAST_EXPECTED = 5

/** By how far the interval stays away from the average, on the scale of log-odds ratios: the surest large differences first. */
export function findComparisons(
  { all, attributes }: ConversionTables,
  leftOut: ReadonlySet<AttributeName>,
): Comparison[] {
  const compared = [...attributes.values()]
    .filter(({ attribute }) => !leftOut.has(attribute))
    .flatMap(({ attribute, values }) =>
      values.filter((value) => isComparable(value, all)).map((value) => ({ attribute, value })),
    )
  const rates = falseDiscoveryRates(compared.map(({ value }) => twoSidedTail(distance(value, all))))
  return compared
    .map(
      ({ attribute, value }, index): Comparison => ({
        attribute,
        ...value,
        ratio: value.rate / all.rate,
        falseDiscoveryRate: rates[index] ?? Number.NaN,
      }),
    )
    .filter(({ falseDiscoveryRate }) => falseDiscoveryRate <= FALSE_DISCOVERIES)
    .sort((a, b) => sureness(b, all) - sureness(a, all) || compareNames(a, b))
}

function isComparable({ rows, accounts, designEffect }: ValueConversion, all: Conversion): boolean {
  const expected = (rows * Math.min(all.rate, 1 - all.rate)) / designEffect
  return rows >= LEAST_ROWS && accounts >= LEAST_ACCOUNTS && rows < all.rows && expected >= LEAST_EXPECTED
}

function distance({ rate, rows, designEffect }: ValueConversion, all: Conversion): number {
  const variance = (all.rate * (1 - all.rate) * designEffect * (1 - rows / all.rows)) / rows
  return (rate - all.rate) / Math.sqrt(variance)
}

function sureness({ rate, interval }: ValueConversion, all: Conversion): number {
  const near = rate > all.rate ? interval[0] : interval[1]
  return rate > all.rate ? Math.log(near / all.rate) : Math.log(all.rate / near)
}

function compareNames(a: Comparison, b: Comparison): number {
  const [first, second] = [`${a.attribute} ${a.value}`, `${b.attribute} ${b.value}`]
  return first < second ? -1 : 1
}
