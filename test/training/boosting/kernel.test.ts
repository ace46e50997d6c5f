/** Every kernel gives the bits of the reference: operation by operation, and the same trees. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column } from '../../../src/features/column.ts'
import { trainBoosting } from '../../../training/boosting/boosting.ts'
import { exponential } from '../../../training/boosting/exponential.ts'
import { type HistogramKernel, referenceKernel } from '../../../training/boosting/histogram.ts'
import type { KernelLayout } from '../../../training/boosting/kernel-memory.ts'
import { startThreads } from '../../../training/boosting/kernel-threads.ts'
import { wasmKernel } from '../../../training/boosting/wasm-kernel.ts'
import type { Matrix } from '../../../training/matrix.ts'
import { randomIntegers } from '../../../training/random.ts'

const SLOTS = 3

interface Shape {
  readonly rowCount: number
  readonly columnCount: number
  readonly weighted: boolean
  readonly seed: number
  readonly threads: number
}

/** Bins of 1 to 256 a column, the last column with all of them. */
function layoutOf({ rowCount, columnCount, weighted, seed }: Shape): KernelLayout {
  const next = randomIntegers(seed)
  const firstBin = new Int32Array(columnCount + 1)
  for (let c = 0; c < columnCount; c++)
    firstBin[c + 1] = firstBin[c]! + (c === columnCount - 1 ? 256 : 1 + next(256))
  return { rowCount, columnCount, firstBin, slots: SLOTS, weighted }
}

function fill({ memory }: HistogramKernel, layout: KernelLayout, seed: number): void {
  const next = randomIntegers(seed)
  const { rowCount, columnCount, firstBin } = layout
  for (let c = 0; c < columnCount; c++) {
    const binCount = firstBin[c + 1]! - firstBin[c]!
    for (let i = 0; i < rowCount; i++) memory.bins[c * rowCount + i] = next(binCount)
  }
  const real = () => next(2 ** 30) / 2 ** 30
  for (let i = 0; i < rowCount; i++) {
    memory.labels[i] = next(2)
    // Some beyond where the exponential ends.
    memory.scores[i] = (i % 50 === 0 ? 16_000 : 80) * (real() - 0.5) ** 3
    if (layout.weighted) memory.weights[i] = 0.1 + real()
    memory.rows[i] = i
  }
  for (let c = 0; c < columnCount; c++) memory.active[c] = next(5) > 0 ? 1 : 0
  for (let i = 0; i < memory.histograms.length; i++) memory.histograms[i] = real()
  for (let bin = 0; bin < 256; bin++) memory.goesLeft[bin] = next(2)
}

