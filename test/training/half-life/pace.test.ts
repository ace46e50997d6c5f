import { describe, expect, it } from 'vitest'
import { DAY } from '../../../src/glossary.ts'
import { BUCKET_COUNT, BUCKET_DAYS, bucketOf } from '../../../training/half-life/age-buckets.ts'
import { doubtOf } from '../../../training/half-life/doubt.ts'
import type { EventCounts, Exposures } from '../../../training/half-life/exposures.ts'
import { LEVEL_COUNT } from '../../../training/half-life/exposures.ts'
import { createPaceLoss } from '../../../training/half-life/pace-loss.ts'
import { layoutOf, priorOf } from '../../../training/half-life/pace-model.ts'
import { loadTensors } from '../../../training/half-life/tensors.ts'
import { randomIntegers } from '../../../training/random.ts'

const ROWS = 60
const draw = randomIntegers(5)

/** Every third or so row has events, of some ages. */
function counts(every: number): EventCounts {
  const rows = Array.from({ length: ROWS }, (_, row) => row).filter(() => draw(every) === 0)
  const values = Float32Array.from({ length: rows.length * BUCKET_COUNT }, () =>
    draw(6) === 0 ? 1 + draw(3) : 0,
  )
  return { rows: Int32Array.from(rows), counts: values }
}

const none: EventCounts = { rows: new Int32Array(0), counts: new Float32Array(0) }
const exposures: Exposures = {
  events: ['a', 'b', 'c'],
  own: [counts(2), counts(4), none],
  colleagues: [counts(5), none, none],
  background: {
    columns: [],
    rowCount: ROWS,
    data: new Float64Array(0),
    labels: Uint8Array.from({ length: ROWS }, () => (draw(4) === 0 ? 1 : 0)),
    groups: Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / 3)),
  },
  levels: Int32Array.from({ length: ROWS }, () => draw(LEVEL_COUNT)),
  cycleDays: [],
}
const background = Float64Array.from({ length: ROWS }, () => draw(1_000) / 500 - 1)
const mask = Uint8Array.from({ length: ROWS }, (_, row) => (Math.floor(row / 3) % 5 === 0 ? 0 : 1))
const layout = layoutOf(3)
const prior = priorOf(layout, 20, -1)
const somewhere = prior.mean.map((mean, k) => mean + 0.3 * Math.sin(k))

/** The formula of pace-model.ts, word for word, without a clever step. */
function lossAt(parameters: Float64Array): number {
  let loss = 0
  for (let row = 0; row < ROWS; row++) {
    if (mask[row] === 0) continue
    let added = 0
    for (let type = 0; type < 3; type++) {
      const halfLife = Math.exp(parameters[layout.halfLives + type]!)
      const decayed = (of: EventCounts): number => {
        const pair = of.rows.indexOf(row)
        if (pair < 0) return 0
        return BUCKET_DAYS.reduce(
          (sum, days, bucket) => sum + of.counts[pair * BUCKET_COUNT + bucket]! * 2 ** (-days / halfLife),
          0,
        )
      }
      const share = Math.exp(parameters[layout.share]!)
      const sum = decayed(exposures.own[type]!) + share * decayed(exposures.colleagues[type]!)
      added += Math.exp(parameters[layout.weights + type]!) * sum
    }
    const logOdds =
      parameters[exposures.levels[row]!]! + parameters[layout.slope]! * background[row]! + Math.log(1 + added)
    loss += Math.log(1 + Math.exp(logOdds)) - exposures.background.labels[row]! * logOdds
  }
  parameters.forEach((value, k) => {
    loss += (prior.precision[k]! / 2) * (value - prior.mean[k]!) ** 2
  })
  return loss
}

describe('the pace model', () => {
  it('has the same gradient by automatic differentiation, by hand and by finite differences, and keeps no memory', async () => {
    const tf = await loadTensors()
    const before = tf.memory().numTensors
    const loss = createPaceLoss(tf, exposures, background, mask, layout, prior)
    const automatic = loss.gradient(somewhere)
    const { gradient } = doubtOf(exposures, background, mask, layout, prior, somewhere)
    const step = 1e-5
    for (let k = 0; k < layout.length; k++) {
      const moved = (by: number) => somewhere.map((value, at) => (at === k ? value + by : value))
      const slope = (lossAt(moved(step)) - lossAt(moved(-step))) / (2 * step)
      expect(Math.abs(gradient[k]! - slope)).toBeLessThan(1e-6)
      // Single precision.
      expect(Math.abs(automatic[k]! - slope)).toBeLessThan(1e-3)
    }
    expect(loss.gradient(somewhere)).toEqual(automatic)
    loss.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('leaves it to this process how it ends on an error', async () => {
    const before = process.listenerCount('uncaughtException')
    await loadTensors()
    expect(process.listenerCount('uncaughtException')).toBe(before)
    const names = process.listeners('uncaughtException').map(String).join()
    expect(names).not.toContain('ExitStatus')
  })

  it('puts every age into a bucket whose middle is near it', () => {
    for (let days = 0.05; days <= 365; days *= 1.01) {
      const middle = BUCKET_DAYS[bucketOf(days * DAY)]!
      expect(Math.abs(Math.log(middle / days))).toBeLessThan(0.17)
    }
    expect([bucketOf(0), bucketOf(365 * DAY)]).toEqual([0, BUCKET_COUNT - 1])
  })
})
