/** How numbers enter and how strong the penalty is: what does best on the validation part, having learned from the fit part. */
import type { ReportProgress } from '../src/glossary.ts'
import { checkpoint } from './checkpoint.ts'
import type { NumberEncoding } from './encoding.ts'
import { type LogisticOptions, trainLogistic } from './logistic/train.ts'
import type { Matrix } from './matrix.ts'

export interface LogisticChoice {
  readonly numbers: NumberEncoding
  readonly strength: number
}

/** The simpler first: it wins when both do equally well. */
const ENCODINGS: readonly NumberEncoding[] = ['linear', 'curve']

export async function chooseLogistic(
  fit: Matrix,
  validate: Matrix,
  { report, signal }: { readonly report?: ReportProgress; readonly signal?: AbortSignal },
): Promise<LogisticChoice> {
  let best = { numbers: ENCODINGS[0] ?? 'curve', strength: Number.NaN, loss: Number.POSITIVE_INFINITY }
  for (const [index, numbers] of ENCODINGS.entries()) {
    report?.('choosing encoding and penalty', index, ENCODINGS.length)
    await checkpoint(signal)
    const { strength, path } = trainLogistic(fit, validate, { numbers, describe: false })
    const loss = Math.min(...path.map((point) => point.validationLogLoss))
    if (loss < best.loss) best = { numbers, strength, loss }
  }
  report?.('choosing encoding and penalty', ENCODINGS.length, ENCODINGS.length)
  return { numbers: best.numbers, strength: best.strength }
}

/** Options of a fit that chooses nothing more. */
export function asChosen({ numbers, strength }: LogisticChoice): LogisticOptions {
  return { numbers, strengths: [strength] }
}
