/**
 * From coefficients to the artifact: each column's part of the log-odds as a term whose mean over the fit rows is
 * 0; the means go into the base, which is then the raw log-odds of the average row. The sum is the same number as
 * before.
 */
import type { Column } from '../../src/features/column.ts'
import type { Term } from '../../src/model/artifact.ts'
import { type Block, type Encoding, knotColumn } from '../encoding.ts'

export interface BaseAndTerms {
  readonly base: number
  /** One a column. */
  readonly terms: Term[]
}

/** `means` are the weighted means of the encoded columns over the fit rows. The last coefficient is the intercept. */
export function toTerms(
  columns: readonly Column[],
  encoding: Encoding,
  coefficients: Float64Array,
  means: Float64Array,
): BaseAndTerms {
  let base = coefficients[encoding.width]!
  const terms = encoding.blocks.map((block, c) => {
    let mean = 0
    const end = block.start + block.size + (block.missingAt >= 0 ? 1 : 0)
    for (let k = block.start; k < end; k++) mean += coefficients[k]! * means[k]!
    base += mean
    return toTerm(columns[c]!, block, coefficients, mean)
  })
  return { base, terms }
}

function toTerm(column: Column, block: Block, coefficients: Float64Array, mean: number): Term {
  // A value that was never missing in training says nothing when it is: the average row.
  const missing = block.missingAt >= 0 ? coefficients[block.missingAt]! - mean : 0
  const level = (encoded: number): number => coefficients[encoded]! - mean
  switch (block.kind) {
    case 'empty':
      return column.kind === 'category'
        ? { kind: 'category', contributions: column.categories.map(() => 0 - mean), missing }
        : { kind: 'linear', mean: 0, scale: 1, weight: 0, offset: 0 - mean, missing }
    case 'category':
      return {
        kind: 'category',
        contributions: Array.from({ length: block.size }, (_, code) => level(block.start + code)),
        missing,
      }
    case 'linear':
      return {
        kind: 'linear',
        mean: block.origin,
        scale: block.scale,
        weight: coefficients[block.start]!,
        offset: 0 - mean,
        missing,
      }
    case 'curve':
      return {
        kind: 'curve',
        knots: Array.from(block.knots),
        values: Array.from(block.knots, (_, knot) =>
          knot === block.reference ? 0 - mean : level(knotColumn(block, knot)),
        ),
        missing,
      }
  }
}
