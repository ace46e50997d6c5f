/**
 * Exports are kept beside the fixtures, and scripts/interop-check.py lets the real libraries load them. Here: they are still written
 * so, and what our readers make of them is the same model.
 */
import { describe, expect, it } from 'vitest'
import { EXPORT_FORMATS, type ExportFormat, exportModel } from '../../src/interop/export-model.ts'
import { readModelFile } from '../../src/interop/read-model.ts'
import type { Artifact, ArtifactColumn, Calibration, ImportedArtifact } from '../../src/model/artifact.ts'
import { createPredictor } from '../../src/model/predict.ts'
import type { TreeData } from '../../src/model/tree-data.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { treeArtifact } from '../support/random-trees.ts'
import { ALL_CATEGORICAL, artifactOf, fixtureColumns, ROWS, readFixture } from './fixtures.ts'

const SUFFIX: Readonly<Record<ExportFormat, string>> = {
  lightgbm: 'lightgbm.txt',
  xgboost: 'xgboost.json.model',
  onnx: 'onnx.base64',
}

const SOURCES: readonly { file: string; columns: ArtifactColumn[] }[] = [
  { file: 'lightgbm-missing.txt', columns: fixtureColumns([]) },
  { file: 'lightgbm-categorical.txt', columns: fixtureColumns(ALL_CATEGORICAL) },
  { file: 'xgboost-categorical.ubj', columns: fixtureColumns(ALL_CATEGORICAL) },
]

describe.each(SOURCES)('$file', ({ file, columns }) => {
  const artifact = artifactOf(readFixture(file), columns)

  it.each(EXPORT_FORMATS)('is written as %s as it was when the real library read it', async (format) => {
    const { bytes } = exportModel(artifact, format)
    const text = Buffer.from(bytes).toString(format === 'onnx' ? 'base64' : 'utf8')
    const name = file.replace(/\..*$/, '')
    await expect(text).toMatchFileSnapshot(`fixtures/exported/${name}.${SUFFIX[format]}`)
  })

  it.each([
    ['lightgbm', 1e-12],
    ['xgboost', 1e-6],
  ] as const)('is the same model after a way through %s', (format, tolerance) => {
    const again = artifactOf(readModelFile(exportModel(artifact, format).bytes, format), columns)
    expectSame(artifact, again, tolerance)
  })
})

describe('calibration', () => {
  const plain = artifactOf(readFixture('lightgbm-categorical.txt'), fixtureColumns(ALL_CATEGORICAL))
  const calibrated = {
    ...plain,
    base_score: -7.5,
    calibration: { kind: 'affine', slope: 0.8, intercept: 0.3 },
  } as const satisfies Artifact

  it('is in the leaves and the base', () => {
    const again = artifactOf(readModelFile(exportModel(calibrated, 'lightgbm').bytes, 'out'), plain.columns)
    expectSame(calibrated, again, 1e-12)
  })

  it.each(EXPORT_FORMATS)('that bends is refused for %s: no sum of leaves can say it', (format) => {
    const beta = { kind: 'beta', a: 1, b: 2, c: 0, slope: 1 } as const
    const isotonic = { kind: 'isotonic', knots: [0, 1], values: [0, 1], slope: 1 } satisfies Calibration
    for (const calibration of [beta, isotonic])
      expect(() => exportModel({ ...plain, calibration }, format)).toThrow(
        expect.objectContaining({
          code: 'model_unsupported',
          message: expect.stringMatching(`${calibration.kind} calibration, .* Allowed: artifact`),
        }),
      )
  })
})

