/**
 * Logistic regression as a learner: how numbers enter and how strong the penalty is, is what does best on the validation part,
 * having learned from the fit part.
 */
import { checkpoint } from '../checkpoint.ts'
import type { NumberEncoding } from '../encoding.ts'
import { type LogisticFit, logisticSteps } from '../logistic/train.ts'
import { type Matrix, selectRows } from '../matrix.ts'
import { interruptibly } from '../steps.ts'
import type { Chosen, Learned, LearnOptions, ModelParts } from './learner.ts'

/** The simpler first: it wins when both do equally well. */
const ENCODINGS: readonly NumberEncoding[] = ['linear', 'curve']

export async function chooseLogistic(
  fit: Matrix,
  validate: Matrix,
  { report, signal }: LearnOptions,
  encodings = ENCODINGS,
): Promise<Chosen> {
  let best: { model: LogisticFit; numbers: NumberEncoding } | undefined
  let leastLoss = Number.POSITIVE_INFINITY
  for (const [index, numbers] of encodings.entries()) {
    report?.('choosing encoding and penalty', index, encodings.length)
    await checkpoint(signal)
    const model = await interruptibly(logisticSteps(fit, validate, { numbers, describe: false }), signal)
    const loss = Math.min(...model.path.map((point) => point.validationLogLoss))
    if (best && loss >= leastLoss) continue
    best = { model, numbers }
    leastLoss = loss
  }
  report?.('choosing encoding and penalty', encodings.length, encodings.length)
  const { model, numbers } = best!
  return {
    learner: 'logistic',
    parts: logisticParts(model),
    learn: (rows, options) => learnLogistic(rows, numbers, model.strength, options),
  }
}

async function learnLogistic(
  rows: Matrix,
  numbers: NumberEncoding,
  strength: number,
  { describe = true, signal }: LearnOptions,
): Promise<Learned> {
  const options = { numbers, strengths: [strength], describe }
  const model = await interruptibly(logisticSteps(rows, selectRows(rows, []), options), signal)
  const { separated, coefficients } = model
  return {
    parts: logisticParts(model),
    report: { kind: 'logistic', numbers, strength, separated, odds_ratios: coefficients },
    gain: null,
  }
}

export function logisticParts({
  base,
  terms,
}: Pick<LogisticFit, 'base' | 'terms'>): Extract<ModelParts, { kind: 'logistic' }> {
  return { kind: 'logistic', base, terms }
}
