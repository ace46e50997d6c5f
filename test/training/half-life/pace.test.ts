import { describe, expect, it } from 'vitest'
import { DAY } from '../../../src/glossary.ts'
import { BUCKET_COUNT, BUCKET_DAYS, bucketOf } from '../../../training/half-life/age-buckets.ts'
import type { EventCounts, Exposures } from '../../../training/half-life/exposures.ts'
import { LEVEL_COUNT } from '../../../training/half-life/exposures.ts'
import { informationOf } from '../../../training/half-life/information.ts'
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
const outcomes = Uint8Array.from({ length: ROWS }, () => (draw(3) === 0 ? 1 + draw(2) : 0))
const exposures: Exposures = {
  events: ['a', 'b', 'c'],
  first: [counts(2), counts(4), none],
  others: [counts(5), none, none],
  background: {
    columns: [],
    rowCount: ROWS,
    data: new Float64Array(0),
    labels: outcomes.map((outcome) => Math.min(1, outcome)),
    groups: Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / 3)),
  },
  outcomes,
  levels: Int32Array.from({ length: ROWS }, () => draw(LEVEL_COUNT)),
  cycleDays: [],
}
const background = [0, 1].map(() => Float64Array.from({ length: ROWS }, () => draw(1_000) / 500 - 1))
const layout = layoutOf(3, [1, 2])
const prior = priorOf(layout, 20, [-1, -2])
const somewhere = prior.mean.map((mean, k) => mean + 0.3 * Math.sin(k))

/** Log-odds of a decision against base: the formula of pace-model.ts, word for word, without a clever step. */
function logOddsOf(parameters: Float64Array, row: number, decision: 0 | 1): number {
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
    const sum = decayed(exposures.first[type]!) + share * decayed(exposures.others[type]!)
    added += Math.exp(parameters[layout.weights + 3 * decision + type]!) * sum
  }
  const level = parameters[LEVEL_COUNT * decision + exposures.levels[row]!]!
  return level + parameters[layout.slopes + decision]! * background[decision]![row]! + Math.log(1 + added)
}

function lossAt(parameters: Float64Array): number {
  let loss = 0
  for (let row = 0; row < ROWS; row++) {
    const logOdds = [0, logOddsOf(parameters, row, 0), logOddsOf(parameters, row, 1)]
    loss += Math.log(logOdds.reduce((sum, one) => sum + Math.exp(one), 0)) - logOdds[outcomes[row]!]!
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
    const loss = createPaceLoss(tf, exposures, background, layout, prior)
    const automatic = loss.at(somewhere)
    const byHand = informationOf(exposures, background, layout, prior, somewhere)
    expect(byHand.loss).toBeCloseTo(lossAt(somewhere), 9)
    expect(automatic.loss).toBeCloseTo(lossAt(somewhere), 3)
    const step = 1e-5
    for (let k = 0; k < layout.length; k++) {
      const moved = (by: number) => somewhere.map((value, at) => (at === k ? value + by : value))
      const slope = (lossAt(moved(step)) - lossAt(moved(-step))) / (2 * step)
      expect(Math.abs(byHand.gradient[k]! - slope)).toBeLessThan(1e-6)
      // Single precision.
      expect(Math.abs(automatic.gradient[k]! - slope)).toBeLessThan(1e-3)
    }
    expect(loss.at(somewhere)).toEqual(automatic)
    loss.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('adds up the squares of the gradients by account, not by row', () => {
    const together = { ...exposures.background, groups: new Int32Array(ROWS) }
    const one = informationOf({ ...exposures, background: together }, background, layout, prior, somewhere)
    const score = one.gradient.map(
      (slope, k) => slope - prior.precision[k]! * (somewhere[k]! - prior.mean[k]!),
    )
    const { length } = layout
    for (let i = 0; i < length; i++)
      for (let j = i; j < length; j++) {
        const squares = one.scores[i * length + j]! - (i === j ? prior.precision[i]! : 0)
        expect(squares).toBeCloseTo(score[i]! * score[j]!, 8)
      }
    expect(one.accounts).toBe(1)
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
