/**
 * Models that LightGBM 4.7, XGBoost 3.2 and XGBoost 1.7 trained, read by us: the same scores and the same contributions of the
 * same rows, with missing values, zeros, and every kind of split. LightGBM adds in float64 as we do; XGBoost adds in float32.
 */
import { describe, expect, it } from 'vitest'
import { readModelFile } from '../../src/interop/read-model.ts'
import { createPredictor } from '../../src/model/predict.ts'
import {
  ALL_CATEGORICAL,
  artifactOf,
  expectedOf,
  fixtureColumns,
  fixtureText,
  ROWS,
  readFixture,
} from './fixtures.ts'

interface Fixture {
  readonly name: string
  readonly files: readonly string[]
  readonly categorical: readonly string[]
  /** Log-odds for one unit of the library's raw score. */
  readonly scale: number
  readonly scores: number
  readonly contributions: number
}

function lightgbm(name: string, more: Partial<Fixture> = {}): Fixture {
  const full = `lightgbm-${name}`
  return {
    name: full,
    files: [`${full}.txt`],
    categorical: [],
    scale: 1,
    scores: 1e-9,
    contributions: 1e-6,
    ...more,
  }
}

function xgboost(name: string, more: Partial<Fixture> = {}): Fixture {
  const full = `xgboost-${name}`
  const files = [`${full}.json.model`]
  return { name: full, files, categorical: [], scale: 1, scores: 1e-6, contributions: 1e-5, ...more }
}

const categorical = ALL_CATEGORICAL

const FIXTURES: readonly Fixture[] = [
  lightgbm('numeric'),
  lightgbm('missing'),
  lightgbm('categorical', { categorical }),
  lightgbm('categorical-complete', { categorical }),
  lightgbm('zero-as-missing'),
  lightgbm('sigmoid', { scale: 0.7 }),
  // With average_output the raw score is the sum, but the probability is that of the mean of the 4 trees.
  lightgbm('forest', { scale: 1 / 4 }),
  lightgbm('dart'),
  lightgbm('constant'),
  xgboost('numeric', { files: ['xgboost-numeric.json.model', 'xgboost-numeric.ubj'] }),
  xgboost('categorical', {
    files: ['xgboost-categorical.json.model', 'xgboost-categorical.ubj'],
    categorical,
  }),
  xgboost('best-iteration'),
  xgboost('logitraw'),
  xgboost('forest'),
  xgboost('1.7', { categorical }),
]

describe.each(FIXTURES)('$name', ({ name, files, categorical, scale, scores, contributions }) => {
  const expected = expectedOf(name)
  it.each(files)('%s gives the same scores and contributions', (file) => {
    const artifact = artifactOf(readFixture(file), fixtureColumns(categorical))
    const predictor = createPredictor(artifact)
    const out = new Float64Array(artifact.columns.length)
    for (const [i, row] of ROWS.entries()) {
      const raw = predictor.rawScore(row)
      expect(Math.abs(raw - scale * expected.raw[i]!), `raw score of row ${i}`).toBeLessThan(scores)
      expect(
        Math.abs(predictor.probability(raw) - expected.probability[i]!),
        `probability of row ${i}`,
      ).toBeLessThan(scores)
      predictor.contributions(row, 0, out)
      for (const [c, given] of [...out, predictor.base].entries())
        expect(
          Math.abs(given - scale * expected.contributions[i]![c]!),
          `row ${i}, column ${c}`,
        ).toBeLessThan(contributions)
    }
  })
})

it('LightGBM takes NaN for 0 where training had no missing values, and 0 is at most a threshold of 0', () => {
  const text = fixtureText('lightgbm-numeric.txt')
  const rootOf = (threshold: string) => {
    const changed = text
      .replace(/threshold=\S+/, `threshold=${threshold}`)
      .replace(/decision_type=\S+/, 'decision_type=0')
    return readModelFile(new TextEncoder().encode(changed), 'model').trees[0]![0]
  }
  expect(rootOf('0')).toMatchObject({ threshold: 0, missingLeft: true })
  expect(rootOf('-1e-30')).toMatchObject({ threshold: -1e-30, missingLeft: false })
})
