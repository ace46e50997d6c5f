/**
 * From where gradient descent ends to the least loss itself, in double precision: Fisher scoring within bounds, damped as by Levenberg and
 * Marquardt. Single precision and a rate of descent would leave more doubt in the last digits than there has to be.
 */
import { Matrix as DenseMatrix } from 'ml-matrix'
import type { ReportProgress } from '../../src/glossary.ts'
import { checkpoint } from '../checkpoint.ts'
import { toSymmetric } from '../symmetric.ts'
import { choleskyOf } from './cholesky.ts'
import type { Exposures } from './exposures.ts'
import { type Information, informationOf } from './information.ts'
import type { PaceLayout, PacePrior } from './pace-model.ts'

const STEPS = 6
/** A step that changes the loss by less is the last: of a loss summed over rows, far below what any half-life hangs on. */
const STANDS_STILL = 0.02
const FIRST_DAMPING = 1e-3
const LEAST_DAMPING = 1e-6
const MORE_DAMPING = 10
/** No parameter goes further in one step. */
const LONGEST_STEP = 1

export interface Settled {
  readonly parameters: Float64Array
  readonly information: Information
}

/** @param background By kind of decision, by row. */
export async function settle(
  exposures: Exposures,
  background: readonly Float64Array[],
  layout: PaceLayout,
  prior: PacePrior,
  from: Float64Array,
  { report, signal }: { readonly report?: ReportProgress; readonly signal?: AbortSignal } = {},
): Promise<Settled> {
  const at = (parameters: Float64Array): Settled => {
    const within = parameters.map((value, k) => Math.min(prior.most[k]!, Math.max(prior.least[k]!, value)))
    return { parameters: within, information: informationOf(exposures, background, layout, prior, within) }
  }
  let settled = at(from)
  let damping = FIRST_DAMPING
  for (let step = 1; step <= STEPS; step++) {
    report?.('settling half-lives', step, STEPS)
    await checkpoint(signal)
    const next = at(stepFrom(settled, prior, damping))
    const lowered = settled.information.loss - next.information.loss
    if (lowered > 0) settled = next
    damping = lowered > 0 ? Math.max(LEAST_DAMPING, damping / MORE_DAMPING) : damping * MORE_DAMPING
    if (Math.abs(lowered) < STANDS_STILL) break
  }
  return settled
}

function stepFrom({ parameters, information: at }: Settled, prior: PacePrior, damping: number): Float64Array {
  const { length } = parameters
  const { gradient } = at
  const atBound = (k: number): boolean =>
    gradient[k]! > 0 ? parameters[k]! <= prior.least[k]! : parameters[k]! >= prior.most[k]!
  const matrix = toSymmetric(at.information, length)
  for (let k = 0; k < length; k++) {
    matrix.set(k, k, matrix.get(k, k) * (1 + damping))
    if (!atBound(k)) continue
    for (let other = 0; other < length; other++) {
      matrix.set(k, other, other === k ? 1 : 0)
      matrix.set(other, k, other === k ? 1 : 0)
    }
  }
  const downhill = Array.from(gradient, (slope, k) => (atBound(k) ? 0 : -slope))
  const move = choleskyOf(matrix).solve(DenseMatrix.columnVector(downhill))
  return parameters.map((value, k) => value + Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, move.get(k, 0))))
}
