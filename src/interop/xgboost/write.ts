/**
 * Writes trees as the JSON that XGBoost loads (1.7 and later). The base is a tree of its own, with one leaf, because XGBoost keeps its base
 * score as a probability in float32. XGBoost compares `x < t` in float32: each threshold becomes the smallest float32 above it, so that
 * every value that is a float32 takes the same way. Leaves are rounded to float32.
 */
import type { ArtifactColumn } from '../../model/artifact.ts'
import type { TreeData } from '../../model/tree-data.ts'
import {
  askedColumns,
  codeNotes,
  constantTree,
  type ExportedModel,
  type ExportTrees,
  namesFor,
  otherCodes,
  renamed,
} from '../export-trees.ts'
import { float32Above } from '../float32.ts'

const LARGEST = 2 ** 128 - 2 ** 104
/** XGBoost's mark for the parent of a root. */
const NO_PARENT = 2 ** 31 - 1

export function writeXgboost(model: ExportTrees): ExportedModel {
  const { columns, rounding } = model
  const names = namesFor(columns, /[\s<[\]]/)
  const trees = [constantTree(model.base), ...model.trees]
  const count = columns.length
  const text = object({
    learner: object({
      attributes: object({}),
      feature_names: list(names.map((name) => JSON.stringify(name))),
      feature_types: list(columns.map(({ kind }) => (kind === 'category' ? '"c"' : '"float"'))),
      gradient_booster: object({
        model: object({
          gbtree_model_param: object({ num_parallel_tree: '"1"', num_trees: `"${trees.length}"` }),
          iteration_indptr: list(Array.from({ length: trees.length + 1 }, (_, t) => t)),
          tree_info: list(trees.map(() => 0)),
          trees: list(trees.map((tree, t) => writeTree(tree, t, columns))),
        }),
        name: '"gbtree"',
      }),
      learner_model_param: object({
        base_score: '"5E-1"',
        boost_from_average: '"0"',
        num_class: '"0"',
        num_feature: `"${count}"`,
        num_target: '"1"',
      }),
      objective: object({ name: '"binary:logistic"', reg_loss_param: object({ scale_pos_weight: '"1"' }) }),
    }),
    version: list([2, 1, 0]),
  })
  return { bytes: new TextEncoder().encode(text), notes: notesOf(model, names, rounding) }
}

function notesOf(model: ExportTrees, names: readonly string[], rounding: ExportTrees['rounding']): string[] {
  const rounded =
    'XGBoost rounds values to float32 before it compares them, and adds leaves in float32: scores differ by some 1e-6'
  const crossing =
    'a value that is no float32 and within half a float32 step of a threshold may take the other way'
  return [
    rounding === 'float32' ? rounded : `${rounded}; ${crossing}`,
    ...renamed(model.columns, names),
    ...codeNotes(model.columns, askedColumns(model.trees)),
  ]
}

function writeTree(tree: TreeData, id: number, columns: readonly ArtifactColumn[]): string {
  const count = tree.column.length
  const parents = new Array<number>(count).fill(NO_PARENT)
  const categories: number[] = []
  const nodes: number[] = []
  const segments: number[] = []
  for (const [node, left] of tree.left.entries()) {
    if (left < 0) continue
    parents[left] = parents[left + 1] = node
    const column = columns[tree.column[node]!]!
    const goLeft = tree.categories[node]
    if (!goLeft || column.kind !== 'category') continue
    nodes.push(node)
    segments.push(categories.length)
    const goRight = otherCodes(column, goLeft)
    // XGBoost loads no empty set: it holds a code that no category has.
    for (const code of goRight.length === 0 ? [column.categories.length] : goRight) categories.push(code)
  }
  const byCategory = new Set(nodes)
  const sizes = segments.map((segment, i) => (segments[i + 1] ?? categories.length) - segment)
  const perNode = (tell: (node: number) => string | number): string =>
    list(Array.from({ length: count }, (_, node) => tell(node)))
  const isLeaf = (node: number): boolean => tree.left[node]! < 0
  const condition = (node: number): number => {
    if (isLeaf(node)) return Math.fround(tree.value[node]!)
    const threshold = tree.threshold[node]
    return threshold === null || threshold === undefined
      ? 0
      : Math.min(LARGEST, Math.max(-LARGEST, float32Above(threshold)))
  }
  return object({
    base_weights: perNode((node) => float(isLeaf(node) ? condition(node) : 0)),
    categories: list(categories),
    categories_nodes: list(nodes),
    categories_segments: list(segments),
    categories_sizes: list(sizes),
    default_left: perNode((node) => tree.missing_left[node]!),
    id,
    left_children: perNode((node) => tree.left[node]!),
    loss_changes: perNode(() => float(0)),
    parents: list(parents),
    right_children: perNode((node) => (isLeaf(node) ? -1 : tree.left[node]! + 1)),
    split_conditions: perNode((node) => float(condition(node))),
    split_indices: perNode((node) => Math.max(0, tree.column[node]!)),
    split_type: perNode((node) => (byCategory.has(node) ? 1 : 0)),
    sum_hessian: perNode((node) => float(Math.fround(tree.cover[node]!))),
    tree_param: object({
      num_deleted: '"0"',
      num_feature: `"${columns.length}"`,
      num_nodes: `"${count}"`,
      size_leaf_vector: '"1"',
    }),
  })
}

/** The shortest text that reads back as the same float32, with an exponent, so that XGBoost takes it for no integer. */
function float(value: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = value.toExponential(digits)
    if (Math.fround(Number(text)) === value) return text.replace('e+', 'E').replace('e', 'E')
  }
  return value.toExponential().replace('e+', 'E').replace('e', 'E')
}

function list(items: readonly (string | number)[]): string {
  return `[${items.join(',')}]`
}

function object(fields: Readonly<Record<string, string | number>>): string {
  return `{${Object.entries(fields)
    .map(([key, value]) => `"${key}":${value}`)
    .join(',')}}`
}
