/**
 * A rubric: points for conditions, written by people. Its raw score is in points, whatever calibrates it: it stays the card that people
 * read, and its explanation sums to them. Outcomes may put a probability beside them (training/rubric/calibrate-rubric.ts).
 */
import type { RubricArtifact } from './artifact.ts'
import { createCalibrator } from './calibration.ts'
import { createIntervalOf } from './interval.ts'
import { clampProbability, sigmoid } from './link.ts'
import type { Predictor } from './predict.ts'
import { compileRules } from './rubric-rules.ts'

export function createRubricPredictor(artifact: RubricArtifact): Predictor {
  const rules = compileRules(artifact)
  const rawScore = (row: Float64Array, offset = 0): number => {
    let sum = artifact.base_points
    for (const { points, share } of rules) sum += points * share(row, offset)
    return sum
  }
  const logOdds = artifact.calibration && createCalibrator(artifact.calibration).logOdds
  return {
    artifact,
    base: Number.NaN,
    rawScore,
    lowestRawScore(from, to) {
      let sum = artifact.base_points
      for (const { points, shareBetween } of rules) {
        const [least, most] = shareBetween(from, to)
        sum += points * (points < 0 ? most : least)
      }
      return sum
    },
    rawScores(rows, out) {
      for (let i = 0; i < out.length; i++) out[i] = rawScore(rows, i * artifact.columns.length)
    },
    contributions(row, offset, out) {
      out.fill(0, 0, artifact.columns.length)
      for (const { column, points, share } of rules) out[column] = out[column]! + points * share(row, offset)
    },
    probability: (points) => (logOdds ? clampProbability(sigmoid(logOdds(points))) : Number.NaN),
    interval: createIntervalOf(artifact.intervals),
    reasons(row, offset) {
      const reasons = new Map<number, string[]>()
      for (const { column, points, reason, share } of rules) {
        if (reason === undefined || points * share(row, offset) === 0) continue
        const known = reasons.get(column)
        if (!known) reasons.set(column, [reason])
        else if (!known.includes(reason)) known.push(reason)
      }
      return reasons
    },
  }
}
