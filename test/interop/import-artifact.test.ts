/** Models of files on columns of a definition: what the map says is what the model is given. */
import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../src/features/definition.ts'
import { parseFeatureMap } from '../../src/interop/feature-map.ts'
import type { FileModel, FileNode } from '../../src/interop/file-model.ts'
import { importArtifact } from '../../src/interop/import-artifact.ts'
import type { ImportedArtifact } from '../../src/model/artifact.ts'
import { createPredictor } from '../../src/model/predict.ts'
import { DEFINITION, MAP } from './definition.ts'
import { expectedOf, ROWS, readFixture } from './fixtures.ts'

const definition = parseDefinition(DEFINITION, 'conversion.yaml')

function imported(model: FileModel, map: string, name = 'theirs'): ImportedArtifact {
  const from = { definition, name, segment: '', cutoff: '2026-01-01T00:00:00Z', file: 'model.txt' }
  return importArtifact(model, parseFeatureMap(map, 'map.yaml'), from)
}

/** Scores a row in which each named column has its value (a category: its name) and every other is missing. */
function scoreOf(artifact: ImportedArtifact, values: Readonly<Record<string, number | string>>): number {
  const row = Float64Array.from(artifact.columns, (column) => {
    const value = values[column.name] ?? Number.NaN
    if (typeof value === 'number') return value
    const code = column.kind === 'category' ? column.categories.indexOf(value) : -1
    return code < 0 ? Number.NaN : code
  })
  return createPredictor(artifact).rawScore(row)
}

/** One split: 1 on the left, 2 on the right. */
function stump(
  split: object,
  features: readonly string[] = ['x'],
  rounding: FileModel['rounding'] = 'none',
): FileModel {
  const node = { feature: 0, missingLeft: false, left: 1, right: 2, cover: 10, ...split } as FileNode
  const leaves: FileNode[] = [1, 2].map((value) => ({ kind: 'leaf', value, cover: 5 }))
  return {
    format: 'lightgbm',
    featureNames: features,
    trees: [[node, ...leaves]],
    baseScore: 0,
    rounding,
    notes: [],
  }
}

const INDUSTRIES = 'wood toys steel law food travel media energy health banking retail software'.split(' ')
const REGIONS = ['emea', 'apac', 'americas']

describe.each([
  ['lightgbm-categorical', '.txt', 1e-9],
  ['xgboost-categorical', '.ubj', 1e-6],
])('%s', (name, suffix, tolerance) => {
  const artifact = imported(readFixture(`${name}${suffix}`), MAP)

  it('gives the scores of the library, whatever the order of columns and codes', () => {
    const { raw } = expectedOf(name)
    for (const [i, [employees, visits, recency, industry, region, customer]] of ROWS.entries()) {
      const values = {
        employees: employees!,
        'page_viewed.count': visits!,
        'page_viewed.recency': recency!,
        industry: INDUSTRIES[industry!] ?? Number.NaN,
        region: REGIONS[region!] ?? Number.NaN,
        customer: customer!,
      }
      expect(Math.abs(scoreOf(artifact, values) - raw[i]!)).toBeLessThan(tolerance)
    }
  })

  it('makes vocabularies of the categories of the map, and adds nothing for other columns', () => {
    expect(artifact.vocabularies).toMatchObject({ region: REGIONS, industry: INDUSTRIES.toReversed() })
    expect(artifact).toMatchObject({ kind: 'imported', name: 'theirs', definition: { name: 'theirs' } })
    const out = new Float64Array(artifact.columns.length)
    createPredictor(artifact).contributions(new Float64Array(out.length), 0, out)
    const seniority = artifact.columns.findIndex((column) => column.name === 'seniority')
    expect(out[seniority]).toBe(0)
  })
})

