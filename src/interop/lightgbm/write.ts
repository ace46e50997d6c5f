/**
 * Writes trees as the text that LightGBM loads (version v4). The base is a tree of its own, with one leaf. Thresholds are doubles, missing
 * values have their direction, and so have categories: LightGBM sends NaN and unknown codes right, so a split that sends them
 * left is turned round. Nothing is lost but the gains of the splits, which are 0.
 */
import type { ArtifactColumn } from '../../model/artifact.ts'
import { categorySetOf, type TreeData } from '../../model/tree-data.ts'
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
import { exactThreshold } from '../float32.ts'

const CATEGORY = 1
const MISSING_LEFT = 2
const MISSING_NAN = 8
/** LightGBM reads no larger number. No value of a row is beyond. */
const LARGEST = 1e300
/** LightGBM's counts are 32-bit integers. */
const LARGEST_COUNT = 2 ** 30

export function writeLightGbm(model: ExportTrees): ExportedModel {
  const { columns, rounding } = model
  const names = namesFor(columns, /[\s"',:[\]{}]/)
  const trees = [constantTree(model.base), ...model.trees].map((tree, t) => {
    return `Tree=${t}\n${writeTree(tree, columns, rounding)}\n\n`
  })
  const header = [
    'tree',
    'version=v4',
    'num_class=1',
    'num_tree_per_iteration=1',
    'label_index=0',
    `max_feature_idx=${columns.length - 1}`,
    'objective=binary sigmoid:1',
    `feature_names=${names.join(' ')}`,
    `feature_infos=${columns.map(featureInfo).join(' ')}`,
    `tree_sizes=${trees.map((tree) => tree.length).join(' ')}`,
  ]
  const text = `${header.join('\n')}\n\n${trees.join('')}end of trees\n\npandas_categorical:null\n`
  return {
    bytes: new TextEncoder().encode(text),
    notes: [...renamed(columns, names), ...codeNotes(columns, askedColumns(model.trees))],
  }
}

function featureInfo(column: ArtifactColumn): string {
  if (column.kind !== 'category') return `[-${LARGEST}:${LARGEST}]`
  return column.categories.length === 0 ? 'none' : column.categories.map((_, code) => code).join(':')
}

/** In the file inner nodes and leaves are counted apart, each in the order of the nodes. */
function writeTree(
  tree: TreeData,
  columns: readonly ArtifactColumn[],
  rounding: ExportTrees['rounding'],
): string {
  const inner: number[] = []
  const leaves: number[] = []
  const places = tree.column.map((column, node) => (column < 0 ? -leaves.push(node) : inner.push(node) - 1))
  const counts = countsOf(tree)
  const sets: Uint32Array[] = []
  const splits = inner.map((node) => {
    const left = tree.left[node]!
    const missingLeft = tree.missing_left[node] === 1
    const codes = tree.categories[node]
    const column = columns[tree.column[node]!]!
    if (!codes || column.kind !== 'category') {
      const type = MISSING_NAN + (missingLeft ? MISSING_LEFT : 0)
      return { type, threshold: thresholdOf(tree.threshold[node]!, rounding), left, right: left + 1 }
    }
    const threshold = sets.push(categorySetOf(missingLeft ? otherCodes(column, codes) : codes)) - 1
    const [first, second] = missingLeft ? [left + 1, left] : [left, left + 1]
    return { type: CATEGORY + MISSING_NAN, threshold, left: first, right: second }
  })
  const boundaries = [0]
  for (const set of sets) boundaries.push(boundaries.at(-1)! + set.length)
  const lines = [
    `num_leaves=${leaves.length}`,
    `num_cat=${sets.length}`,
    `split_feature=${inner.map((node) => tree.column[node]).join(' ')}`,
    `split_gain=${inner.map(() => 0).join(' ')}`,
    `threshold=${splits.map(({ threshold }) => threshold).join(' ')}`,
    `decision_type=${splits.map(({ type }) => type).join(' ')}`,
    `left_child=${splits.map(({ left }) => places[left]).join(' ')}`,
    `right_child=${splits.map(({ right }) => places[right]).join(' ')}`,
    `leaf_value=${leaves.map((node) => tree.value[node]).join(' ')}`,
    `leaf_weight=${leaves.map((node) => tree.cover[node]).join(' ')}`,
    `leaf_count=${leaves.map((node) => counts[node]).join(' ')}`,
    `internal_value=${inner.map(() => 0).join(' ')}`,
    `internal_weight=${inner.map((node) => tree.cover[node]).join(' ')}`,
    `internal_count=${inner.map((node) => counts[node]).join(' ')}`,
    ...(sets.length === 0
      ? []
      : [
          `cat_boundaries=${boundaries.join(' ')}`,
          `cat_threshold=${sets.map((set) => set.join(' ')).join(' ')}`,
        ]),
    'is_linear=0',
    'shrinkage=1',
  ]
  return `${lines.join('\n')}\n`
}

function thresholdOf(threshold: number, rounding: ExportTrees['rounding']): number {
  return Math.min(LARGEST, Math.max(-LARGEST, exactThreshold(threshold, rounding)))
}

/** Covers as integers: themselves where they are, else in such units that the root has 2^30. An inner node has what its leaves have. */
function countsOf(tree: TreeData): number[] {
  const isCounted = tree.cover.every((cover) => Number.isInteger(cover) && cover <= LARGEST_COUNT)
  const unit = isCounted ? 1 : LARGEST_COUNT / tree.cover[0]!
  const counts = tree.cover.map((cover) => Math.max(1, Math.round(cover * unit)))
  // Children stand behind their parents.
  for (let node = counts.length - 1; node >= 0; node--) {
    const left = tree.left[node]!
    if (left >= 0) counts[node] = counts[left]! + counts[left + 1]!
  }
  return counts
}
