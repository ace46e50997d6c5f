/**
 * SHAP interaction values of trees (Lundberg et al. 2020; Fujimoto et al. 2006), path-dependent and exact: how the contribution
 * of one column leans on another.
 *
 * With the words of model/tree-shap/quadrature.ts, and d columns on the path to a leaf of value v:
 *
 *   Phi[i, j] = 1/2 sum over leaves of v (o[i] - z[i]) (o[j] - z[j]) integral of product over k != i, j of f[k](t) dt   (i != j)
 *   Phi[i, i] = phi[i] - sum over j != i of Phi[i, j]
 *
 * The matrix is symmetric, its rows sum to the SHAP values, and all of it to the raw score against the base.
 */
import type { BoostingArtifact, ImportedArtifact } from '../model/artifact.ts'
import { affine } from '../model/logistic.ts'
import { createPredictor } from '../model/predict.ts'
import { treesFromData } from '../model/tree-data.ts'
import { rowPreparer } from '../model/tree-rows.ts'
import { gaussLegendre, type Quadrature } from '../model/tree-shap/gauss-legendre.ts'
import { goesLeft, walkTable } from '../model/tree-walk.ts'

/** One column on the way from the root: share of the training rows that take all its splits so far, and does the row. */
interface Step {
  readonly column: number
  readonly share: number
  readonly follows: boolean
}

/**
 * @returns Row-major, columns x columns, in calibrated log-odds. O(leaves x depth^3) for the row that begins at `offset`.
 */
export function interactions(
  artifact: BoostingArtifact | ImportedArtifact,
  row: Float64Array,
  offset = 0,
): Float64Array {
  const width = artifact.columns.length
  const { slope } = affine(artifact.calibration)
  const out = new Float64Array(width * width)
  const trees = treesFromData(artifact.trees)
  const table = walkTable(trees)
  const prepared = new Float64Array(2 * width)
  rowPreparer(artifact.columns, artifact.rounding)(row, offset, prepared, 0)
  const quadratures: Quadrature[] = []
  const { column, left, cover, value } = trees

  function descend(node: number, steps: readonly Step[]): void {
    const asked = column[node]!
    if (asked < 0) {
      const points = Math.ceil(Math.max(1, steps.length - 1) / 2)
      quadratures[points] ??= gaussLegendre(points)
      addLeaf(out, width, steps, slope * value[node]!, quadratures[points])
      return
    }
    const before = steps.find((step) => step.column === asked) ?? { share: 1, follows: true }
    const others = steps.filter((step) => step.column !== asked)
    const isLeft = goesLeft(table, node, prepared, 0)
    for (const [child, isTaken] of [
      [left[node]!, isLeft],
      [left[node]! + 1, !isLeft],
    ] as const) {
      const share = (before.share * cover[child]!) / cover[node]!
      descend(child, [...others, { column: asked, share, follows: before.follows && isTaken }])
    }
  }
  for (const root of trees.roots) descend(root, [])

  const contributions = new Float64Array(width)
  createPredictor(artifact).contributions(row, offset, contributions)
  for (let i = 0; i < width; i++) {
    let rest = contributions[i]!
    for (let j = 0; j < width; j++) if (j !== i) rest -= out[i * width + j]!
    out[i * width + i] = rest
  }
  return out
}

function addLeaf(
  out: Float64Array,
  width: number,
  steps: readonly Step[],
  value: number,
  { points, weights }: Quadrature,
): void {
  for (const [a, first] of steps.entries()) {
    for (const second of steps.slice(a + 1)) {
      let integral = 0
      for (const [m, t] of points.entries()) {
        let product = weights[m]!
        for (const step of steps)
          if (step !== first && step !== second) product *= step.share * (1 - t) + (step.follows ? t : 0)
        integral += product
      }
      const phi =
        (value * (Number(first.follows) - first.share) * (Number(second.follows) - second.share) * integral) /
        2
      const [i, j] = [first.column, second.column]
      out[i * width + j] = out[i * width + j]! + phi
      out[j * width + i] = out[j * width + i]! + phi
    }
  }
}
