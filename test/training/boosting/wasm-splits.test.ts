/** The search for splits in WebAssembly finds what that in TypeScript finds, bit for bit. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Candidate } from '../../../training/boosting/candidate.ts'
import { searchNumbers } from '../../../training/boosting/number-splits.ts'
import { wasmKernel } from '../../../training/boosting/wasm-kernel.ts'

const BINS = 12
const COLUMNS = 3

/** Bins without rows, with what subtraction leaves, and with rows. */
const bin = fc.oneof(
  fc.constant([0, 0] as const),
  fc.constant([1e-17, -3e-17] as const),
  fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: 1e-16, max: 9, noNaN: true })),
)

it('finds the same splits', async () => {
  const kernel = wasmKernel(
    {
      rowCount: 1,
      columnCount: COLUMNS,
      firstBin: Int32Array.of(0, BINS, 2 * BINS, 3 * BINS),
      slots: 2,
      weighted: false,
    },
    1,
  )!
  const { active, histograms } = kernel.memory
  active.fill(1)
  // What is active is told to the kernel by whatever builds.
  kernel.build(0, 0, 1)
  let found = 0
  fc.assert(
    fc.property(
      fc.array(bin, { minLength: BINS * COLUMNS, maxLength: BINS * COLUMNS }),
      fc.constantFrom(0, 0.5),
      fc.constantFrom(0, 1),
      fc.constantFrom(0, 1e-3, 4),
      fc.constantFrom(0, 3),
      (pairs, l1, l2, minHessian, gainBefore) => {
        const first = 2 * BINS * COLUMNS
        histograms.set(pairs.flat(), first)
        const of = (part: 0 | 1) => pairs.slice(0, BINS).reduce((sum, pair) => sum + pair[part], 0)
        const sums = { gradient: of(0), hessian: of(1), gainBefore, minHessian, l1, l2 }
        const read = kernel.searchFree!({ ...sums, slot: 1, leastGain: 1e-10 })
        for (let column = 0; column < COLUMNS; column++) {
          const best: Candidate = {
            ...{ gain: 1e-10, position: -1, missingLeft: false, order: 'single', gradient: 0, hessian: 0 },
          }
          searchNumbers(
            {
              ...{ ...sums, histograms, first: first + 2 * BINS * column, valueBins: BINS - 1 },
              ...{ counts: null, rows: 0, minRows: 1, direction: 0 },
              ...{ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
            },
            best,
          )
          expect(read(column)).toStrictEqual(best.position < 0 ? null : best)
          if (best.position >= 0) found++
        }
      },
    ),
    { numRuns: 500, seed: 2 },
  )
  expect(found).toBeGreaterThan(200)
  await kernel.close()
})
