/** Trees as an artifact holds them: one object a tree, plain arrays with one entry a node. And to flat arrays and back. */
import { z } from 'zod'
import { inCategorySet, type Trees } from './trees.ts'

/**
 * An array whose entries are all as allowed. Says only where the first one is that is not: a file of a hundred million
 * wrong entries must not make as many messages.
 */
function arrayOf<T>(allowed: string, isAllowed: (entry: unknown) => entry is T) {
  return z.custom<T[]>().superRefine((value, context) => {
    const wrong = Array.isArray(value) ? value.findIndex((entry) => !isAllowed(entry)) : undefined
    if (wrong === undefined) context.addIssue(`must be an array, each entry ${allowed}`)
    else if (wrong >= 0) {
      context.addIssue({
        code: 'custom',
        path: [wrong],
        message: `must be ${allowed}, given ${shown(value[wrong])}`,
      })
    }
  })
}

function shown(entry: unknown): string {
  return (JSON.stringify(entry) ?? 'nothing').slice(0, 40)
}

const isNumber = (entry: unknown): entry is number => Number.isFinite(entry)
const isInteger = (entry: unknown): entry is number => Number.isInteger(entry)
const isBit = (entry: unknown): entry is 0 | 1 => entry === 0 || entry === 1
const isNumberOrNull = (entry: unknown): entry is number | null => entry === null || isNumber(entry)
const isCodesOrNull = (entry: unknown): entry is number[] | null =>
  entry === null || (Array.isArray(entry) && entry.every(isInteger))

/** Node 0 is the root; `left` counts from it. The meaning of each array is that of the same name in trees.ts. */
const treeSchema = z.strictObject({
  /** -1 at a leaf. */
  column: arrayOf('an integer', isInteger),
  /** null at leaves and category splits. */
  threshold: arrayOf('a finite number or null', isNumberOrNull),
  /** -1 at a leaf. */
  left: arrayOf('an integer', isInteger),
  missing_left: arrayOf('0 or 1', isBit),
  /** The codes that go left, at category splits; null elsewhere. */
  categories: arrayOf('a list of codes or null', isCodesOrNull),
  /** 0 at inner nodes. */
  value: arrayOf('a finite number', isNumber),
  cover: arrayOf('a finite number', isNumber),
})

export type TreeData = z.infer<typeof treeSchema>

/** To push nodes into. */
export function emptyTree(): TreeData {
  return { column: [], threshold: [], left: [], missing_left: [], categories: [], value: [], cover: [] }
}

/** At least one tree. Stops at the first one that is wrong. */
export const treesSchema = z.custom<TreeData[]>().superRefine((value, context) => {
  if (!Array.isArray(value) || value.length === 0) {
    context.addIssue('must be an array of at least one tree')
    return
  }
  for (const [t, tree] of value.entries()) {
    const issue = treeSchema.safeParse(tree).error?.issues[0]
    if (issue) {
      context.addIssue({ code: 'custom', path: [t, ...issue.path], message: issue.message })
      return
    }
  }
})

/** Trees as plain data, each renumbered from its root, parents before children. `right = left + 1` stays. */
export function treesToData(trees: Trees): TreeData[] {
  return Array.from(trees.roots, (root) => treeToData(trees, root))
}

function treeToData(trees: Trees, root: number): TreeData {
  const tree = emptyTree()
  // Level by level: the children of the n-th inner node come to stand at 2n + 1 and 2n + 2.
  const nodes = [root]
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!
    const isLeaf = trees.column[node]! < 0
    const set = trees.categorySets[trees.categorySet[node]!]
    tree.column.push(trees.column[node]!)
    tree.threshold.push(isLeaf || set ? null : trees.threshold[node]!)
    tree.left.push(isLeaf ? -1 : nodes.length)
    tree.missing_left.push(trees.missingLeft[node] === 1 ? 1 : 0)
    tree.categories.push(isLeaf || !set ? null : codesOf(set))
    tree.value.push(isLeaf ? trees.value[node]! : 0)
    tree.cover.push(trees.cover[node]!)
    if (!isLeaf) nodes.push(trees.left[node]!, trees.left[node]! + 1)
  }
  return tree
}

function codesOf(set: Uint32Array): number[] {
  const codes: number[] = []
  for (let code = 0; code < set.length * 32; code++) if (inCategorySet(set, code)) codes.push(code)
  return codes
}

/** The trees must have passed `checkTrees`, or come from `treesToData`. Node n of tree t becomes `roots[t] + n`. */
export function treesFromData(data: readonly TreeData[]): Trees {
  const nodes = data.reduce((sum, tree) => sum + tree.column.length, 0)
  const categorySets: Uint32Array[] = []
  const trees = {
    roots: new Int32Array(data.length),
    column: new Int32Array(nodes),
    threshold: new Float64Array(nodes).fill(Number.NaN),
    left: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    categorySet: new Int32Array(nodes).fill(-1),
    categorySets,
    value: new Float64Array(nodes),
    cover: new Float64Array(nodes),
  }
  let root = 0
  for (const [t, tree] of data.entries()) {
    trees.roots[t] = root
    trees.column.set(tree.column, root)
    trees.missingLeft.set(tree.missing_left, root)
    trees.value.set(tree.value, root)
    trees.cover.set(tree.cover, root)
    for (let i = 0; i < tree.column.length; i++) {
      const left = tree.left[i]!
      trees.left[root + i] = left < 0 ? -1 : root + left
      trees.threshold[root + i] = tree.threshold[i] ?? Number.NaN
      const codes = tree.categories[i]
      if (codes) trees.categorySet[root + i] = categorySets.push(categorySetOf(codes)) - 1
    }
    root += tree.column.length
  }
  return trees
}

/** The bit set of these codes. */
export function categorySetOf(codes: readonly number[]): Uint32Array {
  const set = new Uint32Array((codes.reduce((most, code) => Math.max(most, code), 0) >>> 5) + 1)
  for (const code of codes) set[code >>> 5] = set[code >>> 5]! | (1 << (code & 31))
  return set
}
