/**
 * Gradient descent by Adam (Kingma & Ba 2015), within bounds, with steps that become smaller by a cosine. It stops early when the loss
 * stands still. Priors keep it from over-fitting, so that no accounts are held out: each says a little of how long things count.
 */
import type { ReportProgress } from '../../src/glossary.ts'
import { checkpoint } from '../checkpoint.ts'
import type { PaceLoss } from './pace-loss.ts'
import type { PacePrior } from './pace-model.ts'

const STEPS = 100
const FIRST_RATE = 0.15
const LAST_RATE = 0.005
/** Share of the old gradient, and of the old square, that a step keeps. */
const MOMENTUM = 0.9
const SQUARE_MOMENTUM = 0.99
const EPSILON = 1e-8

/** Looks at the loss every so many steps. */
const LOOK_EVERY = 10
/** Of a loss summed over rows, lowered by less since the last look. */
const STANDS_STILL = 0.05

/** Where it ends: near the least loss. */
export async function descend(
  loss: PaceLoss,
  prior: PacePrior,
  { report, signal }: { readonly report?: ReportProgress; readonly signal?: AbortSignal } = {},
): Promise<Float64Array> {
  const parameters = prior.mean.slice()
  const mean = new Float64Array(parameters.length)
  const square = new Float64Array(parameters.length)
  let last = Number.POSITIVE_INFINITY
  for (let step = 1; step <= STEPS; step++) {
    const { loss: here, gradient } = loss.at(parameters)
    if (step % LOOK_EVERY === 0) {
      report?.('learning half-lives', step, STEPS)
      await checkpoint(signal)
      if (Math.abs(last - here) < STANDS_STILL) break
      last = here
    }
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
  }
  return parameters
}
