/**
 * Gradient descent by Adam (Kingma & Ba 2015), within bounds, with steps that become smaller by a cosine. It stops early when the loss of
 * accounts that are held out has stood still, or has risen again: then the parameters of its least are given back.
 */
import type { ReportProgress } from '../../src/glossary.ts'
import { checkpoint } from '../checkpoint.ts'
import type { PaceLoss } from './pace-loss.ts'
import type { PacePrior } from './pace-model.ts'

const STEPS = 240
const FIRST_RATE = 0.15
const LAST_RATE = 0.005
/** Share of the old gradient, and of the old square, that a step keeps. */
const MOMENTUM = 0.9
const SQUARE_MOMENTUM = 0.99
const EPSILON = 1e-8

/** Looks at the accounts held out every so many steps. */
const LOOK_EVERY = 20
/** So many looks in succession without a change that matters end it. */
const PATIENCE = 3
const STANDS_STILL = 1e-6
/** In mean log loss above the least: over-fitted. */
const RISEN = 2e-3

export interface Descent {
  readonly parameters: Float64Array
  readonly steps: number
}

export async function descend(
  loss: PaceLoss,
  prior: PacePrior,
  { report, signal }: { readonly report?: ReportProgress; readonly signal?: AbortSignal } = {},
): Promise<Descent> {
  const parameters = prior.mean.slice()
  const mean = new Float64Array(parameters.length)
  const square = new Float64Array(parameters.length)
  let best = { parameters: parameters.slice(), heldOut: loss.heldOut(parameters) }
  let last = best.heldOut
  let still = 0
  for (let step = 1; step <= STEPS; step++) {
    const gradient = loss.gradient(parameters)
    const progress = (step - 1) / (STEPS - 1)
    const rate = LAST_RATE + ((FIRST_RATE - LAST_RATE) * (1 + Math.cos(Math.PI * progress))) / 2
    for (let k = 0; k < parameters.length; k++) {
      const slope = gradient[k]!
      mean[k] = MOMENTUM * mean[k]! + (1 - MOMENTUM) * slope
      square[k] = SQUARE_MOMENTUM * square[k]! + (1 - SQUARE_MOMENTUM) * slope * slope
      const first = mean[k]! / (1 - MOMENTUM ** step)
      const second = square[k]! / (1 - SQUARE_MOMENTUM ** step)
      const moved = parameters[k]! - (rate * first) / (Math.sqrt(second) + EPSILON)
      parameters[k] = Math.min(prior.most[k]!, Math.max(prior.least[k]!, moved))
    }
    if (step % LOOK_EVERY !== 0) continue
    report?.('learning half-lives', step, STEPS)
    await checkpoint(signal)
    const heldOut = loss.heldOut(parameters)
    if (heldOut <= best.heldOut) best = { parameters: parameters.slice(), heldOut }
    if (heldOut > best.heldOut + RISEN) return { parameters: best.parameters, steps: step }
    still = Math.abs(heldOut - last) < STANDS_STILL ? still + 1 : 0
    last = heldOut
    if (still === PATIENCE) return { parameters, steps: step }
  }
  return { parameters, steps: STEPS }
}
