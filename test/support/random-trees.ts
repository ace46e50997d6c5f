/** Random trees and rows for property tests: columns that repeat on a path, ties, missing values, categories, unknown codes. */
import fc from 'fast-check'
import type { ArtifactColumn, BoostingArtifact } from '../../src/model/artifact.ts'
import { emptyTree, type TreeData } from '../../src/model/tree-data.ts'

const common = { group: 'any', side: 'fit' } as const

/** Numbers, a flag, and categories: one of few, one of more than a few words of a bit set have bits. */
export const TREE_COLUMNS: ArtifactColumn[] = [
  { kind: 'number', name: 'n0', transform: 'identity', ...common },
  { kind: 'number', name: 'n1', transform: 'log1p', ...common },
  { kind: 'number', name: 'n2', transform: 'identity', ...common },
  { kind: 'number', name: 'n3', transform: 'identity', ...common },
  { kind: 'flag', name: 'f4', ...common },
  { kind: 'category', name: 'c5', categories: ['a', 'b', 'c'], ...common },
  { kind: 'category', name: 'c6', categories: Array.from({ length: 300 }, (_, i) => `k${i}`), ...common },
  { kind: 'number', name: 'never asked', transform: 'identity', ...common },
]

/** A node with what is below it, and its share of its parent's rows. */
type Nested =
  | { readonly value: number }
  | {
      readonly column: number
      readonly threshold: number | null
      readonly codes: number[] | null
      readonly missingLeft: 0 | 1
      readonly share: number
      readonly left: Nested
      readonly right: Nested
    }

/** The same few numbers in rows and thresholds, so that they are often equal. */
const LEVELS = [-2, -1, 0, 0.5, 1, 1.1, 2.5]

function splitQuestion(): fc.Arbitrary<{ column: number; threshold: number | null; codes: number[] | null }> {
  const numeric = fc.record({
    column: fc.constantFrom(0, 1, 2, 3, 4),
    threshold: fc.constantFrom(...LEVELS),
    codes: fc.constant(null),
  })
  const category = fc.constantFrom(5, 6).chain((column) => {
    const size = column === 5 ? 3 : 300
    return fc.record({
      column: fc.constant(column),
      threshold: fc.constant(null),
      codes: fc
        .uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 40 })
        .map((codes) => codes.sort((a, b) => a - b)),
    })
  })
  return fc.oneof({ weight: 3, arbitrary: numeric }, { weight: 2, arbitrary: category })
}

function nestedTree(maxDepth: number): fc.Arbitrary<Nested> {
  // Plus 0: JSON does not know -0.
  const leaf = fc.record({ value: fc.double({ min: -2, max: 2, noNaN: true }).map((value) => value + 0) })
  if (maxDepth === 0) return leaf
  const below = nestedTree(maxDepth - 1)
  const split = fc
    .record({
      question: splitQuestion(),
      missingLeft: fc.constantFrom<0 | 1>(0, 1),
      share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      left: below,
      right: below,
    })
    .map(({ question, ...rest }) => ({ ...question, ...rest }))
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 3, arbitrary: split })
}

function flatten(nested: Nested): TreeData {
  const tree = emptyTree()
  const open = [{ nested, cover: 1000 }]
  for (let i = 0; i < open.length; i++) {
    const { nested: node, cover } = open[i]!
    const isLeaf = 'value' in node
    tree.column.push(isLeaf ? -1 : node.column)
    tree.threshold.push(isLeaf ? null : node.threshold)
    tree.left.push(isLeaf ? -1 : open.length)
    tree.missing_left.push(isLeaf ? 0 : node.missingLeft)
    tree.categories.push(isLeaf ? null : node.codes)
    tree.value.push(isLeaf ? node.value : 0)
    tree.cover.push(cover)
    if (isLeaf) continue
    open.push({ nested: node.left, cover: cover * node.share })
    open.push({ nested: node.right, cover: cover * (1 - node.share) })
  }
  return tree
}

export function randomTree(maxDepth: number): fc.Arbitrary<TreeData> {
  return nestedTree(maxDepth).map(flatten)
}

/** How often to draw. What fails is shown as drawn: to shrink nested trees takes minutes. */
export function runs(numRuns: number): { readonly numRuns: number; readonly endOnFailure: true } {
  return { numRuns, endOnFailure: true }
}

/** A row of TREE_COLUMNS: often at a threshold, sometimes missing, sometimes with what is no code at all. */
export const treeRow: fc.Arbitrary<Float64Array> = fc
  .tuple(
    ...TREE_COLUMNS.map((column) => {
      const missing = { weight: 1, arbitrary: fc.constant(Number.NaN) }
      if (column.kind === 'number')
        return fc.oneof(missing, { weight: 5, arbitrary: fc.constantFrom(...LEVELS) })
      if (column.kind === 'flag') return fc.oneof(missing, { weight: 5, arbitrary: fc.constantFrom(0, 1) })
      return fc.oneof(
        missing,
        { weight: 1, arbitrary: fc.constantFrom(-1, 1.5, 300, 511, 1e10, Number.POSITIVE_INFINITY) },
        { weight: 6, arbitrary: fc.nat({ max: column.categories.length - 1 }) },
      )
    }),
  )
  .map((values) => Float64Array.from(values))

export function treeArtifact(trees: TreeData[], change: Partial<BoostingArtifact> = {}): BoostingArtifact {
  return {
    format: 'wonlost.artifact',
    format_version: 1,
    name: 'conversion',
    segment: '',
    definition: {},
    vocabularies: {},
    columns: TREE_COLUMNS,
    fingerprint: 'ab'.repeat(32),
    kind: 'boosting',
    base_score: -1.5,
    trees,
    rounding: 'none',
    calibration: { kind: 'affine', slope: 0.9, intercept: 0.1 },
    training: { rows: 1000, positives: 90, subjects: 400, seed: 1, cutoff: '2026-01-01T00:00:00Z' },
    ...change,
  }
}

/** Does a row go left at an inner node? Written as trees.ts says it, and nothing else. */
export function naiveGoesLeft(
  tree: TreeData,
  node: number,
  row: Float64Array,
  columns = TREE_COLUMNS,
): boolean {
  const column = columns[tree.column[node]!]!
  const value = row[tree.column[node]!]!
  const isKnown =
    column.kind === 'category'
      ? Number.isInteger(value) && value >= 0 && value < column.categories.length
      : !Number.isNaN(value)
  if (!isKnown) return tree.missing_left[node] === 1
  const codes = tree.categories[node]
  return codes ? codes.includes(value) : value <= tree.threshold[node]!
}

/**
 * What a tree says when only the columns in `known` are: at a split on another one, the mean of both sides, weighted with
 * cover.
 */
export function conditionalExpectation(
  tree: TreeData,
  row: Float64Array,
  isKnown: (column: number) => boolean,
  node = 0,
): number {
  if (tree.column[node]! < 0) return tree.value[node]!
  const left = tree.left[node]!
  if (isKnown(tree.column[node]!))
    return conditionalExpectation(tree, row, isKnown, naiveGoesLeft(tree, node, row) ? left : left + 1)
  return [left, left + 1].reduce(
    (sum, child) =>
      sum + (tree.cover[child]! / tree.cover[node]!) * conditionalExpectation(tree, row, isKnown, child),
    0,
  )
}
