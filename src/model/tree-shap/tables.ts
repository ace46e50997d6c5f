/** What quadrature TreeSHAP (quadrature.ts, which tells the method) can know of trees before it sees a row. */
import type { Trees } from '../trees.ts'
import { gaussLegendre, type Quadrature } from './gauss-legendre.ts'

/**
 * The splits of all trees in one list, tree by tree, parents before children. Inside a tree, the children of the i-th split are
 * nodes 2i + 1 and 2i + 2, and the root is node 0. An edge leads from a split to a child: edge 2 * split + side, side 0 left.
 */
export interface ShapTables {
  /** Points of the quadrature, an even number. */
  readonly points: number
  /** By tree: its first split; one more at the end. */
  readonly firstSplit: Int32Array
  /** Most nodes that one tree has. */
  readonly mostNodes: number
  /** By split: its node in Trees, its node inside its tree, its column. */
  readonly source: Int32Array
  readonly node: Int32Array
  readonly column: Int32Array
  /** By split: the node below the last split on the same column on the way here, or -1. */
  readonly previous: Int32Array
  /** By edge: share of the rows that take it, times the value of the leaf that it leads to, if it is one. */
  readonly scale: Float64Array
  /**
   * By edge: four runs of `points` numbers: factor and coefficient when the row takes it, factor and coefficient when it takes
   * the other. The factors of an edge to a leaf are multiplied with its value.
   */
  readonly runs: Float64Array
}

/** Numbers in `runs`. Deep trees need many points. */
export function shapTableSize(trees: Trees): number {
  const { splits, points } = measure(trees)
  return 8 * splits * points
}

/** How many splits there are, and points: half the most distinct columns on any path, rounded up to an even number: the kernel takes two at a time. */
function measure(trees: Trees): { splits: number; points: number } {
  let splits = 0
  let most = 1
  for (const root of trees.roots) {
    const open: { node: number; way: Asked | null }[] = [{ node: root, way: null }]
    for (let next = open.pop(); next; next = open.pop()) {
      const column = trees.column[next.node]!
      if (column < 0) continue
      splits++
      const distinct = (next.way?.distinct ?? 0) + (lastOn(next.way, column) ? 0 : 1)
      most = Math.max(most, distinct)
      const way = { column, distinct, before: next.way }
      const left = trees.left[next.node]!
      open.push({ node: left, way }, { node: left + 1, way })
    }
  }
  return { splits, points: 2 * Math.ceil(most / 4) }
}

/** A split on the way from the root, and how many columns were asked up to it. */
interface Asked {
  readonly column: number
  readonly distinct: number
  readonly before: Asked | null
}

/** An edge on the way from the root: its column, the node it leads to, and the share of rows left by all splits on the column so far. */
interface Step {
  readonly column: number
  readonly node: number
  readonly share: number
  readonly before: Step | null
}

export function shapTables(trees: Trees): ShapTables {
  const { splits, points } = measure(trees)
  const quadrature = gaussLegendre(points)
  const tables = {
    points,
    firstSplit: new Int32Array(trees.roots.length + 1),
    mostNodes: 1,
    source: new Int32Array(splits),
    node: new Int32Array(splits),
    column: new Int32Array(splits),
    previous: new Int32Array(splits),
    scale: new Float64Array(2 * splits),
    runs: new Float64Array(8 * splits * points),
  }
  let split = 0
  for (const [t, root] of trees.roots.entries()) {
    tables.firstSplit[t] = split
    const open: { source: number; node: number; way: Step | null }[] = []
    if (trees.column[root]! >= 0) open.push({ source: root, node: 0, way: null })
    for (let i = 0; i < open.length; i++, split++) {
      const { source, node, way } = open[i]!
      const column = trees.column[source]!
      const last = lastOn(way, column)
      tables.source[split] = source
      tables.node[split] = node
      tables.column[split] = column
      tables.previous[split] = last?.node ?? -1
      for (const side of [0, 1]) {
        const child = trees.left[source]! + side
        const edge = 2 * split + side
        const share = trees.cover[child]! / trees.cover[source]!
        const shareOfColumn = share * (last?.share ?? 1)
        const isLeaf = trees.column[child]! < 0
        const value = isLeaf ? trees.value[child]! : 1
        tables.scale[edge] = share * value
        writeRuns(tables.runs, 4 * edge * points, quadrature, last?.share ?? null, shareOfColumn, value)
        if (!isLeaf) {
          const childNode = 2 * i + 1 + side
          const step = { column, node: childNode, share: shareOfColumn, before: way }
          open.push({ source: child, node: childNode, way: step })
        }
      }
    }
    tables.mostNodes = Math.max(tables.mostNodes, 2 * open.length + 1)
  }
  tables.firstSplit[trees.roots.length] = split
  return tables
}

/** The last step of a way that asked a column, or null. */
function lastOn<T extends { readonly column: number; readonly before: T | null }>(
  way: T | null,
  column: number,
): T | null {
  let step = way
  while (step && step.column !== column) step = step.before
  return step
}

/**
 * `before`, `after`: the share of rows left by the column's splits up to the one above (null: there is none), and by this one.
 *
 *   f(share) = share (1 - t) + t when the row follows, share (1 - t) when it does not;   rate = (o - share) / f(share)
 *   factor = value f(after) / f(before)          coefficient = weight (rate(after) - rate(before)),   f = 1, rate = 0 before the first
 */
function writeRuns(
  runs: Float64Array,
  offset: number,
  { points, weights }: Quadrature,
  before: number | null,
  after: number,
  value: number,
): void {
  const n = points.length
  for (let m = 0; m < n; m++) {
    const t = points[m]!
    const factorBefore = before === null ? 1 : before * (1 - t) + t
    const rateBefore = before === null ? 0 : (1 - before) / factorBefore
    const factorAfter = after * (1 - t) + t
    runs[offset + m] = (value * factorAfter) / factorBefore
    runs[offset + n + m] = weights[m]! * ((1 - after) / factorAfter - rateBefore)
    runs[offset + 2 * n + m] = (value * after * (1 - t)) / factorBefore
    runs[offset + 3 * n + m] = weights[m]! * (-1 / (1 - t) - rateBefore)
  }
}
