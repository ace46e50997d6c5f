import { describe, expect, it } from 'vitest'
import { parseArtifact } from '../../src/model/parse-artifact.ts'
import type { TreeData } from '../../src/model/tree-data.ts'
import { treeArtifact } from '../support/random-trees.ts'

/** Columns of random-trees.ts: 0 to 3 are numbers, 4 a flag, 5 and 6 categories (of 3 and 300), 7 a number. */
const good: TreeData = {
  column: [0, -1, 5, -1, -1],
  threshold: [1, null, null, null, null],
  left: [1, -1, 3, -1, -1],
  missing_left: [0, 0, 1, 0, 0],
  categories: [null, null, [0, 2], null, null],
  value: [0, 1, 0, 2, 4],
  cover: [100, 20, 80, 60, 20],
}

const parse = (tree: unknown) =>
  parseArtifact(JSON.stringify({ ...treeArtifact([good]), trees: [good, tree] }), 'a test')

/** A chain that goes on to the left `depth` splits deep. */
function deep(depth: number): TreeData {
  const nodes = 2 * depth + 1
  const isSplit = (node: number) => node === 0 || (node % 2 === 1 && node < nodes - 2)
  const each = <T>(value: (node: number) => T): T[] => Array.from({ length: nodes }, (_, node) => value(node))
  return {
    column: each((node) => (isSplit(node) ? 0 : -1)),
    threshold: each((node) => (isSplit(node) ? 0 : null)),
    left: each((node) => (isSplit(node) ? node + (node === 0 ? 1 : 2) : -1)),
    missing_left: each(() => 0),
    categories: each(() => null),
    value: each(() => 0),
    // Each split halves: nodes 1 and 2 have a half, 3 and 4 a quarter.
    cover: each((node) => 2 ** -Math.ceil(node / 2)),
  }
}

