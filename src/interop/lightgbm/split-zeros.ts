/**
 * With `zero_as_missing` a value within 1e-35 of 0 goes where NaN goes, whatever the threshold says. Where the two ways differ, the
 * node becomes several, which ask for below, near and above zero, and its subtrees stand there twice:
 *
 *     x <= t, missing right, t > 0:   x < -1e-35 ? L : x <= 1e-35 or missing ? R : x <= t ? L : R
 *
 * Predictions stay the same, and so do path-dependent SHAP values: the copies share the rows of a subtree between them, so every
 * expectation is the same.
 */
import type { FileNode } from '../file-model.ts'
import { type LightGbmNode, ZERO } from './read-tree.ts'

/** The largest number below -ZERO. */
const BELOW_ZERO = -ZERO * (1 + Number.EPSILON)

type Sign = 'negative' | 'zero' | 'positive'

/** What the nodes above have settled: on which part of the line the value of a feature is. */
type Signs = ReadonlyMap<number, Sign>

type NumberNode = FileNode & { readonly kind: 'number' }

/** The tree without such nodes; null when it would have more than `mostNodes`. The tree must have passed `checkTree`. */
export function splitZeros(nodes: readonly LightGbmNode[], mostNodes: number): readonly FileNode[] | null {
  if (nodes.length > mostNodes) return null
  if (!nodes.some((node) => node.zeroIsMissing)) return nodes
  const out: FileNode[] = []
  const open: { from: number; at: number; signs: Signs; share: number }[] = []
  const reserve = (): number => out.push({ kind: 'leaf', value: 0, cover: 0 }) - 1
  /** A copy of a subtree, with a share of its rows, to be made later. */
  const copy = (from: number, signs: Signs, share: number): number => {
    const at = reserve()
    open.push({ from, at, signs, share })
    return at
  }
  const split = (at: number, node: Omit<NumberNode, 'kind' | 'cover'>): number => {
    out[at] = { kind: 'number', ...node, cover: coverOf(node.left) + coverOf(node.right) }
    return at
  }
  const coverOf = (at: number): number => {
    const copied = open.findLast((task) => task.at === at)
    return copied ? nodes[copied.from]!.cover * copied.share : out[at]!.cover
  }

  copy(0, new Map(), 1)
  for (let task = open.pop(); task; task = open.pop()) {
    if (out.length > mostNodes) return null
    const { at, signs, share } = task
    const { zeroIsMissing, ...node } = nodes[task.from]!
    if (node.kind !== 'number' || !zeroIsMissing || signs.has(node.feature) || isAgreed(node)) {
      const cover = node.cover * share
      if (node.kind === 'leaf') {
        out[at] = { ...node, cover }
        continue
      }
      const nearZero = node.kind === 'number' && zeroIsMissing && signs.get(node.feature) === 'zero'
      out[at] = {
        ...node,
        ...(nearZero ? { threshold: node.missingLeft ? ZERO : BELOW_ZERO } : {}),
        cover,
        left: copy(node.left, signs, share),
        right: copy(node.right, signs, share),
      }
      continue
    }
    const { feature, threshold, missingLeft } = node
    const isCut = { negative: threshold < BELOW_ZERO, positive: threshold > ZERO }
    // How many copies of each subtree there will be.
    const copies = {
      left: 1 + Number(isCut.positive) + Number(missingLeft),
      right: 1 + Number(isCut.negative) + Number(!missingLeft),
    }
    const part = (side: 'left' | 'right', sign: Sign): number =>
      copy(node[side], new Map([...signs, [feature, sign]]), share / copies[side])
    const cut = (sign: 'negative' | 'positive'): number =>
      split(reserve(), {
        feature,
        threshold,
        missingLeft,
        left: part('left', sign),
        right: part('right', sign),
      })
    const negative = isCut.negative ? cut('negative') : part('left', 'negative')
    const zero = part(missingLeft ? 'left' : 'right', 'zero')
    const positive = isCut.positive ? cut('positive') : part('right', 'positive')
    const rest = split(reserve(), {
      feature,
      threshold: ZERO,
      missingLeft: true,
      left: zero,
      right: positive,
    })
    split(at, { feature, threshold: BELOW_ZERO, missingLeft: false, left: negative, right: rest })
  }
  return out
}

/** Does the threshold send all that is near zero where missing values go? */
function isAgreed(node: NumberNode): boolean {
  return node.missingLeft ? node.threshold >= ZERO : node.threshold < -ZERO
}
