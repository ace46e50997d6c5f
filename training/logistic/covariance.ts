/**
 * How sure the coefficients are: the sandwich `A^-1 B A^-1 * G / (G - 1)`, clustered by group (Liang & Zeger 1986;
 * White 1982). A is the Hessian of the penalised objective, B the sum over groups of s s', s the sum of a group's
 * gradients weight * (p - y) * x. It holds when rows of one group depend on each other. It says nothing of the
 * bias that the penalty brings.
 */
import { Matrix as DenseMatrix, inverse } from 'ml-matrix'
import { sigmoid } from '../../src/statistics/log-odds.ts'
import { toSymmetric } from '../symmetric.ts'
import { type DesignMatrix, marginOf } from './design-matrix.ts'
import { factor, type Problem } from './newton.ts'
import { dataHessian } from './objective.ts'

/** Symmetric. null with a single group, which says nothing of how groups differ. */
export function sandwichCovariance(
  { design, penalty }: Problem,
  strength: number,
  coefficients: Float64Array,
): DenseMatrix | null {
  const { width } = design
  const groupCount = new Set(design.groups).size
  if (groupCount < 2) return null
  const hessian = new Float64Array(width * width)
  dataHessian(design, coefficients, hessian)
  const lower = factor(hessian, penalty, strength, width)
  const lowerInverse = inverse(DenseMatrix.from1DArray(width, width, lower))
  const bread = lowerInverse.transpose().mmul(lowerInverse)
  const meat = groupedScores(design, coefficients)
  return bread
    .mmul(meat)
    .mmul(bread)
    .mul(groupCount / (groupCount - 1))
}

/** B: each group's gradients are summed first, then squared. */
function groupedScores(design: DesignMatrix, coefficients: Float64Array): DenseMatrix {
  const { width, starts, indices, values } = design
  const order = Int32Array.from({ length: design.rowCount }, (_, i) => i).sort(
    (a, b) => design.groups[a]! - design.groups[b]! || a - b,
  )
  const meat = new Float64Array(width * width)
  const score = new Float64Array(width)
  const touched: number[] = []
  const flush = (): void => {
    touched.sort((a, b) => a - b)
    for (let a = 0; a < touched.length; a++) {
      const i = touched[a]!
      const at = i * width
      for (let b = a; b < touched.length; b++) meat[at + touched[b]!]! += score[i]! * score[touched[b]!]!
    }
    for (const i of touched) score[i] = 0
    touched.length = 0
  }
  const seen = new Int32Array(width).fill(-1)
  let group = -1
  let previous: number | undefined
  for (const row of order) {
    if (design.groups[row] !== previous) {
      flush()
      group++
      previous = design.groups[row]
    }
    const residual =
      design.weights[row]! * (sigmoid(marginOf(design, coefficients, row)) - design.labels[row]!)
    for (let k = starts[row]!; k < starts[row + 1]!; k++) {
      const i = indices[k]!
      if (seen[i] !== group) {
        seen[i] = group
        touched.push(i)
      }
      score[i]! += residual * values[k]!
    }
  }
  flush()
  return toSymmetric(meat, width)
}
