/**
 * The log loss of the pace model (multinomial: base, and each kind of decision) with its gradient, by automatic differentiation. Numbers of
 * single precision.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { BUCKET_COUNT, BUCKET_DAYS } from './age-buckets.ts'
import { type EventCounts, type Exposures, LEVEL_COUNT } from './exposures.ts'
import type { PaceLayout, PacePrior } from './pace-model.ts'
import type { TensorLibrary } from './tensors.ts'

export interface PaceLoss {
  /** The loss summed over rows, with what the prior adds, and its gradient. */
  at(parameters: Float64Array): { readonly loss: number; readonly gradient: Float64Array }
  /** Gives back all memory. */
  dispose(): void
}

/** @param background By kind of decision, by row. */
export function createPaceLoss(
  tf: TensorLibrary,
  exposures: Exposures,
  background: readonly Float64Array[],
  layout: PaceLayout,
  prior: PacePrior,
): PaceLoss {
  const { rowCount } = exposures.background
  const kept: Tensor[] = []
  const keep = <Kept extends Tensor>(tensor: Kept): Kept => {
    kept.push(tensor)
    return tensor
  }
  /** Every tensor is of two dimensions, and every step without a product of two unknowns is the product with a constant matrix. */
  const constant = (
    rows: number,
    columns: number,
    value: (row: number, column: number) => number,
  ): Tensor2D =>
    keep(
      tf.tensor2d(
        Float32Array.from({ length: rows * columns }, (_, at) =>
          value(Math.floor(at / columns), at % columns),
        ),
        [rows, columns],
      ),
    )
  const { events, decisions, length } = layout
  const kinds = decisions.length
  const levelAt = selected(LEVEL_COUNT * kinds, (at) => (at % kinds) * LEVEL_COUNT + Math.floor(at / kinds))
  const slopeAt = selected(kinds, (decision) => layout.slopes + decision)
  const weightAt = selected(
    events * kinds,
    (at) => layout.weights + (at % kinds) * events + Math.floor(at / kinds),
  )
  const halfLifeAt = selected(events * kinds, (at) => layout.halfLives + Math.floor(at / kinds))
  const shareAt = selected(events * kinds, () => layout.share)
  const buckets = constant(1, BUCKET_COUNT, () => 1)
  const ages = constant(1, BUCKET_COUNT, (_, bucket) => -Math.LN2 * BUCKET_DAYS[bucket]!)
  const onesByRow = constant(rowCount, 1, () => 1)
  const onesByKind = constant(kinds, 1, () => 1)
  const levels = constant(rowCount, LEVEL_COUNT, (row, level) => (exposures.levels[row] === level ? 1 : 0))
  const offsets = constant(rowCount, kinds, (row, decision) => background[decision]![row]!)
  const decided = constant(rowCount, kinds, (row, decision) =>
    exposures.outcomes[row] === decisions[decision] ? 1 : 0,
  )
  const all = constant(1, rowCount, () => 1)
  const addFirst = sumByRow(exposures.first)
  const addOthers = sumByRow(exposures.others)

  /** The parameters that stand at these places. */
  function selected(count: number, placeOf: (at: number) => number): Tensor2D {
    return constant(count, length, (at, k) => (placeOf(at) === k ? 1 : 0))
  }

  /**
   * By row and kind of decision, the sum over types and ages of count times weight: linear in the weights (a row for each type
   * and kind), with its transpose as the derivative. Counts stand only where there are some, which no operation of the library knows.
   */
  function sumByRow(counts: readonly EventCounts[]): (weights: Tensor) => Tensor {
    const types = counts.map(({ rows, counts: ofType }) => ({
      size: rows.length,
      values: keep(tf.tensor2d(ofType, [rows.length, BUCKET_COUNT])),
      rows: keep(tf.tensor1d(rows, 'int32')),
    }))
    const rows = counts.flatMap((one) => [...one.rows])
    if (rows.length === 0) return () => tf.zeros([rowCount, kinds])
    const places = keep(tf.tensor2d(Int32Array.from(rows), [rows.length, 1], 'int32'))
    return tf.customGrad((weights) => {
      const sums = types.flatMap(({ size, values }, type) => {
        if (size === 0) return []
        const ofType = tf.slice(weights as Tensor2D, [type * kinds, 0], [kinds, BUCKET_COUNT])
        return [tf.matMul(values, ofType, false, true)]
      })
      return {
        value: tf.scatterND(places, tf.concat(sums), [rowCount, kinds]),
        gradFunc: (slope) =>
          tf.concat(
            types.map(({ size, values, rows: ofType }) =>
              size === 0
                ? tf.zeros([kinds, BUCKET_COUNT])
                : tf.matMul(tf.gather(slope as Tensor2D, ofType), values, true, false),
            ),
          ),
      }
    }) as (weights: Tensor) => Tensor
  }

  function lossOf(parameters: Tensor): Tensor {
    const at = (places: Tensor2D): Tensor => tf.matMul(places, parameters)
    const rates = tf.exp(tf.neg(at(halfLifeAt)))
    const faded = tf.add(tf.matMul(at(weightAt), buckets), tf.matMul(rates, ages))
    const shared = tf.add(faded, tf.matMul(at(shareAt), buckets))
    const added = tf.add(addFirst(tf.exp(faded)), addOthers(tf.exp(shared)))
    const level = tf.matMul(levels, tf.reshape(at(levelAt), [LEVEL_COUNT, kinds]))
    const slope = tf.matMul(onesByRow, tf.reshape(at(slopeAt), [1, kinds]))
    const logOdds = tf.add(tf.add(level, tf.mul(offsets, slope)), tf.log1p(added))
    // ln(1 + sum over kinds of e^x), less x of what happened.
    const total = tf.log1p(tf.matMul(tf.exp(logOdds), onesByKind))
    const losses = tf.sub(total, tf.matMul(tf.mul(decided, logOdds), onesByKind))
    return tf.reshape(tf.matMul(all, losses), [])
  }

  const tensorOf = (parameters: Float64Array): Tensor2D =>
    tf.tensor2d(Float32Array.from(parameters), [length, 1])
  const both = tf.valueAndGrad(lossOf)
  return {
    at(parameters) {
      const found = { loss: Number.NaN, gradient: new Float64Array(length) }
      tf.tidy(() => {
        const { value, grad } = both(tensorOf(parameters))
        found.loss = value.dataSync()[0] ?? Number.NaN
        found.gradient.set(grad.dataSync())
      })
      for (let k = 0; k < length; k++) {
        const off = parameters[k]! - prior.mean[k]!
        found.loss += (prior.precision[k]! / 2) * off * off
        found.gradient[k]! += prior.precision[k]! * off
      }
      return found
    },
    dispose: () => tf.dispose(kept),
  }
}