/** What a tree does, on two kernels at once: all that the next step reads must be the same bits. */
function compare(
  one: HistogramKernel,
  other: HistogramKernel,
  { columnCount, rowCount }: KernelLayout,
): void {
  const both = (action: (kernel: HistogramKernel) => unknown) => expect(action(other)).toEqual(action(one))
  const same = (name: 'gradients' | 'histograms' | 'rows' | 'binCounts' | 'scores') =>
    expect(Buffer.compare(bytesOf(one.memory[name]), bytesOf(other.memory[name]))).toBe(0)
  both((kernel) => kernel.computeGradients())
  same('gradients')
  both((kernel) => kernel.build(0, 0, rowCount))
  same('histograms')
  let start = 0
  let count = rowCount
  for (let column = columnCount - 1; column >= 0; column--) {
    const left = one.partition(column, start, count)
    expect(other.partition(column, start, count)).toBe(left)
    same('rows')
    both((kernel) => kernel.build(1, start, left))
    both((kernel) => kernel.subtract(0, 1))
    both((kernel) => kernel.build(2, start + left, count - left))
    same('histograms')
    both((kernel) => kernel.countBins(column, start, left))
    same('binCounts')
    both((kernel) => kernel.addToScores(start, left, 0.1))
    same('scores')
    if (column % 2 === 0) start += left
    count = column % 2 === 0 ? count - left : left
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

async function compareOn(shape: Shape): Promise<void> {
  const layout = layoutOf(shape)
  const reference = referenceKernel(layout)
  const wasm = wasmKernel(layout, shape.threads)!
  try {
    for (const kernel of [reference, wasm]) fill(kernel, layout, shape.seed)
    compare(reference, wasm, layout)
  } finally {
    await wasm.close()
  }
}

/** Every thread that has not ended holds some. */
function openPorts(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length
}

describe('the WebAssembly kernel', () => {
  it('is not there for more rows than it has addresses for', () => {
    const layout = layoutOf({ rowCount: 50, columnCount: 60, weighted: false, seed: 1, threads: 1 })
    expect(wasmKernel({ ...layout, rowCount: 50_000_000 }, 1)).toBeNull()
  })

  it('has the bits of the reference, of any shape', async () => {
    const shapes = fc.record({
      rowCount: fc.integer({ min: 1, max: 700 }),
      columnCount: fc.integer({ min: 1, max: 11 }),
      weighted: fc.boolean(),
      seed: fc.integer({ min: 0, max: 1e6 }),
      threads: fc.constant(1),
    })
    await fc.assert(fc.asyncProperty(shapes, compareOn), { numRuns: 60, seed: 4 })
  })

  it.each([2, 3])('has them on %i threads', async (threads) => {
    await compareOn({ rowCount: 90_001, columnCount: 13, weighted: threads === 2, seed: 7, threads })
  })

  it('ends its threads, also those that have hardly begun', async () => {
    const layout = layoutOf({ rowCount: 50_000, columnCount: 2, weighted: false, seed: 1, threads: 4 })
    const before = openPorts()
    for (let k = 0; k < 3; k++) await wasmKernel(layout, 4)!.close()
    expect(openPorts()).toBe(before)
  })
})

it('a thread that breaks off is told of: to the leader at once, to the caller at the end', async () => {
  const empty = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  await expect(startThreads(empty, memory, 2, () => {}).end()).rejects.toThrow('work')
  expect(new Int32Array(memory.buffer)[64]).toBe(1)
})

describe('training', () => {
  const options = {
    trees: 12,
    maxLeaves: 15,
    minRows: 5,
    learningRate: 0.2,
    columnSample: 0.8,
    rowSample: 0.9,
  }

  it('gives the same model on every kernel and number of threads', async () => {
    const matrix = madeUp(51_000, 6)
    const fits = [
      await trainBoosting(matrix, null, { ...options, kernel: 'reference' }),
      await trainBoosting(matrix, null, { ...options, kernel: 'wasm' }),
      await trainBoosting(matrix, null, { ...options, kernel: 'auto', threads: 2 }),
      await trainBoosting(matrix, null, { ...options, kernel: 'wasm', threads: 3 }),
    ]
    expect(fits[0]!.bestTrees).toBe(12)
    for (const fit of fits) expect(fit).toEqual(fits[0])
  })

  it.each([
    { stage: 'binning', tree: undefined },
    { stage: 'growing trees', tree: 3 },
  ])('stops while $stage, and leaves no thread behind', async ({ stage, tree }) => {
    const before = openPorts()
    const abort = new AbortController()
    const seen: unknown[] = []
    const run = trainBoosting(
      madeUp(50_000, 3),
      null,
      { ...options, threads: 2 },
      (now, done) => {
        seen.push([now, done])
        if (now === stage && done === tree) setImmediate(() => abort.abort(new Error('enough')))
      },
      abort.signal,
    )
    await expect(run).rejects.toThrow('enough')
    expect(openPorts()).toBe(before)
    expect(seen.at(-1)).toEqual([stage, tree])
  })
})

function madeUp(rowCount: number, width: number): Matrix {
  const next = randomIntegers(5)
  const data = new Float64Array(rowCount * width)
  const labels = new Uint8Array(rowCount)
  for (let i = 0; i < rowCount; i++) {
    for (let c = 0; c < width; c++) data[i * width + c] = next(20) === 0 ? Number.NaN : next(1000) / 100
    const sum = (data[i * width] || 3) + (data[i * width + 1] || 0) - 10 + next(100) / 20
    labels[i] = sum > 0 ? 1 : 0
  }
  const columns = Array.from({ length: width }, (_, c): Column => {
    return { kind: 'number', name: `x${c}`, group: `x${c}`, side: 'fit', transform: 'identity' }
  })
  return { columns, rowCount, data, labels, groups: new Int32Array(rowCount) }
}

describe('exponential', () => {
  it('agrees with Math.exp to 1e-15', () => {
    const values = fc.double({ min: -708, max: 708, noNaN: true })
    fc.assert(
      fc.property(values, (x) => {
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-15)
      }),
    )
    expect(exponential(0)).toBe(1)
    expect(exponential(-800)).toBe(exponential(-708))
  })
})
