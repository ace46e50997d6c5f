/** The log loss of the pace model with its gradient, by automatic differentiation. Numbers of single precision. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { BUCKET_COUNT, BUCKET_DAYS } from './age-buckets.ts'
import type { EventCounts, Exposures } from './exposures.ts'
import type { PaceLayout, PacePrior } from './pace-model.ts'
import type { TensorLibrary } from './tensors.ts'

export interface PaceLoss {
  /** Of the loss summed over the rows of `mask`, with what the prior adds. */
  gradient(parameters: Float64Array): Float64Array
  /** Mean log loss of the other rows. */
  heldOut(parameters: Float64Array): number
  /** Gives back all memory. */
  dispose(): void
}

/** @param mask By row: 1 to learn from, 0 held out. */
export function createPaceLoss(
  tf: TensorLibrary,
  exposures: Exposures,
  background: Float64Array,
  mask: Uint8Array,
  layout: PaceLayout,
  prior: PacePrior,
): PaceLoss {
  const { rowCount, labels } = exposures.background
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
  const { events, length } = layout
  const linear = constant(rowCount, length, (row, k) => {
    if (k === layout.slope) return background[row]!
    return k === exposures.levels[row] ? 1 : 0
  })
  const logWeights = constant(events, length, (event, k) => (k === layout.weights + event ? 1 : 0))
  const minusLogHalfLives = constant(events, length, (event, k) => (k === layout.halfLives + event ? -1 : 0))
  const logShare = constant(events, length, (_, k) => (k === layout.share ? 1 : 0))
  const ones = constant(1, BUCKET_COUNT, () => 1)
  const ages = constant(1, BUCKET_COUNT, (_, bucket) => -Math.LN2 * BUCKET_DAYS[bucket]!)
  const label = constant(rowCount, 1, (row) => labels[row]!)
  const learned = constant(1, rowCount, (_, row) => mask[row]!)
  const others = constant(1, rowCount, (_, row) => 1 - mask[row]!)
  const addOwn = sumByRow(exposures.own)
  const addColleagues = sumByRow(exposures.colleagues)

  /**
   * By row, the sum over types and ages of count times weight: linear in the weights, with its transpose as the derivative. Counts
   * stand only where there are some, which no operation of the library knows.
   */
  function sumByRow(counts: readonly EventCounts[]): (weights: Tensor) => Tensor {
    const types = counts.map(({ rows, counts: ofType }) => ({
      size: rows.length,
      values: keep(tf.tensor2d(ofType, [rows.length, BUCKET_COUNT])),
      rows: keep(tf.tensor1d(rows, 'int32')),
    }))
    const rows = counts.flatMap((one) => [...one.rows])
    if (rows.length === 0) return () => tf.zeros([rowCount, 1])
    const places = keep(tf.tensor2d(Int32Array.from(rows), [rows.length, 1], 'int32'))
    return tf.customGrad((weights) => {
      const sums = types.flatMap(({ size, values }, type) => {
        if (size === 0) return []
        const ofType = tf.slice(weights as Tensor2D, [type, 0], [1, BUCKET_COUNT])
        return [tf.matMul(values, ofType, false, true)]
      })
      return {
        value: tf.scatterND(places, tf.concat(sums), [rowCount, 1]),
        gradFunc: (slope) =>
          tf.concat(
            types.map(({ size, values, rows: ofType }) =>
              size === 0
                ? tf.zeros([1, BUCKET_COUNT])
                : tf.matMul(tf.gather(slope as Tensor2D, ofType), values, true, false),
            ),
          ),
      }
    }) as (weights: Tensor) => Tensor
  }

  function lossOf(parameters: Tensor, rows: Tensor): Tensor {
    const rates = tf.exp(tf.matMul(minusLogHalfLives, parameters))
    const faded = tf.add(tf.matMul(tf.matMul(logWeights, parameters), ones), tf.matMul(rates, ages))
    const shared = tf.add(faded, tf.matMul(tf.matMul(logShare, parameters), ones))
    const added = tf.add(addOwn(tf.exp(faded)), addColleagues(tf.exp(shared)))
    const logOdds = tf.add(tf.matMul(linear, parameters), tf.log1p(added))
    // ln(1 + e^x) - y x
    const losses = tf.sub(tf.softplus(logOdds), tf.mul(label, logOdds))
    return tf.reshape(tf.matMul(rows as Tensor2D, losses as Tensor2D), [])
  }

  const tensorOf = (parameters: Float64Array): Tensor2D =>
    tf.tensor2d(Float32Array.from(parameters), [length, 1])
  const slopes = tf.grad((parameters) => lossOf(parameters, learned))
  const heldOutRows = Math.max(
    1,
    mask.reduce((count, one) => count + 1 - one, 0),
  )
  return {
    gradient(parameters) {
      const ofLoss = tf.tidy(() => slopes(tensorOf(parameters)).dataSync())
      return parameters.map((value, k) => ofLoss[k]! + prior.precision[k]! * (value - prior.mean[k]!))
    },
    heldOut: (parameters) =>
      tf.tidy(() => (lossOf(tensorOf(parameters), others).dataSync()[0] ?? Number.NaN) / heldOutRows),
    dispose: () => tf.dispose(kept),
  }
}
