import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createPredictor } from '../../src/model/predict.ts'
import { treesFromData } from '../../src/model/tree-data.ts'
import { rowPreparer } from '../../src/model/tree-rows.ts'
import { BLOCK, referenceWalker, walkTable } from '../../src/model/tree-walk.ts'
import { startKernel } from '../../src/model/wasm.ts'
import { wasmWalker } from '../../src/model/wasm-walker.ts'
import { randomTree, runs, TREE_COLUMNS, treeArtifact, treeRow } from '../support/random-trees.ts'

const WIDTH = 2 * TREE_COLUMNS.length

describe('the walk in WebAssembly', () => {
  it('gives the bits of the reference, for one row and for any number', () => {
    const someTrees = fc.array(randomTree(6), { minLength: 1, maxLength: 18 })
    const rows = fc.array(treeRow, { minLength: 1, maxLength: BLOCK })
    const prepare = rowPreparer(TREE_COLUMNS, 'none')
    fc.assert(
      fc.property(someTrees, randomTree(12), rows, (some, deep, given) => {
        const trees = [...some, deep]
        const table = walkTable(treesFromData(trees))
        const [reference, wasm] = [referenceWalker(table, WIDTH), wasmWalker(table, WIDTH)!].map((walker) => {
          for (const [i, row] of given.entries()) prepare(row, 0, walker.rows, i * walker.stride)
          const sums = new Float64Array(given.length + 3)
          walker.sumsOfLeaves(given.length, sums, 2)
          return [walker.sumOfLeaves(), ...sums]
        })
        expect(wasm).toEqual(reference)
      }),
      runs(60),
    )
  })

  it('serves large models as the reference serves small ones', () => {
    const tree = fc.sample(randomTree(7), { numRuns: 40, seed: 4 })
    const rows = fc.sample(treeRow, { numRuns: 150, seed: 5 })
    const large = createPredictor(treeArtifact(tree, { base_score: 0, calibration: { kind: 'identity' } }))
    const small = tree.map((one) =>
      createPredictor(treeArtifact([one], { base_score: 0, calibration: { kind: 'identity' } })),
    )
    expect(tree.reduce((nodes, { column }) => nodes + column.length, 0)).toBeGreaterThan(500)
    const contributions = new Float64Array(TREE_COLUMNS.length)
    for (const row of rows) {
      expect(large.rawScore(row)).toBe(small.reduce((sum, { rawScore }) => sum + rawScore(row), 0))
      const expected = new Float64Array(TREE_COLUMNS.length)
      for (const one of small) {
        one.contributions(row, 0, contributions)
        for (const [c, value] of contributions.entries()) expected[c] = expected[c]! + value
      }
      large.contributions(row, 0, contributions)
      for (const [c, value] of contributions.entries())
        expect(Math.abs(value - expected[c]!)).toBeLessThan(1e-11)
    }
  })
})

describe('startKernel', () => {
  it('says so when it cannot: no WebAssembly that this machine knows, or more memory than there is', () => {
    expect(startKernel(btoa('not a module'), 1)).toBeNull()
    expect(startKernel(btoa('\0asm\x01\0\0\0'), 2 ** 33)).toBeNull()
    expect(startKernel(btoa('\0asm\x01\0\0\0'), 1)?.buffer.byteLength).toBe(65536)
    vi.stubGlobal('WebAssembly', undefined)
    try {
      expect(startKernel(btoa('\0asm\x02'), 1)).toBeNull()
    } finally {
      vi.unstubAllGlobals()
    }
  })
})