describe('trees from outside', () => {
  it('may be 256 splits deep', () => {
    expect(() => parse(deep(256))).not.toThrow()
  })

  it.each<[string, unknown, string]>([
    ['no tree', 7, 'trees.1'],
    ['an unknown field', { ...good, gain: [] }, 'trees.1'],
    ['a field less', { ...good, cover: undefined }, 'trees.1.cover'],
    ['text for a list', { ...good, left: 'aaaaa' }, 'trees.1.left'],
    ['a list with a length that lies', { ...good, left: { length: 5 } }, 'trees.1.left'],
    ['no nodes', { ...good, column: [] }, 'trees.1.column'],
    ['shorter thresholds', { ...good, threshold: [1] }, 'trees.1.threshold'],
    ['more covers', { ...good, cover: [...good.cover, 1] }, 'trees.1.cover'],
    ['a fraction for a column', { ...good, column: [0.5, -1, 5, -1, -1] }, 'trees.1.column.0'],
    ['a column too far', { ...good, column: [8, -1, 5, -1, -1] }, 'trees.1.column.0'],
    ['a column below -1', { ...good, column: [0, -2, 5, -1, -1] }, 'trees.1.column.1'],
    ['a column beyond int32', { ...good, column: [0, -1, 2 ** 32 + 5, -1, -1] }, 'trees.1.column.2'],
    ['a threshold on a category', { ...good, column: [5, -1, 5, -1, -1] }, 'trees.1.threshold.0'],
    ['categories on a number', { ...good, column: [0, -1, 0, -1, -1] }, 'trees.1.categories.2'],
    ['no threshold', { ...good, threshold: [null, null, null, null, null] }, 'trees.1.threshold.0'],
    ['text for a threshold', { ...good, threshold: ['1', null, null, null, null] }, 'trees.1.threshold.0'],
    ['a threshold at a leaf', { ...good, threshold: [1, 1, null, null, null] }, 'trees.1.threshold.1'],
    ['no categories', { ...good, categories: [null, null, null, null, null] }, 'trees.1.categories.2'],
    ['categories at a leaf', { ...good, categories: [null, [0], [0], null, null] }, 'trees.1.categories.1'],
    ['a code too large', { ...good, categories: [null, null, [0, 3], null, null] }, 'trees.1.categories.2'],
    ['a code of billions', { ...good, categories: [null, null, [4e9], null, null] }, 'trees.1.categories.2'],
    ['a code below 0', { ...good, categories: [null, null, [-1], null, null] }, 'trees.1.categories.2'],
    ['a code twice', { ...good, categories: [null, null, [0, 0], null, null] }, 'trees.1.categories.2'],
    [
      'a code that is null',
      { ...good, categories: [null, null, [null], null, null] },
      'trees.1.categories.2',
    ],
    ['a child that is itself', { ...good, left: [1, -1, 2, -1, -1] }, 'trees.1.left.2'],
    ['a cycle to the root', { ...good, left: [1, -1, 0, -1, -1] }, 'trees.1.left.2'],
    ['a child too far', { ...good, left: [1, -1, 4, -1, -1] }, 'trees.1.left.2'],
    ['a child far below 0', { ...good, left: [1, -1, -7, -1, -1] }, 'trees.1.left.2'],
    ['a child of a leaf', { ...good, left: [1, 3, 3, -1, -1] }, 'trees.1.left.1'],
    [
      'children shared by two splits',
      {
        ...good,
        column: [0, 0, 0, -1, -1],
        threshold: [1, 1, 1, null, null],
        categories: [null, null, null, null, null],
        left: [1, 3, 3, -1, -1],
        cover: [2, 1, 1, 0.5, 0.5],
      },
      'trees.1.left.1',
    ],
    [
      'an island with a cycle of its own',
      {
        column: [-1, 0, -1],
        threshold: [null, 1, null],
        left: [-1, 1, -1],
        missing_left: [0, 0, 0],
        categories: [null, null, null],
        value: [0, 0, 0],
        cover: [1, 1, 1e-9],
      },
      'trees.1.column.1',
    ],
    ['another bit', { ...good, missing_left: [2, 0, 1, 0, 0] }, 'trees.1.missing_left.0'],
    ['a leaf of null', { ...good, value: [0, null, 0, 2, 4] }, 'trees.1.value.1'],
    ['a leaf that is enormous', { ...good, value: [0, 1e200, 0, 2, 4] }, 'trees.1.value.1'],
    ['no cover', { ...good, cover: [100, 20, 80, 80, 0] }, 'trees.1.cover.4'],
    ['a cover below 0', { ...good, cover: [100, 20, 80, 90, -10] }, 'trees.1.cover.4'],
    ['covers that do not sum', { ...good, cover: [100, 30, 80, 60, 20] }, 'trees.1.cover.0'],
    ['too deep', deep(257), 'trees.1.left.511'],
  ])('refuses %s', (_, tree, field) => {
    expect(() => parse(tree)).toThrow(expect.objectContaining({ code: 'artifact_invalid', place: { field } }))
  })

  it('refuses a threshold that is not finite, and no trees at all', () => {
    const body = JSON.stringify(treeArtifact([good])).replace('"threshold":[1,', '"threshold":[1e999,')
    expect(() => parseArtifact(body, 'a test')).toThrow(/trees.0.threshold.0/)
    expect(() => parseArtifact(JSON.stringify(treeArtifact([])), 'a test')).toThrow(/trees/)
  })

  it('does not drown in a file of a million faults', () => {
    const faults = (length: number) => Array.from({ length }, () => 'x')
    const hostile = { ...good, left: faults(300_000), cover: faults(300_000) }
    for (const trees of [[hostile], faults(300_000)]) {
      const body = JSON.stringify({ ...treeArtifact([good]), trees })
      expect(() => parseArtifact(body, 'a test')).toThrow(
        expect.objectContaining({
          code: 'artifact_invalid',
          details: expect.toSatisfy((all) => all.length === 1),
        }),
      )
    }
  })
})
