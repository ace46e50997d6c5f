/**
 * SHAP interaction values of trees (Lundberg et al. 2020; Fujimoto et al. 2006), path-dependent and exact: how the contribution
 * of one column leans on another.
 *
 * With the words of model/tree-shap/quadrature.ts, and d columns on the path to a leaf of value v:
 *
 *   Phi[i, j] = 1/2 sum over leaves of v (o[i] - z[i]) (o[j] - z[j]) integral of product over k != i, j of f[k](t) dt   (i != j)
 *   Phi[i, i] = phi[i] - sum over j != i of Phi[i, j]
 *
 * The integral is of degree d - 2: ceil((d - 1) / 2) points are exact. At each, a pair has v/2 P weight rate[i] rate[j].
 * The matrix is symmetric, its rows sum to the SHAP values, and all of it to the raw score against the base. Of a calibration it has
 * the affine share.
 */
import type { BoostingArtifact, ImportedArtifact } from '../model/artifact.ts'
import { createCalibrator } from '../model/calibration.ts'
import { createPredictor } from '../model/predict.ts'
import { treesFromData } from '../model/tree-data.ts'
import { rowPreparer } from '../model/tree-rows.ts'
import { gaussLegendre, type Quadrature } from '../model/tree-shap/gauss-legendre.ts'
import { goesLeft, walkTable } from '../model/tree-walk.ts'

/**
 * For the row that begins at `offset`, row-major, columns x columns in the order asked for, in calibrated log-odds. The caller
 * may keep it.
 */
export type ExplainInteractions = (row: Float64Array, offset?: number) => Float64Array

/**
 * O(leaves x depth^3) a row. Both halves of a pair together, Phi[i, j] + Phi[j, i], are what the two columns add beside what each
 * adds by itself.
 *
 * @param columns Indices, each once; default all. The diagonal holds what the pairs of these columns leave of each contribution.
 */
export function createInteractions(
  artifact: BoostingArtifact | ImportedArtifact,
  columns: readonly number[] = [...artifact.columns.keys()],
): ExplainInteractions {
  const width = columns.length
  const placeOf = new Int32Array(artifact.columns.length).fill(-1)
  for (const [place, column] of columns.entries()) placeOf[column] = place
  const { slope } = createCalibrator(artifact.calibration)
  const trees = treesFromData(artifact.trees)
  const table = walkTable(trees)
  const prepare = rowPreparer(artifact.columns, artifact.rounding)
  const prepared = new Float64Array(2 * artifact.columns.length)
  const predictor = createPredictor(artifact)
  const contributions = new Float64Array(artifact.columns.length)
  const quadratures: Quadrature[] = []
  const { column, left, cover, value } = trees
  /** The columns on the way from the root: share of the training rows that take all splits on it so far, and does the row. */
  const path: number[] = []
  const shares: number[] = []
  const follows: boolean[] = []
  const rates: number[] = []

  function descend(node: number, out: Float64Array): void {
    const asked = column[node]!
    if (asked < 0) {
      addLeaf(slope * value[node]!, out)
      return
    }
    const known = path.indexOf(asked)
    const step = known < 0 ? path.length : known
    const share = known < 0 ? 1 : shares[step]!
    const followed = known < 0 || follows[step]!
    path[step] = asked
    const isLeft = goesLeft(table, node, prepared, 0)
    for (let child = left[node]!; child <= left[node]! + 1; child++) {
      shares[step] = (share * cover[child]!) / cover[node]!
      follows[step] = followed && isLeft === (child === left[node]!)
      descend(child, out)
    }
    shares[step] = share
    follows[step] = followed
    if (known < 0) path.pop()
  }

  /** Above the diagonal. */
  function addLeaf(leafValue: number, out: Float64Array): void {
    const pointCount = Math.ceil((path.length - 1) / 2)
    if (pointCount < 1) return
    quadratures[pointCount] ??= gaussLegendre(pointCount)
    const { points, weights } = quadratures[pointCount]
    for (let m = 0; m < pointCount; m++) {
      const t = points[m]!
      let product = (weights[m]! * leafValue) / 2
      for (let k = 0; k < path.length; k++) {
        const share = shares[k]!
        const factor = share * (1 - t) + (follows[k] ? t : 0)
        // For a column that the row does not follow, factor and difference have the share in common, which may be 0.
        rates[k] = follows[k] ? (1 - share) / factor : -1 / (1 - t)
        product *= factor
      }
      for (let a = 0; a < path.length; a++) {
        const i = placeOf[path[a]!]!
        if (i < 0) continue
        const part = product * rates[a]!
        for (let b = 0; b < path.length; b++) {
          const j = placeOf[path[b]!]!
          if (j > i) out[i * width + j] = out[i * width + j]! + part * rates[b]!
        }
      }
    }
  }

  return (row, offset = 0) => {
    const out = new Float64Array(width * width)
    prepare(row, offset, prepared, 0)
    for (const root of trees.roots) descend(root, out)
    predictor.contributions(row, offset, contributions)
    for (const [i, asked] of columns.entries()) {
      for (let j = 0; j < i; j++) out[i * width + j] = out[j * width + i]!
      let rest = contributions[asked]!
      for (let j = 0; j < width; j++) if (j !== i) rest -= out[i * width + j]!
      out[i * width + i] = rest
    }
    return out
  }
}
