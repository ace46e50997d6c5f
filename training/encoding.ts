/**
 * How a linear model sees a row: each column of a matrix becomes a block of encoded columns. Fitted on the fit
 * rows, applied to any rows.
 *
 * - flag: itself. A number with two distinct values, or as asked by `numbers: 'linear'`: (transform(x) - origin) /
 *   scale.
 * - number: hat functions on quantile knots, so that the fit is a piecewise linear curve. The knot nearest to the
 *   usual value has none: it is the level that the others are measured from, and rows without the behaviour cost
 *   nothing.
 * - category: one-hot, every category (the penalty makes it identifiable; no reference category is needed).
 * - missing (NaN), where the fit rows have any: an indicator of its own, and 0 in the rest of the block.
 * - nothing to learn (all missing, or one value and none missing): an empty block, whose term is 0 everywhere.
 */
import type { Column } from '../src/features/column.ts'
import { curvePosition } from '../src/model/curve.ts'
import { transformNumber } from '../src/model/transform.ts'
import { chooseKnots } from './logistic/knots.ts'
import type { Matrix } from './matrix.ts'

export type NumberEncoding = 'curve' | 'linear'

interface BlockBase {
  /** Its first encoded column. */
  readonly start: number
  /** Encoded columns without the missing indicator. */
  readonly size: number
  /** The encoded column that is 1 where the value is missing; -1 when the fit rows had no missing value. */
  readonly missingAt: number
}

export type Block =
  | (BlockBase & { readonly kind: 'empty' })
  | (BlockBase & { readonly kind: 'category' })
  | (BlockBase & {
      readonly kind: 'linear'
      readonly transform: 'identity' | 'log1p'
      readonly origin: number
      readonly scale: number
    })
  | (BlockBase & {
      readonly kind: 'curve'
      readonly transform: 'identity' | 'log1p'
      readonly knots: Float64Array
      /**
       * The knot without an encoded column. Knots before it are at start + knot, knots after it at start + knot -
       * 1.
       */
      readonly reference: number
    })

export interface Encoding {
  /** One a column of the matrix. */
  readonly blocks: readonly Block[]
  /** Encoded columns of all blocks; the intercept is apart. */
  readonly width: number
}

/** Distinct values a curve needs: two points make a line. */
const CURVE_VALUES = 3

export function fitEncoding(matrix: Matrix, numbers: NumberEncoding): Encoding {
  const blocks: Block[] = []
  let width = 0
  for (const [c, column] of matrix.columns.entries()) {
    const block = fitBlock(column, weighValues(matrix, c), width, numbers)
    blocks.push(block)
    width += block.size + (block.missingAt >= 0 ? 1 : 0)
  }
  return { blocks, width }
}

interface WeighedValues {
  /** Total weight of each distinct value that is there, transformed. */
  readonly weightByValue: ReadonlyMap<number, number>
  readonly someMissing: boolean
}

function weighValues(matrix: Matrix, c: number): WeighedValues {
  const column = matrix.columns[c]!
  const transform = column.kind === 'number' ? column.transform : 'identity'
  const weightByValue = new Map<number, number>()
  let someMissing = false
  for (let i = 0; i < matrix.rowCount; i++) {
    const value = transformNumber(transform, matrix.data[i * matrix.columns.length + c]!)
    if (Number.isNaN(value)) someMissing = true
    else weightByValue.set(value, (weightByValue.get(value) ?? 0) + (matrix.weights?.[i] ?? 1))
  }
  return { weightByValue, someMissing }
}

function fitBlock(
  column: Column,
  { weightByValue, someMissing }: WeighedValues,
  start: number,
  numbers: NumberEncoding,
): Block {
  const sized = (size: number): BlockBase => ({ start, size, missingAt: someMissing ? start + size : -1 })
  if (weightByValue.size === 0) return { kind: 'empty', start, size: 0, missingAt: -1 }
  if (weightByValue.size === 1) return { kind: 'empty', ...sized(0) }
  if (column.kind === 'category') return { kind: 'category', ...sized(column.categories.length) }
  if (column.kind === 'flag')
    return { kind: 'linear', transform: 'identity', origin: 0, scale: 1, ...sized(1) }
  const { transform } = column
  if (numbers === 'curve' && weightByValue.size >= CURVE_VALUES) {
    const { knots, reference } = chooseKnots(weightByValue)
    return { kind: 'curve', transform, knots, reference, ...sized(knots.length - 1) }
  }
  return { kind: 'linear', transform, ...standardise(weightByValue), ...sized(1) }
}

/**
 * scale is the standard deviation (n in the denominator). The origin is 0 where 0 is the usual value (the encoded
 * column stays sparse), else the mean; the intercept is not penalised, so the choice does not change the fit.
 */
function standardise(weightByValue: ReadonlyMap<number, number>): { origin: number; scale: number } {
  let total = 0
  let sum = 0
  for (const [value, weight] of weightByValue) {
    total += weight
    sum += weight * value
  }
  const mean = sum / total
  let squares = 0
  for (const [value, weight] of weightByValue) squares += weight * (value - mean) ** 2
  const zeros = weightByValue.get(0) ?? 0
  return { origin: 2 * zeros > total ? 0 : mean, scale: Math.sqrt(squares / total) }
}

/**
 * Calls `add(encodedColumn, x)` for each encoded number of the row that is not 0, in rising order of
 * encodedColumn. `offset` is where the row starts in `data`.
 */
export function encodeRow(
  { blocks }: Encoding,
  data: Float64Array,
  offset: number,
  add: (encodedColumn: number, x: number) => void,
): void {
  for (let c = 0; c < blocks.length; c++) {
    const block = blocks[c]!
    const value = data[offset + c]!
    if (Number.isNaN(value)) {
      if (block.missingAt >= 0) add(block.missingAt, 1)
      continue
    }
    switch (block.kind) {
      case 'empty':
        break
      case 'category':
        add(block.start + value, 1)
        break
      case 'linear': {
        const x = (transformNumber(block.transform, value) - block.origin) / block.scale
        if (x !== 0) add(block.start, x)
        break
      }
      case 'curve': {
        const { first, share } = curvePosition(block.knots, transformNumber(block.transform, value))
        if (share < 1 && first !== block.reference) add(knotColumn(block, first), 1 - share)
        if (share > 0 && first + 1 !== block.reference) add(knotColumn(block, first + 1), share)
        break
      }
    }
  }
}

/** The encoded column of a knot other than the reference. */
export function knotColumn(block: { start: number; reference: number }, knot: number): number {
  return block.start + (knot < block.reference ? knot : knot - 1)
}
