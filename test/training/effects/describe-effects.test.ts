import { describe, expect, it } from 'vitest'
import { sigmoid } from '../../../src/model/link.ts'
import { trainBoosting } from '../../../training/boosting/boosting.ts'
import { describeEffects } from '../../../training/effects/describe-effects.ts'
import { boostingParts } from '../../../training/learners/boosting.ts'
import { predictorOf } from '../../../training/learners/predictor.ts'
import type { Matrix } from '../../../training/matrix.ts'
import { randomIntegers } from '../../../training/random.ts'
import { askEffects } from '../../../training/report/ask-effects.ts'
import { effectsLines } from '../../../training/report/effects-text.ts'

const base = { side: 'fit' } as const
const COLUMNS: Matrix['columns'] = [
  { kind: 'number', name: 'company.size', group: 'company', transform: 'identity', ...base },
  { kind: 'number', name: 'company.age', group: 'company', transform: 'identity', ...base },
  { kind: 'flag', name: 'trial', group: 'trial', ...base },
  { kind: 'category', name: 'source', group: 'source', categories: ['web', 'event', 'partner'], ...base },
]

function matrixOf(rows: readonly (readonly number[])[], labels: readonly number[]): Matrix {
  return {
    columns: COLUMNS,
    rowCount: rows.length,
    data: Float64Array.from(rows.flat()),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(rows.keys()),
  }
}

const linear = { kind: 'linear', mean: 0, scale: 1, offset: 0 } as const

describe('describeEffects of logistic regression', () => {
  // Four rows, so that every figure can be worked out: size and age pull against each other, trial is never asked.
  const rows = matrixOf(
    [
      [-1, -1, 0, 0],
      [1, 1, 1, 0],
      [-1, Number.NaN, 0, 1],
      [1, 1, 1, Number.NaN],
    ],
    [0, 1, 0, 1],
  )
  const predictor = predictorOf(
    {
      kind: 'logistic',
      base: -1,
      terms: [
        { ...linear, weight: 2, missing: 0 },
        { ...linear, weight: -1, missing: 0.4 },
        { ...linear, weight: 0, missing: 0 },
        { kind: 'category', contributions: [0.3, -0.3, 0], missing: 0.1 },
      ],
    },
    COLUMNS,
    { kind: 'affine', slope: 0.5, intercept: 0.2 },
  )
  const effects = describeEffects(predictor, rows, null)

  it('tells the importance of columns, and of groups that are less than their columns', () => {
    const shap = effects.by_column.map(({ column, mean_absolute_shap }) => [column, mean_absolute_shap])
    expect(shap).toEqual([
      ['company.size', expect.closeTo(1, 12)],
      ['company.age', expect.closeTo((0.5 + 0.5 + 0.2 + 0.5) / 4, 12)],
      ['source', expect.closeTo((0.15 + 0.15 + 0.15 + 0.05) / 4, 12)],
    ])
    expect(effects.by_group[0]).toMatchObject({
      group: 'company',
      mean_absolute_shap: expect.closeTo((0.5 + 0.5 + 0.8 + 0.5) / 4, 12),
      mean_absolute_points: expect.closeTo((10 * 0.575) / Math.LN2, 9),
      gain: null,
    })
    expect(effects).toMatchObject({ columns: 4, interactions: [], rows: { learned: 4, interactions: null } })
  })

  it('tells the mean calibrated probability at each value, and the rows there', () => {
    const age = effects.partial_dependence.find(({ column }) => column === 'company.age')!
    const calibrated = (raw: number) => sigmoid(0.5 * raw + 0.2)
    const withAge = (term: number) =>
      (calibrated(-3 + term + 0.3) +
        calibrated(1 + term + 0.3) +
        calibrated(-3 + term - 0.3) +
        calibrated(1 + term + 0.1)) /
      4
    expect(age.points).toEqual([
      { value: -1, probability: expect.closeTo(withAge(1), 12), rows: 1 },
      { value: 1, probability: expect.closeTo(withAge(-1), 12), rows: 2 },
      { value: null, probability: expect.closeTo(withAge(0.4), 12), rows: 1 },
    ])
    const source = effects.partial_dependence.find(({ column }) => column === 'source')!
    expect(source.points.map(({ value, rows }) => [value, rows])).toEqual([
      ['web', 2],
      ['event', 1],
      [null, 1],
    ])
  })

  it('is told to people and to those who ask', () => {
    const text = effectsLines(effects).join('\n')
    expect(text).toMatch(/ {2}company +8\.30 {2}█{20}\n/)
    expect(text).toMatch(/ {2}company\.size +14\.43 +-1 {2}▁█ {2}1 +\d+\.\d % to \d+\.\d %/)
    expect(text).toMatch(/ {2}source .* event {2}▁█ {2}web .* \d+\.\d %\n?/)
    expect(text).not.toMatch(/gain|Judged|NaN|undefined/)
    const page = askEffects(effects, { feature: 'source' }, 'x')
    expect(page.lines.join('\n')).toMatch(/ {2}missing +\d+\.\d % {2}█+[▉-▏]? +1$/)
    expect(page.numbers).toMatchObject({
      features: [{ column: 'source', kind: 'category', interactions: [] }],
    })
    const group = askEffects(effects, { feature: 'company' }, 'x').numbers
    expect(group).toMatchObject({ features: [{ column: 'company.size' }, { column: 'company.age' }] })
    expect(() => askEffects(effects, { feature: 'compny' }, 'x')).toThrow(
      /did you mean "company".*company\.size, /,
    )
    expect(() => askEffects(effects, { feature: 'sour' }, 'x')).toThrow(/There is no "sour"/)
    expect(() => askEffects(effects, { pair: ['source', 'company'] }, 'x')).toThrow(/adds up/)
    expect(() => askEffects(undefined, { feature: 'source' }, 'model version 3')).toThrow(/model version 3/)
  })

  it('says so where no column adds anything', () => {
    const flat = {
      kind: 'logistic',
      base: 1,
      terms: COLUMNS.map(() => ({ ...linear, weight: 0, missing: 0 })),
    } as const
    const nothing = describeEffects(predictorOf({ ...flat, terms: [...flat.terms] }, COLUMNS), rows, null)
    expect(effectsLines(nothing).join('\n')).toMatch(/goes by nothing/)
  })
})