describe('a feature', () => {
  const threshold = (t: number) => ({ kind: 'number', threshold: t })

  it('with `is` is 1 for that category, and 0 for others and for none', () => {
    const model = stump(threshold(0.5))
    const artifact = imported(model, 'features: { x: { column: region, is: APAC } }')
    expect(scoreOf(artifact, { region: 'apac' })).toBe(2)
    expect(scoreOf(artifact, { region: 'emea' })).toBe(1)
    expect(scoreOf(artifact, {})).toBe(1)
  })

  it('of several with `is` shares one vocabulary with the others', () => {
    const model = stump(threshold(0.5), ['x', 'y'])
    const map = 'features: { x: { column: region, is: APAC }, y: { column: region, is: EMEA } }'
    expect(imported(model, map).vocabularies['region']).toEqual(['apac', 'emea'])
  })

  it('of codes that are compared as numbers takes the side of its code', () => {
    const map = 'features: { x: { column: region, categories: { a: 5, b: 7, c: 9 } } }'
    const artifact = imported(stump(threshold(7)), map)
    expect(['a', 'b', 'c'].map((region) => scoreOf(artifact, { region }))).toEqual([1, 1, 2])
    expect(scoreOf(artifact, {})).toBe(2)
  })

  it('with `missing` has that value where the column has none', () => {
    const map = (missing: string): string => `features: { x: { column: employees, missing: ${missing} } }`
    expect(scoreOf(imported(stump(threshold(0)), map('-1')), {})).toBe(1)
    expect(scoreOf(imported(stump(threshold(0)), map('1')), {})).toBe(2)
    expect(scoreOf(imported(stump({ ...threshold(0), missingLeft: true }), map('nan')), {})).toBe(1)
    const usual = 'missing: -1\nfeatures: { x: employees }'
    expect(scoreOf(imported(stump(threshold(0)), usual), {})).toBe(1)
  })

  it('with `missing` as a code goes where that code goes', () => {
    const model = stump({ kind: 'category', codes: new Set([0]), codesGo: 'left' })
    const map = (missing: number): string =>
      `features: { x: { column: region, categories: [a, b], missing: ${missing} } }`
    expect(scoreOf(imported(model, map(0)), {})).toBe(1)
    expect(scoreOf(imported(model, map(-1)), {})).toBe(2)
  })

  it('with codes for some categories only sends the others where missing values go', () => {
    const map = 'features: { x: { column: seniority, categories: { director: 5 } } }'
    for (const split of [threshold(3), { kind: 'category', codes: new Set([4]), codesGo: 'left' }]) {
      for (const missingLeft of [true, false]) {
        const artifact = imported(stump({ ...split, missingLeft }), map)
        expect(scoreOf(artifact, { seniority: 'director' })).toBe(2)
        expect(scoreOf(artifact, { seniority: 'manager' })).toBe(missingLeft ? 1 : 2)
      }
    }
  })

  it('can be an entry of a list', () => {
    const artifact = imported(stump(threshold(0.5)), 'features: { x: technologies.Kubernetes }')
    expect(artifact.vocabularies['technologies']).toEqual(['kubernetes'])
    expect(scoreOf(artifact, { 'technologies.kubernetes': 1 })).toBe(2)
  })

  it('is rounded to float32 where the model was', () => {
    const artifact = imported(
      stump(threshold(Math.fround(0.1)), ['x'], 'float32'),
      'features: { x: employees }',
    )
    expect(scoreOf(artifact, { employees: 0.1 })).toBe(1)
    expect(scoreOf(artifact, { employees: 0.1 + 1e-9 })).toBe(1)
    expect(scoreOf(artifact, { employees: 0.1 + 1e-8 })).toBe(2)
  })
})

it('a leaf that no training row reached weighs nothing in the average', () => {
  const { trees, ...model } = stump({ kind: 'number', threshold: 0, cover: 5 })
  const empty = [trees[0]!.map((node, i) => (i === 2 ? { ...node, cover: 0 } : node))]
  const artifact = imported({ ...model, trees: empty }, 'features: { x: employees }')
  expect(createPredictor(artifact).base).toBeCloseTo(1, 6)
})

