/** The kernel in WebAssembly SIMD (kernels/boosting.ts), on one thread or several. The same bits as `referenceKernel`. */
import { EXPONENTIAL_CONSTANTS } from './exponential.ts'
import type { HistogramKernel } from './histogram.ts'
import { BOOSTING_KERNEL } from './kernel-code.generated.ts'
import { binsOf, type KernelLayout, type KernelMemory, planMemory, viewMemory } from './kernel-memory.ts'
import { startThreads } from './kernel-threads.ts'
import { LEAST_HESSIAN } from './log-loss.ts'

/** Bytes of a page of WebAssembly memory. */
const PAGE = 65536
/** WebAssembly addresses have 32 bits. */
const MOST_PAGES = 65536

// Byte addresses. Below WORDS stands what threads agree by (kernels/threads.ts).
const WORDS = 512
/** Where blocks of rows are copied to, this many rows a thread. */
const BLOCKS = 608
const ROWS_OF_BLOCK = 512
/** What gradients are computed with, as doubles. */
const CONSTANTS = 768
const LEFT_COUNTS = 1024
/** Helpers, beside the leading thread. */
const HELPERS = 404
/** Room for 64 counts of a partition comes before the tables whose size depends on the columns. */
const TABLES = LEFT_COUNTS + 4 * 64

/** See options.ts. */
const MOST_THREADS = 64

/** Below this many rows a second thread costs more than it saves. */
const LEAST_ROWS_FOR_THREADS = 30_000

/** False where WebAssembly or its SIMD is missing, and where the rows need more memory than it has addresses for. */
export function canRunWasm(layout: KernelLayout): boolean {
  return (
    typeof WebAssembly === 'object' &&
    pagesOf(layout, MOST_THREADS) <= MOST_PAGES &&
    WebAssembly.validate(codeBytes())
  )
}

/** Starts the kernel on `threads` threads in all, fewer when there are few rows. The caller ends them by `close`. */
export function wasmKernel(layout: KernelLayout, threads: number): HistogramKernel {
  const pages = pagesOf(layout, threads)
  const room = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const memory = viewMemory(planMemory(layout), room.buffer, roomStart(layout))
  const module = new WebAssembly.Module(codeBytes())
  const { exports } = new WebAssembly.Instance(module, { env: { memory: room } })
  const call = (name: string) => exportedFunction(exports, name)
  const helperCount = layout.rowCount < LEAST_ROWS_FOR_THREADS ? 0 : threads - 1
  const groupColumns = writeTables(layout, memory, room.buffer, helperCount)
  const helpers = startThreads(module, room, helperCount, call('stop'))
  const fillRowMajor = call('fillRowMajor')
  let isFilled = false
  const build = call('build')
  const subtract = call('subtract')
  return {
    memory,
    computeGradients: call('computeGradients'),
    build: (slot, start, count) => {
      if (!isFilled) fillRowMajor()
      isFilled = true
      groupColumns()
      build(slot, start, count)
    },
    subtract: (parent, child) => {
      groupColumns()
      subtract(parent, child)
    },
    partition: call('partition'),
    countBins: call('countBins'),
    addToScores: call('addToScores'),
    close: () => helpers.end(),
  }
}

function codeBytes(): Uint8Array {
  return Buffer.from(BOOSTING_KERNEL, 'base64')
}

function exportedFunction(
  exports: WebAssembly.Instance['exports'],
  name: string,
): (...args: number[]) => number {
  const value = exports[name]
  if (typeof value !== 'function') throw new TypeError(`The compiled kernel has no ${name}: npm run build`)
  return value as (...args: number[]) => number
}

/** Behind the tables, at the start of a cache line. */
function roomStart({ columnCount }: KernelLayout): number {
  const words = columnCount + 1 + columnCount + columnCount + 1
  return Math.ceil((TABLES + 4 * words) / 64) * 64
}

/** The bins once more, row-major, at the start of a cache line: most rows then lie in one. */
function rowMajorStart(layout: KernelLayout): number {
  return Math.ceil((roomStart(layout) + planMemory(layout).bytes) / 64) * 64
}

function rowBytesOf({ columnCount }: KernelLayout): number {
  return Math.ceil(columnCount / 16) * 16
}

function blocksStart(layout: KernelLayout): number {
  return rowMajorStart(layout) + layout.rowCount * rowBytesOf(layout)
}

function pagesOf(layout: KernelLayout, threads: number): number {
  return Math.ceil((blocksStart(layout) + threads * ROWS_OF_BLOCK * (rowBytesOf(layout) + 16)) / PAGE)
}

/** Writes the words and tables of kernels/boosting.ts. Returns what writes those that depend on `active`. */
function writeTables(
  layout: KernelLayout,
  memory: KernelMemory,
  buffer: ArrayBufferLike,
  helperCount: number,
): () => void {
  const { rowCount, columnCount, firstBin } = layout
  const firstBins = new Int32Array(buffer, TABLES, columnCount + 1)
  const columns = new Int32Array(buffer, firstBins.byteOffset + firstBins.byteLength, columnCount)
  const groups = new Int32Array(buffer, columns.byteOffset + columns.byteLength, columnCount + 1)
  firstBins.set(firstBin)
  const words = new Int32Array(buffer)
  words[HELPERS / 4] = helperCount
  new Float64Array(buffer, CONSTANTS).set([LEAST_HESSIAN, ...EXPONENTIAL_CONSTANTS])
  // Addresses beyond 2 GB keep their 32 bits.
  const fixed = [
    rowCount,
    memory.bins.byteOffset,
    memory.labels.byteOffset,
    memory.weights.length > 0 ? memory.weights.byteOffset : 0,
    memory.scores.byteOffset,
    memory.gradients.byteOffset,
    memory.rows.byteOffset,
    memory.scratch.byteOffset,
    memory.ordered.byteOffset,
    memory.histograms.byteOffset,
    memory.goesLeft.byteOffset,
    memory.binCounts.byteOffset,
    firstBins.byteOffset,
    16 * binsOf(layout),
    LEFT_COUNTS,
    columns.byteOffset,
    groups.byteOffset,
    rowMajorStart(layout),
    columnCount,
    helperCount + 1,
  ]
  words.set(fixed, WORDS / 4)
  words[BLOCKS / 4] = blocksStart(layout)
  const counts = WORDS / 4 + fixed.length
  return () => {
    let count = 0
    for (let column = 0; column < columnCount; column++) if (memory.active[column]) columns[count++] = column
    words[counts] = count
    words[counts + 1] = groupColumns(count, helperCount + 1, groups)
  }
}

/**
 * Of dense leaves, columns go to threads in groups of four (see `addFour`), and at the end of two, so that no thread waits long for the last one.
 * Groups are taken from the last to the first. Returns how many there are.
 */
function groupColumns(count: number, threads: number, groups: Int32Array): number {
  let group = 0
  let at = 0
  groups[0] = 0
  const smallEnd = threads === 1 ? 0 : Math.min(count, 4 * threads)
  while (at < count) {
    at = Math.min(at + (at < smallEnd ? 2 : 4), count)
    groups[++group] = at
  }
  return group
}
