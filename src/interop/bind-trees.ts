/** Trees of a file on columns of ours: features become columns, codes of the file become codes of our vocabulary. */
import { WonlostError } from '../errors.ts'
import { emptyTree, type TreeData } from '../model/tree-data.ts'
import { type FileModel, type FileNode, LIMITS } from './file-model.ts'

/** How one feature of a file is computed from one column of ours. */
export type Binding = {
  readonly column: number
  /** What the model was given in place of a missing value; NaN where it was given none. */
  readonly missing: number
} & (
  | { readonly kind: 'number' }
  /** `fileCodes[code]` is the code in the file of our code; NaN where the file has none for it: that is missing. */
  | { readonly kind: 'category'; readonly fileCodes: readonly number[] }
)

/**
 * Share of a node without rows in those of its parent. It should have no part in any expectation, but a share of 0 has no
 * path: this one is as good. Below such a node there are no shares to be seen: both children have half.
 */
const NO_COVER = 1e-9

/**
 * One binding a feature; null for one that no split asks for. Throws `model_unsupported` for a category split on a number.
 * Where the file has no code for one of our categories, it goes where missing values go.
 */
export function bindTrees(model: FileModel, bindings: readonly (Binding | null)[], file: string): TreeData[] {
  let codes: number = LIMITS.codes
  return model.trees.map((nodes) => {
    const tree = bindTree(nodes, (node) => bindSplit(node, bindings[node.feature]!, model, file))
    codes -= tree.categories.reduce((sum, set) => sum + (set?.length ?? 0), 0)
    if (codes >= 0) return tree
    const message = `${file}: the splits on categories list more than ${LIMITS.codes} codes in all.`
    throw new WonlostError('model_unsupported', message, { file })
  })
}

/** Features that some split asks for, in rising order. */
export function usedFeatures({ trees }: FileModel): number[] {
  const used = new Set<number>()
  for (const nodes of trees) for (const node of nodes) if (node.kind !== 'leaf') used.add(node.feature)
  return [...used].sort((a, b) => a - b)
}

type SplitNode = Exclude<FileNode, { readonly kind: 'leaf' }>

interface BoundSplit {
  readonly column: number
  readonly threshold: number | null
  readonly codes: number[] | null
  readonly missingLeft: boolean
}

function bindTree(nodes: readonly FileNode[], split: (node: SplitNode) => BoundSplit): TreeData {
  const tree = emptyTree()
  const order = [{ node: nodes[0]!, least: 1 }]
  for (let i = 0; i < order.length; i++) {
    const { node, least } = order[i]!
    const bound = node.kind === 'leaf' ? null : split(node)
    const cover = node.cover > 0 ? node.cover : least
    tree.column.push(bound?.column ?? -1)
    tree.threshold.push(bound?.threshold ?? null)
    tree.left.push(bound ? order.length : -1)
    tree.missing_left.push(bound?.missingLeft === true ? 1 : 0)
    tree.categories.push(bound?.codes ?? null)
    tree.value.push(node.kind === 'leaf' ? node.value : 0)
    tree.cover.push(cover)
    if (node.kind === 'leaf') continue
    const children = [nodes[node.left]!, nodes[node.right]!]
    const share = children.some((child) => child.cover > 0) ? NO_COVER : 0.5
    for (const child of children) order.push({ node: child, least: cover * share })
  }
  return tree
}

function bindSplit(node: SplitNode, binding: Binding, model: FileModel, file: string): BoundSplit {
  const { column, missing } = binding
  const round = model.rounding === 'float32' ? Math.fround : (x: number) => x
  const goesLeft =
    node.kind === 'number'
      ? (x: number) => round(x) <= node.threshold
      : (x: number) => node.codes.has(x) === (node.codesGo === 'left')
  const missingLeft = Number.isNaN(missing) ? node.missingLeft : goesLeft(missing)
  if (binding.kind === 'category') {
    const codes = binding.fileCodes.flatMap((fileCode, code) => {
      return (Number.isNaN(fileCode) ? missingLeft : goesLeft(fileCode)) ? [code] : []
    })
    return { column, threshold: null, codes, missingLeft }
  }
  if (node.kind === 'number') return { column, threshold: node.threshold, codes: null, missingLeft }
  const name = model.featureNames[node.feature]
  const message = `${file}: the model splits "${name}" by category codes, but its column is a number or a flag; map it to a category, and name the codes.`
  throw new WonlostError('model_unsupported', message, { file, field: `features.${name}` })
}
