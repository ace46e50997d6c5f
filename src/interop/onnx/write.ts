/**
 * Writes trees as an ONNX file: `log_odds = TreeEnsemble(row) + base`, `probability = Sigmoid(log_odds)`, all in float64.
 * TreeEnsemble of ai.onnx.ml 5 (ONNX Runtime 1.20 and later) compares doubles, and knows sets of categories; the operators before it knew
 * neither, so that the answers would differ.
 */
import type { ArtifactColumn } from '../../model/artifact.ts'
import type { TreeData } from '../../model/tree-data.ts'
import { askedColumns, codeNotes, type ExportedModel, type ExportTrees } from '../export-trees.ts'
import { exactThreshold } from '../float32.ts'
import {
  doubles,
  integerAttribute,
  integersAttribute,
  onnxFile,
  tensorAttribute,
  unsignedBytes,
} from './model.ts'

const LESS_OR_EQUAL = 0
const MEMBER = 6
const SUM = 1

export function writeOnnx(model: ExportTrees): ExportedModel {
  const { columns } = model
  const bytes = onnxFile({
    name: model.name,
    nodes: [
      {
        operator: 'TreeEnsemble',
        domain: 'ai.onnx.ml',
        inputs: ['row'],
        outputs: ['trees'],
        attributes: ensemble(model),
      },
      { operator: 'Add', domain: '', inputs: ['trees', 'base'], outputs: ['log_odds'], attributes: [] },
      { operator: 'Sigmoid', domain: '', inputs: ['log_odds'], outputs: ['probability'], attributes: [] },
    ],
    constants: { base: [model.base] },
    inputs: { row: columns.length },
    outputs: { log_odds: 1, probability: 1 },
    operators: { '': 21, 'ai.onnx.ml': 5 },
    metadata: { columns: JSON.stringify(columns.map(columnForPeople)) },
  })
  return { bytes, notes: codeNotes(columns, askedColumns(model.trees)) }
}

function columnForPeople(column: ArtifactColumn): object {
  return column.kind === 'category'
    ? { name: column.name, categories: column.categories }
    : { name: column.name }
}

/** Inner nodes and leaves are counted apart, over all trees. NaN ends the codes of a node in `membership_values`. */
function ensemble({ trees, rounding }: ExportTrees): Uint8Array[] {
  const nodes = {
    featureids: [] as number[],
    splits: [] as number[],
    modes: [] as number[],
    truenodeids: [] as number[],
    falsenodeids: [] as number[],
    trueleafs: [] as number[],
    falseleafs: [] as number[],
    missing: [] as number[],
  }
  const weights: number[] = []
  const members: number[] = []
  const roots = trees.map((given) => {
    const tree = withSplit(given)
    const root = nodes.modes.length
    let [inner, leaves] = [root, weights.length]
    const places = tree.column.map((column) => (column < 0 ? leaves++ : inner++))
    for (const [node, column] of tree.column.entries()) {
      const left = tree.left[node]!
      if (column < 0) {
        weights.push(tree.value[node]!)
        continue
      }
      const codes = tree.categories[node]
      nodes.featureids.push(column)
      nodes.modes.push(codes ? MEMBER : LESS_OR_EQUAL)
      nodes.splits.push(codes ? 0 : exactThreshold(tree.threshold[node]!, rounding))
      nodes.truenodeids.push(places[left]!)
      nodes.falsenodeids.push(places[left + 1]!)
      nodes.trueleafs.push(tree.left[left]! < 0 ? 1 : 0)
      nodes.falseleafs.push(tree.left[left + 1]! < 0 ? 1 : 0)
      nodes.missing.push(tree.missing_left[node]!)
      // ONNX Runtime loads no empty set: it holds a code that no category has.
      if (codes) members.push(...(codes.length === 0 ? [-1] : codes), Number.NaN)
    }
    return root
  })
  return [
    integerAttribute('n_targets', 1),
    integerAttribute('aggregate_function', SUM),
    integerAttribute('post_transform', 0),
    integersAttribute('tree_roots', roots),
    integersAttribute('nodes_featureids', nodes.featureids),
    tensorAttribute('nodes_splits', doubles(nodes.splits)),
    tensorAttribute('nodes_modes', unsignedBytes(nodes.modes)),
    integersAttribute('nodes_truenodeids', nodes.truenodeids),
    integersAttribute('nodes_falsenodeids', nodes.falsenodeids),
    integersAttribute('nodes_trueleafs', nodes.trueleafs),
    integersAttribute('nodes_falseleafs', nodes.falseleafs),
    integersAttribute('nodes_missing_value_tracks_true', nodes.missing),
    integersAttribute(
      'leaf_targetids',
      weights.map(() => 0),
    ),
    tensorAttribute('leaf_weights', doubles(weights)),
    ...(members.length === 0 ? [] : [tensorAttribute('membership_values', doubles(members))]),
  ]
}

/** The root of a tree is no leaf in ONNX: a tree of one leaf becomes a split with that leaf on both sides. */
function withSplit(tree: TreeData): TreeData {
  if (tree.column.length > 1) return tree
  const value = tree.value[0]!
  return {
    column: [0, -1, -1],
    threshold: [0, null, null],
    left: [1, -1, -1],
    missing_left: [0, 0, 0],
    categories: [null, null, null],
    value: [0, value, value],
    cover: [1, 1, 1],
  }
}