describe('a split that sends all categories one way, and missing the other', () => {
  const [, , , industry] = fixtureColumns(ALL_CATEGORICAL)
  const split = (codes: number[], missingLeft: 0 | 1): TreeData => ({
    column: [0, -1, -1],
    threshold: [null, null, null],
    left: [1, -1, -1],
    missing_left: [missingLeft, 0, 0],
    categories: [codes, null, null],
    value: [0, 1, 2],
    cover: [10, 6, 4],
  })
  const all = Array.from({ length: 12 }, (_, code) => code)
  const artifact = treeArtifact([split(all, 0), split([], 1)], { columns: [industry!] })

  it('is the same after a way through LightGBM and XGBoost', () => {
    for (const format of ['lightgbm', 'xgboost'] as const) {
      const again = artifactOf(readModelFile(exportModel(artifact, format).bytes, format), [industry!])
      for (const code of [0, 11, Number.NaN]) {
        const [ours, theirs] = [artifact, again].map((model) => {
          const { rawScore, probability } = createPredictor(model)
          return probability(rawScore(Float64Array.of(code)))
        })
        expect(theirs).toBeCloseTo(ours!, 6)
      }
    }
  })

  it('has no empty set, which XGBoost and ONNX Runtime refuse to load', () => {
    const xgboost = Buffer.from(exportModel(artifact, 'xgboost').bytes).toString()
    expect(xgboost.match(/"categories_sizes":\[\d+\]/g)).toEqual([
      '"categories_sizes":[1]',
      '"categories_sizes":[12]',
    ])
    // The sets stand one behind the other, each with NaN at its end.
    const members = Buffer.from(Float64Array.of(10, 11, Number.NaN, -1, Number.NaN).buffer)
    expect(Buffer.from(exportModel(artifact, 'onnx').bytes).includes(members)).toBe(true)
  })
})

it('thresholds beyond float32 and covers of almost nothing are written as what the libraries read', () => {
  const [employees] = fixtureColumns([])
  const tree: TreeData = {
    column: [0, 0, -1, -1, -1],
    threshold: [Number.MAX_VALUE, -Number.MAX_VALUE, null, null, null],
    left: [1, 3, -1, -1, -1],
    missing_left: [0, 0, 0, 0, 0],
    categories: [null, null, null, null, null],
    value: [0, 0, 3, 1, 2],
    cover: [10, 10, 1e-12, 1e-12, 10],
  }
  const artifact = treeArtifact([tree], { columns: [employees!] })
  for (const format of ['lightgbm', 'xgboost'] as const) {
    const again = artifactOf(readModelFile(exportModel(artifact, format).bytes, format), [employees!])
    const scores = [artifact, again].map((model) => {
      const { rawScore, probability } = createPredictor(model)
      return [0, -1e30, 1e30, Number.NaN].map((value) => probability(rawScore(Float64Array.of(value))))
    })
    expect(scores[1]).toEqual(scores[0]!.map((score) => expect.closeTo(score, 6)))
  }
  expect(Buffer.from(exportModel(artifact, 'lightgbm').bytes).toString()).toMatch(/leaf_count=1 1 \d{10}\n/)
})

describe('names', () => {
  it('that the format cannot hold are told, and stay apart', () => {
    const [first, second, ...others] = fixtureColumns([])
    const columns = [{ ...first!, name: 'page views' }, { ...second!, name: 'page_views' }, ...others]
    const { bytes, notes } = exportModel(artifactOf(readFixture('lightgbm-missing.txt'), columns), 'lightgbm')
    expect(readModelFile(bytes, 'out').featureNames.slice(0, 2)).toEqual(['page_views', 'page_views_2'])
    expect(notes.join()).toContain('page views is page_views')
  })
})

it('refuses models without trees', () => {
  expect(() => exportModel(tinyArtifact().artifact, 'onnx')).toThrow(
    expect.objectContaining({ code: 'model_unsupported', message: expect.stringContaining('logistic') }),
  )
})

/** The same probabilities and contributions of all rows. */
function expectSame(artifact: ImportedArtifact, again: ImportedArtifact, tolerance: number): void {
  const [a, b] = [createPredictor(artifact), createPredictor(again)]
  const [outA, outB] = [new Float64Array(artifact.columns.length), new Float64Array(artifact.columns.length)]
  for (const row of ROWS) {
    expect(Math.abs(b.probability(b.rawScore(row)) - a.probability(a.rawScore(row)))).toBeLessThan(tolerance)
    a.contributions(row, 0, outA)
    b.contributions(row, 0, outB)
    for (const [c, value] of [...outA, a.base].entries())
      expect(Math.abs((outB[c] ?? b.base) - value)).toBeLessThan(Math.max(tolerance, 1e-7))
  }
}
