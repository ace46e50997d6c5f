/**
 * One tree of an XGBoost model (doc/model.schema of XGBoost). Nodes are arrays, one entry each; a node without a left child is a leaf,
 * whose value stands in `split_conditions`. A number goes left when x < split_condition, both float32; a category goes right
 * when it is in the set of the node.
 */
import type { FileNode } from '../file-model.ts'
import { LIMITS } from '../file-model.ts'
import { previousFloat32 } from '../float32.ts'
import type { Value } from './values.ts'

const CATEGORY = 1
/** XGBoost holds codes in float32. */
const LARGEST_CODE = 2 ** 24 - 1

export interface TreeLimits {
  readonly features: number
  /** Nodes and category codes that the rest of the file may still have. */
  readonly nodes: number
  readonly codes: number
}

export function readXgboostTree(
  tree: Value,
  limits: TreeLimits,
): { readonly nodes: readonly FileNode[]; readonly codes: number } {
  const left = tree.get('left_children').integers(null, -1, LIMITS.nodes)
  const count = left.length
  if (count === 0 || count > limits.nodes)
    throw tree.get('left_children').refuse(`must be 1 to ${limits.nodes} nodes, given ${count}`)
  const right = tree.get('right_children').integers(count, -1, count - 1)
  const feature = tree.get('split_indices').integers(count, 0, 2 ** 31 - 1)
  const missingLeft = tree.get('default_left').flags(count)
  const cover = tree.get('sum_hessian').numbers(count)
  const type = tree.find('split_type')?.integers(count, 0, 1)
  const isCategory = (node: number): boolean => type?.[node] === CATEGORY && left[node] !== -1
  const condition = tree.get('split_conditions').numbers(count, isCategory)
  const { sets, codes } = readCategorySets(tree, count, limits.codes)

  const nodes = Array.from({ length: count }, (_, i): FileNode => {
    if (!(cover[i]! >= 0))
      throw tree.get('sum_hessian').refuse(`must not be negative, given ${cover[i]} at node ${i}`)
    if (left[i] === -1) return { kind: 'leaf', value: Math.fround(condition[i]!), cover: cover[i]! }
    if (feature[i]! >= limits.features)
      throw tree
        .get('split_indices')
        .refuse(`must be below ${limits.features}, given ${feature[i]} at node ${i}`)
    const split = {
      feature: feature[i]!,
      missingLeft: missingLeft[i] === 1,
      left: left[i]!,
      right: right[i]!,
      cover: cover[i]!,
    }
    if (!isCategory(i))
      return { kind: 'number', ...split, threshold: finite(previousFloat32(Math.fround(condition[i]!))) }
    return { kind: 'category', ...split, codes: sets.get(i) ?? new Set(), codesGo: 'right' }
  })
  return { nodes, codes }
}

/** No value of a row is beyond the largest double. */
function finite(threshold: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, threshold))
}

/** Node `categories_nodes[i]` has the `categories_sizes[i]` codes from `categories[categories_segments[i]]` on. */
function readCategorySets(
  tree: Value,
  nodes: number,
  mostCodes: number,
): { readonly sets: ReadonlyMap<number, ReadonlySet<number>>; readonly codes: number } {
  const sets = new Map<number, ReadonlySet<number>>()
  const owners = tree.find('categories_nodes')?.integers(null, 0, nodes - 1)
  if (!owners || owners.length === 0) return { sets, codes: 0 }
  const codes = tree.get('categories').integers(null, 0, LARGEST_CODE)
  if (codes.length > mostCodes)
    throw tree.get('categories').refuse(`more than ${LIMITS.codes} category codes`)
  const segments = tree.get('categories_segments').integers(owners.length, 0, codes.length)
  const sizes = tree.get('categories_sizes').integers(owners.length, 0, codes.length)
  let total = 0
  for (let i = 0; i < owners.length; i++) {
    const from = segments[i]!
    const to = from + sizes[i]!
    total += sizes[i]!
    if (to > codes.length || total > codes.length)
      throw tree
        .get('categories_sizes')
        .refuse(`the sets must lie within ${codes.length} codes, given up to ${to} (${total} in all)`)
    if (sets.has(owners[i]!)) throw tree.get('categories_nodes').refuse(`node ${owners[i]} is there twice`)
    sets.set(owners[i]!, new Set(codes.subarray(from, to)))
  }
  return { sets, codes: codes.length }
}
