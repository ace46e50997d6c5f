/** The kernel in WebAssembly SIMD (kernels/boosting.ts), on one thread or several. The same bits as `referenceKernel`. */
import { startKernel } from '../../src/model/wasm.ts'
import type { HistogramKernel } from './histogram.ts'
import { BOOSTING_KERNEL } from './kernel-code.generated.ts'
import type { KernelLayout } from './kernel-memory.ts'
import { startThreads } from './kernel-threads.ts'
import { fillBinsIn } from './wasm-binning.ts'
import { planWasm, writeWords } from './wasm-memory.ts'
import { freeSearcher } from './wasm-splits.ts'

/** Below this many rows a second thread costs more than it saves. */
const LEAST_ROWS_FOR_THREADS = 50_000

/**
 * Starts the kernel on `threads` threads in all, on one when there are few rows. The caller ends them by `close`. null where
 * WebAssembly or its SIMD is missing, or room for the rows: its addresses reach 4 GB.
 */
export function wasmKernel(layout: KernelLayout, threads: number): HistogramKernel | null {
  const plan = planWasm(layout)
  const kernel = startKernel(BOOSTING_KERNEL, plan.bytes)
  if (!kernel) return null
  const { module, memory: room, exports } = kernel
  const call = (name: string) => exports[name] as (...args: number[]) => number
  const threadCount = layout.rowCount < LEAST_ROWS_FOR_THREADS ? 1 : threads
  const { memory, writeColumns } = writeWords(layout, plan, room.buffer, threadCount)
  const helpers = startThreads(module, room, threadCount - 1, call('stop'))
  const searchBins = call('searchBins')
  const fillRowMajor = call('fillRowMajor')
  const build = call('build')
  const subtract = call('subtract')
  let isFilled = false
  return {
    memory,
    fillBins: (matrix, bins) => {
      const free = { buffer: room.buffer, at: plan.chunkAt, bytes: plan.chunkBytes }
      fillBinsIn(free, matrix, bins, memory.bins, searchBins)
    },
    computeGradients: call('computeGradients'),
    build: (slot, start, count) => {
      if (!isFilled) fillRowMajor()
      isFilled = true
      writeColumns()
      build(slot, start, count)
    },
    subtract: (parent, child) => {
      writeColumns()
      subtract(parent, child)
    },
    partition: call('partition'),
    countBins: call('countBins'),
    searchFree: freeSearcher(new Float64Array(room.buffer, plan.candidatesAt), call('searchSplits')),
    addToScores: call('addToScores'),
    close: () => helpers.end(),
  }
}
