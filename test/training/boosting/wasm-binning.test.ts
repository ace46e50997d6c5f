/** Bins found in WebAssembly are those of the reference, also where the rows need several chunks, or vocabularies all the room. */
import { expect, it } from 'vitest'
import { fillBins, fitBins } from '../../../training/boosting/binning.ts'
import { wasmKernel } from '../../../training/boosting/wasm-kernel.ts'
import type { Matrix } from '../../../training/matrix.ts'
import { randomIntegers } from '../../../training/random.ts'
import { categoryColumn, flagColumn, numberColumn } from '../logistic/matrix.ts'

const EXTREMES = [0, -0, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE]

/** A smooth column, one of extremes and ties, one with nothing known, a flag, a category of so many codes. */
function wildMatrix(rowCount: number, codeCount: number): Matrix {
  const next = randomIntegers(11)
  const columns = [
    numberColumn('smooth'),
    numberColumn('extreme'),
    numberColumn('unknown'),
    flagColumn('flag'),
    {
      ...categoryColumn('category'),
      categories: Array.from({ length: codeCount }, (_, code) => `c${code}`),
    },
  ]
  const data = new Float64Array(rowCount * columns.length)
  for (let row = 0; row < rowCount; row++) {
    const extreme = next(2) === 0 ? EXTREMES[next(EXTREMES.length)]! : next(400)
    const code = Math.floor((codeCount * next(1000) ** 2) / 1e6)
    const cells = [next(2 ** 30) / 2 ** 20, extreme, Number.NaN, next(2), code]
    for (const [c, cell] of cells.entries()) data[row * 5 + c] = next(9) === 0 ? Number.NaN : cell
  }
  const labels = new Uint8Array(rowCount)
  return { columns, rowCount, data, labels, groups: new Int32Array(rowCount) }
}

it.each([
  { rowCount: 51_007, codeCount: 700, threads: 1 },
  { rowCount: 51_007, codeCount: 700, threads: 2 },
  { rowCount: 100, codeCount: 600_000, threads: 1 },
])('of $rowCount rows and $codeCount codes on $threads threads', async ({ rowCount, codeCount, threads }) => {
  const matrix = wildMatrix(rowCount, codeCount)
  const bins = fitBins(matrix, 255, 3)
  const firstBin = Int32Array.of(0, 256, 512, 768, 1024, 1280)
  const kernel = wasmKernel({ rowCount, columnCount: 5, firstBin, slots: 1, weighted: false }, threads)!
  try {
    kernel.fillBins(matrix, bins)
    const expected = new Uint8Array(rowCount * 5)
    fillBins(matrix, bins, expected)
    expect(Buffer.compare(kernel.memory.bins, expected)).toBe(0)
  } finally {
    await kernel.close()
  }
})
