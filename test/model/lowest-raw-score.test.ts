/** No row between two has a raw score below the bound that their model gives: of every kind of model. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artifact, LogisticArtifact, RubricArtifact } from '../../src/model/artifact.ts'
import { createPredictor } from '../../src/model/predict.ts'
import { randomTree, runs, TREE_COLUMNS, treeArtifact, treeRow } from '../support/random-trees.ts'

const weights = fc.double({ min: -2, max: 2, noNaN: true })
const count = TREE_COLUMNS.length

/** Straight lines, curves that turn, categories. */
const logistic: fc.Arbitrary<Artifact> = fc
  .array(fc.tuple(weights, weights, weights, weights), { minLength: count, maxLength: count })
  .map((drawn) => {
    const { base_score: _, trees: __, rounding: ___, ...header } = treeArtifact([])
    const terms = drawn.map(([a, b, c, missing], column): LogisticArtifact['terms'][number] => {
      const described = TREE_COLUMNS[column]!
      if (described.kind === 'category') {
        const contributions = described.categories.map((_, code) => a + b * Math.sin(code))
        return { kind: 'category', contributions, missing }
      }
      if (column % 2 === 0)
        return { kind: 'linear', mean: a, scale: 1.5, weight: column === 2 ? 0 : b, offset: c, missing }
      return { kind: 'curve', knots: [-1.5, 0, 0.6, 2], values: [a, b, c, a - b], missing }
    })
    return { ...header, kind: 'logistic', base: -1, terms }
  })

const rubric: fc.Arbitrary<Artifact> = fc
  .array(fc.tuple(fc.nat(count - 1), weights, weights, fc.nat(3)), { minLength: 1, maxLength: 12 })
  .map((drawn) => {
    const {
      base_score: _,
      trees: __,
      rounding: ___,
      calibration: ____,
      training: _____,
      ...header
    } = treeArtifact([])
    const conditionOn = (column: number, bound: number) => {
      const { kind, name } = TREE_COLUMNS[column]!
      if (kind === 'category') return { column: name, one_of: ['a', 'k3', 'k7'] }
      return bound > 0 ? { column: name, at_least: bound } : { column: name, at_most: bound }
    }
    const rules = drawn.map(([column, points, bound, how]): RubricArtifact['rules'][number] => {
      const condition = conditionOn(column, bound)
      if (how === 0) return { ...condition, points, and: [conditionOn((column + 1) % count, points)] }
      if (how > 1 || 'one_of' in condition || points === 0) return { ...condition, points }
      return { column: condition.column, points, each: points / 3 }
    })
    return { ...header, kind: 'rubric', base_points: 30, rules }
  })

const boosting = fc
  .tuple(
    fc.array(randomTree(4), { minLength: 1, maxLength: 4 }),
    fc.constantFrom<'none' | 'float32'>('none', 'float32'),
  )
  .map(([trees, rounding]): Artifact => treeArtifact(trees, { rounding }))

/** Where each column of the row between stands: 0 at the one, 1 at the other. */
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: count, maxLength: count })

function between(
  from: Float64Array,
  to: Float64Array,
  anything: Float64Array,
  at: readonly number[],
): Float64Array {
  return from.map((value, column) => {
    const other = to[column]!
    if (Object.is(value, other)) return value
    const described = TREE_COLUMNS[column]!
    if (described.kind === 'category') {
      const isCode = (code: number) =>
        Number.isInteger(code) && code >= 0 && code < described.categories.length
      return isCode(value) || isCode(other) ? anything[column]! : value
    }
    const isOpen = Number.isNaN(value) || Number.isNaN(other)
    if (isOpen) return anything[column]!
    return Math.min(
      Math.max(value, other),
      Math.max(Math.min(value, other), value + (other - value) * at[column]!),
    )
  })
}

describe.each([
  ['logistic', logistic],
  ['rubric', rubric],
  ['boosting', boosting],
] as const)('lowestRawScore, %s', (_, artifact) => {
  it('is above no row between, and is the raw score of equal rows', () => {
    let isTight = 0
    fc.assert(
      fc.property(artifact, treeRow, treeRow, treeRow, places, (given, from, to, anything, at) => {
        const { rawScore, lowestRawScore } = createPredictor(given)
        const lowest = lowestRawScore(from, to)
        const found = rawScore(between(from, to, anything, at))
        expect(lowest).toBeLessThanOrEqual(found + 1e-12)
        expect(lowest).toBe(lowestRawScore(to, from))
        expect(lowestRawScore(from, from)).toBe(rawScore(from))
        if (lowest > -1e6) isTight++
      }),
      runs(500),
    )
    expect(isTight).toBeGreaterThan(20)
  })
})