it('a whole subtree that no row reached, as a refreshed XGBoost model has, weighs nothing either', () => {
  const split = { kind: 'number', feature: 0, missingLeft: false }
  const leaf = (value: number, cover: number): FileNode => ({ kind: 'leaf', value, cover })
  const nodes = [
    { ...split, threshold: 0, left: 1, right: 2, cover: 5 },
    leaf(1, 5),
    { ...split, threshold: 1, left: 3, right: 4, cover: 0 },
    leaf(2, 0),
    { ...split, threshold: 2, left: 5, right: 6, cover: 0 },
    leaf(3, 0),
    leaf(4, 0),
  ] as FileNode[]
  const artifact = imported({ ...stump({}), trees: [nodes] }, 'features: { x: employees }')
  expect(createPredictor(artifact).base).toBeCloseTo(1, 6)
  expect([0, 1, 2, 3].map((employees) => scoreOf(artifact, { employees }))).toEqual([1, 2, 3, 4])
})

describe('refused with the line', () => {
  const model = stump({ kind: 'number', threshold: 0 }, ['x', 'unused'])
  const byCode = stump({ kind: 'category', codes: new Set([0]), codesGo: 'left' })
  it.each([
    [
      'a feature that the file does not have',
      'features:\n  z: employees',
      /map.yaml:2: features.z: the model has no feature "z".*allowed: x, unused/,
    ],
    ['a near miss', 'features:\n  x: employees\n  unusd: customer', /did you mean "unused"/],
    [
      'a feature that is left out',
      'features: { unused: employees }',
      /leaves out features that the model splits by: x/,
    ],
    [
      'a column that there is not',
      'features:\n  x: employes',
      /map.yaml:2:.*no column "employes" \(did you mean "employees"\?\); allowed: seniority, .*technologies.ENTRY/,
    ],
    ['a category without codes', 'features: { x: region }', /"region" is a category: say with categories/],
    [
      'codes for a number',
      'features: { x: { column: employees, categories: [a] } }',
      /is for categories; "employees" is a number/,
    ],
    [
      'a category that a fixed list lacks',
      'features: { x: { column: seniority, is: directer } }',
      /no category "directer" \(did you mean "director"\?\)/,
    ],
    [
      'a category twice',
      'features: { x: { column: region, categories: [EMEA, emea] } }',
      /"emea" is there twice/,
    ],
    [
      'a category twice, to the letter',
      'features:\n  x:\n    column: region\n    categories: [EMEA, APAC, EMEA]',
      /map.yaml:4: features.x.categories: "EMEA" is there twice/,
    ],
    [
      'a code that is none',
      'features: { x: { column: region, categories: { a: 1.5 } } }',
      /integer from 0 on/,
    ],
    ['both ways', 'features: { x: { column: region, categories: [a], is: a } }', /stands beside categories/],
    ['an unknown field', 'features:\n  x: { colum: region }', /map.yaml:2/],
    [
      'a key twice',
      'features:\n  x: employees\n  x: customer',
      /map.yaml:3: not valid YAML: the key "x" is there twice/,
    ],
  ])('%s', (_, map, message) => {
    expect(() => imported(model, map)).toThrow(
      expect.objectContaining({ code: 'map_invalid', message: expect.stringMatching(message) }),
    )
  })

  it('a category split on a number', () => {
    expect(() => imported(byCode, 'features: { x: employees }')).toThrow(
      expect.objectContaining({
        code: 'model_unsupported',
        message: expect.stringMatching(/splits "x" by category codes/),
      }),
    )
  })

  it('two features of one name', () => {
    expect(() =>
      imported(stump({ kind: 'number', threshold: 0 }, ['x', 'x']), 'features: { x: employees }'),
    ).toThrow(expect.objectContaining({ code: 'model_unsupported' }))
  })
})
