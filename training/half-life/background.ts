/**
 * What speaks for a row beside its behaviour: the log-odds of its traits, of a logistic regression on traits and behaviour together,
 * so that traits are not given credit for what was done; for each kind of decision its own, against base. Behaviour decays by the prior in it; the half-lives are learned
 * beside the offset that this leaves.
 */
import type { Column } from '../../src/features/column.ts'
import { logisticParts } from '../learners/logistic.ts'
import { predictorOf } from '../learners/predictor.ts'
import { trainLogistic } from '../logistic/train.ts'
import { type Matrix, selectRows } from '../matrix.ts'
import { BUCKET_COUNT, BUCKET_DAYS } from './age-buckets.ts'
import type { EventCounts, Exposures } from './exposures.ts'

/** Of the penalty: enough that a rare category does not run away. */
const STRENGTH = 3

/** By kind of decision, one a row: log-odds against the average row. */
export function fitBackground(
  exposures: Exposures,
  decisions: readonly number[],
  priorDays: number,
): Float64Array[] {
  const joint = withDecayed(exposures, priorDays)
  return decisions.map((decision) => {
    const ofDecision = baseAnd(joint, exposures.outcomes, decision)
    const model = trainLogistic(ofDecision, selectRows(joint, []), {
      numbers: 'linear',
      strengths: [STRENGTH],
      describe: false,
    })
    const predictor = predictorOf(logisticParts(model), joint.columns)
    const width = joint.columns.length
    const parts = new Float64Array(width)
    return Float64Array.from({ length: joint.rowCount }, (_, row) => {
      predictor.contributions(joint.data, row * width, parts)
      let sum = 0
      for (let c = 0; c < exposures.background.columns.length; c++) sum += parts[c]!
      return sum
    })
  })
}

/** Base and the decisions of one kind. */
function baseAnd(joint: Matrix, outcomes: Uint8Array, decision: number): Matrix {
  const rows = [...outcomes.keys()].filter((row) => outcomes[row] === 0 || outcomes[row] === decision)
  return selectRows(joint, rows)
}

function withDecayed({ background, events, first, others }: Exposures, priorDays: number): Matrix {
  const { columns, rowCount, data } = background
  const decayed = (name: string): Column => ({
    kind: 'number',
    name: `${name}.decayed`,
    group: name,
    side: 'behaviour',
    transform: 'log1p',
  })
  const added = [...events.map((event) => decayed(event)), decayed('others')]
  const width = columns.length + added.length
  const joint = new Float64Array(rowCount * width)
  for (let row = 0; row < rowCount; row++)
    joint.set(data.subarray(row * columns.length, (row + 1) * columns.length), row * width)
  const weights = BUCKET_DAYS.map((days) => 2 ** (-days / priorDays))
  const add = (counts: EventCounts, column: number): void => {
    for (const [pair, row] of counts.rows.entries())
      joint[row * width + column]! += decayedOf(counts, pair, weights)
  }
  for (const [place, counts] of first.entries()) add(counts, columns.length + place)
  for (const counts of others) add(counts, width - 1)
  return { ...background, columns: [...columns, ...added], data: joint }
}

/** Sum over the buckets of count times weight. */
function decayedOf({ counts }: EventCounts, pair: number, weights: Float64Array): number {
  let sum = 0
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket++)
    sum += counts[pair * BUCKET_COUNT + bucket]! * weights[bucket]!
  return sum
}
