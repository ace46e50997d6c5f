/**
 * The numeric contract of this folder.
 *
 * - Outcomes are 0 or 1 in a Uint8Array; scores and probabilities are Float64Arrays of the same length. NaN is
 *   refused.
 * - A figure that is not defined (AUC of one class, lift without positives, anything of no rows) is NaN, never 0
 *   or 0.5. Whoever writes JSON writes null for it.
 * - Ties: equal scores are one group. Ranks are midranks, a group is never cut by a threshold or a bin, and where
 *   a count must cut one (the top tenth), its members share the places evenly: the expectation over a random
 *   order.
 * - Log loss clamps probabilities to [1e-6, 1 - 1e-6] (log-odds.ts), so it is finite; Brier takes them as they
 *   are.
 * - Ranges are half-open: [low, high).
 * - Weights count how often a row stands in the data: 2 is the row twice, 0 is not there. Absent means all 1.
 * - Pure: randomness comes as an argument.
 */
import { WonlostError } from '../errors.ts'

/** Throws `internal` unless lengths agree, outcomes are 0 or 1, and scores are numbers. */
export function checkOutcomes(scores: Float64Array, labels: Uint8Array): void {
  if (scores.length !== labels.length)
    throw new WonlostError(
      'internal',
      `${scores.length} scores for ${labels.length} outcomes; one each is needed.`,
    )
  for (let i = 0; i < labels.length; i++) {
    if (labels[i]! > 1) throw new WonlostError('internal', `Outcome ${i} is ${labels[i]}; 0 or 1 is allowed.`)
    if (Number.isNaN(scores[i])) throw new WonlostError('internal', `Score ${i} is NaN; a number is needed.`)
  }
}