describe('describeEffects of boosting', () => {
  it('finds the pair that only counts together, and what the two say together', async () => {
    const next = randomIntegers(3)
    const rows = Array.from({ length: 1_500 }, () => [next(10), next(10), next(2), next(3)])
    // size and trial count together only; source by itself.
    const labels = rows.map(([size, , trial, source]) => {
      const chance = size! < 5 === (trial === 1) ? 15 : 65
      return next(100) < chance + (source === 2 ? 20 : 0) ? 1 : 0
    })
    const matrix = matrixOf(rows, labels)
    const fit = await trainBoosting(matrix, null, { trees: 40, maxLeaves: 6, learningRate: 0.2, seed: 1 })
    const predictor = predictorOf(boostingParts(fit), COLUMNS)
    const effects = describeEffects(predictor, matrix, fit.gain)
    expect(effects.by_column.reduce((sum, { gain }) => sum + gain!, 0)).toBeCloseTo(1, 9)
    const [strongest, second] = effects.interactions
    expect(strongest!.columns.toSorted()).toEqual(['company.size', 'trial'])
    expect(strongest!.mean_absolute_points).toBeGreaterThan(4 * second!.mean_absolute_points)
    const flipped = strongest!.columns[0] === 'trial'
    const at = (size: number, trial: number) =>
      flipped ? strongest!.probability[trial]![size]! : strongest!.probability[size]![trial]!
    expect(at(0, 1)).toBeLessThan(0.35)
    expect(at(0, 0)).toBeGreaterThan(0.5)
    expect(at(4, 1)).toBeGreaterThan(0.5)
    expect(strongest!.rows.flat().reduce((sum, count) => sum + count, 0)).toBe(1_500)
    expect(describeEffects(predictor, matrix, fit.gain)).toEqual(effects)
    expect(JSON.parse(JSON.stringify(effects))).toEqual(effects)
    const page = askEffects(effects, { pair: ['trial', 'company.size'] }, 'x')
    expect(page.lines.join('\n')).toMatch(/[▁▂] .*█/)
    expect(page.numbers).toMatchObject({ pairs: [{ columns: strongest!.columns }] })
    expect(askEffects(effects, { pair: ['company.size', 'trial'] }, 'x')).toEqual(page)
    expect(() => askEffects(effects, { pair: ['trial', 'company'] }, 'x')).not.toThrow()
    expect(() => askEffects(effects, { pair: ['trial'] }, 'x')).toThrow(/two names/)
  })
})
