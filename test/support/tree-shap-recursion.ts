/**
 * Path-dependent TreeSHAP by the recursion of Lundberg et al. (2018, arXiv 1802.03888, Algorithm 2): time O(leaves depth^2)
 * a tree. The reference for the quadrature in src/model/tree-shap/.
 *
 * A path holds, for each column met so far (and a dummy first, column -1): the share of the training rows that flow on when
 * the column is unknown (`zero`), whether the row itself flows on when it is known (`one`), and, by size, the summed weight
 * of the subsets of its columns (`weight`).
 */
import type { Trees } from '../../src/model/trees.ts'

interface PathEntry {
  readonly column: number
  readonly zero: number
  readonly one: number
  weight: number
}

/** Adds the SHAP values of one tree to `out`, one number a column. `goesLeft` tells the way of the row at an inner node. */
export function addTreeShapByRecursion(
  trees: Trees,
  root: number,
  goesLeft: (node: number) => boolean,
  out: Float64Array,
): void {
  const { column, left, cover, value } = trees

  function descend(node: number, before: readonly PathEntry[], entry: PathEntry): void {
    const path = extend(before, entry)
    const asked = column[node]!
    if (asked < 0) {
      for (let i = 1; i < path.length; i++) {
        const { column: c, zero, one } = path[i]!
        const weight = unwind(path, i).reduce((sum, rest) => sum + rest.weight, 0)
        out[c] = out[c]! + weight * (one - zero) * value[node]!
      }
      return
    }
    const known = path.findIndex((step) => step.column === asked)
    const { zero, one } = path[known] ?? { zero: 1, one: 1 }
    const others = known < 0 ? path : unwind(path, known)
    const isLeft = goesLeft(node)
    for (const [child, isOnWay] of [
      [left[node]!, isLeft],
      [left[node]! + 1, !isLeft],
    ] as const) {
      const share = cover[child]! / cover[node]!
      descend(child, others, { column: asked, zero: zero * share, one: isOnWay ? one : 0, weight: 0 })
    }
  }

  descend(root, [], { column: -1, zero: 1, one: 1, weight: 0 })
}

/** The path with one entry more; every subset either gains it or not. */
function extend(before: readonly PathEntry[], { column, zero, one }: PathEntry): PathEntry[] {
  const length = before.length
  const path = before.map((entry) => ({ ...entry }))
  path.push({ column, zero, one, weight: length === 0 ? 1 : 0 })
  for (let i = length - 1; i >= 0; i--) {
    path[i + 1]!.weight += (one * path[i]!.weight * (i + 1)) / (length + 1)
    path[i]!.weight *= (zero * (length - i)) / (length + 1)
  }
  return path
}

/** Undoes the extension by entry `index`, wherever on the path it came. */
function unwind(path: readonly PathEntry[], index: number): PathEntry[] {
  const last = path.length - 1
  const { zero, one } = path[index]!
  const weights = path.map((entry) => entry.weight)
  let next = weights[last]!
  for (let i = last - 1; i >= 0; i--) {
    if (one !== 0) {
      const weight = weights[i]!
      weights[i] = (next * (last + 1)) / ((i + 1) * one)
      next = weight - (weights[i]! * zero * (last - i)) / (last + 1)
    } else {
      weights[i] = (weights[i]! * (last + 1)) / (zero * (last - i))
    }
  }
  return path.toSpliced(index, 1).map((entry, i) => ({ ...entry, weight: weights[i]! }))
}
