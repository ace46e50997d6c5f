/** The search for splits in WebAssembly (kernels/splits.ts), of columns and leaves that nothing constrains. */
import type { Candidate, FreeSearch } from './candidate.ts'

/** Of a column: gain, position, whether missing goes left, gradient, hessian. */
const CANDIDATE_NUMBERS = 5
export const CANDIDATE_BYTES = 8 * CANDIDATE_NUMBERS

/**
 * @param candidates Where the kernel writes what it found, column after column.
 * @param searchSplits The kernel's.
 */
export function freeSearcher(
  candidates: Float64Array,
  searchSplits: (...args: number[]) => void,
): (search: FreeSearch) => (column: number) => Candidate | null {
  const candidateOf = (column: number): Candidate | null => {
    const at = CANDIDATE_NUMBERS * column
    if (candidates[at + 1]! < 0) return null
    return {
      gain: candidates[at]!,
      position: candidates[at + 1]!,
      missingLeft: candidates[at + 2] === 1,
      order: 'single',
      gradient: candidates[at + 3]!,
      hessian: candidates[at + 4]!,
    }
  }
  return ({ slot, gradient, hessian, gainBefore, leastGain, minHessian, l1, l2 }) => {
    searchSplits(slot, gradient, hessian, gainBefore, leastGain, minHessian, l1, l2)
    return candidateOf
  }
}
