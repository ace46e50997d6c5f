/** Where everything stands in the memory of the WebAssembly kernel, and the words that tell it (kernels/words.ts). */
import { newRoom } from '../../src/model/wasm.ts'
import { EXPONENTIAL_CONSTANTS } from './exponential.ts'
import { binsOf, type KernelLayout, type KernelMemory, planMemory, viewMemory } from './kernel-memory.ts'
import { LEAST_HESSIAN } from './log-loss.ts'
import { CANDIDATE_BYTES } from './wasm-splits.ts'

/** What threads agree by, words and constants. */
const FIRST_BYTES = 1024
/** Addresses of words: those that are written once, and how many columns are active. */
const WORDS = 512
const COLUMN_COUNT = 604
/** What gradients are computed with, as doubles. */
const CONSTANTS = 768
/** Helpers, beside the leading thread (kernels/threads.ts). */
const HELPERS = 404
/** Pieces of a partition. */
const MOST_PIECES = 64

/** Rows that are copied before they are added: they stay in a core's second cache. */
const CHUNK_ROWS = 16_384

export interface WasmPlan {
  readonly bytes: number
  readonly memoryAt: number
  readonly firstBinAt: number
  readonly columnsAt: number
  readonly leftCountsAt: number
  readonly candidatesAt: number
  readonly rowMajorAt: number
  /** Of the row-major bins. */
  readonly rowBytes: number
  /** Room for a chunk of rows; while bins are filled, for what that needs. */
  readonly chunkAt: number
  readonly chunkBytes: number
}

export function planWasm(layout: KernelLayout): WasmPlan {
  const { rowCount, columnCount } = layout
  const room = newRoom()
  room.take(FIRST_BYTES)
  const firstBinAt = room.take(4 * (columnCount + 1))
  const columnsAt = room.take(4 * columnCount)
  const leftCountsAt = room.take(4 * MOST_PIECES)
  const candidatesAt = room.take(CANDIDATE_BYTES * columnCount)
  const memoryAt = room.take(planMemory(layout).bytes)
  const rowBytes = Math.ceil(columnCount / 16) * 16
  const rowMajorAt = room.take(rowCount * rowBytes)
  const chunkBytes = CHUNK_ROWS * (rowBytes + 16)
  const chunkAt = room.take(chunkBytes)
  return {
    ...{ bytes: room.bytes, memoryAt, firstBinAt, columnsAt, leftCountsAt, candidatesAt },
    ...{ rowMajorAt, rowBytes, chunkAt, chunkBytes },
  }
}

interface WasmMemory {
  readonly memory: KernelMemory
  /** To be called when `active` may have changed. */
  writeColumns(): void
}

/** Writes words and tables into fresh memory. */
export function writeWords(
  layout: KernelLayout,
  plan: WasmPlan,
  buffer: ArrayBufferLike,
  threads: number,
): WasmMemory {
  const { rowCount, columnCount, firstBin } = layout
  const memory = viewMemory(planMemory(layout), buffer, plan.memoryAt)
  const columns = new Int32Array(buffer, plan.columnsAt, columnCount)
  const words = new Int32Array(buffer, 0, FIRST_BYTES / 4)
  new Int32Array(buffer, plan.firstBinAt, columnCount + 1).set(firstBin)
  new Float64Array(buffer, CONSTANTS).set([LEAST_HESSIAN, ...EXPONENTIAL_CONSTANTS])
  words[HELPERS / 4] = threads - 1
  // In the order of kernels/words.ts. Addresses beyond 2 GB keep their 32 bits.
  const fixed = [
    ...[rowCount, columnCount, threads],
    ...[memory.bins.byteOffset, plan.rowMajorAt, plan.rowBytes],
    ...[memory.labels.byteOffset, layout.weighted ? memory.weights.byteOffset : 0],
    ...[memory.scores.byteOffset, memory.gradients.byteOffset],
    ...[memory.rows.byteOffset, memory.scratch.byteOffset],
    ...[memory.histograms.byteOffset, 16 * binsOf(layout)],
    ...[memory.goesLeft.byteOffset, memory.binCounts.byteOffset],
    ...[plan.firstBinAt, plan.columnsAt, plan.leftCountsAt],
    ...[plan.chunkAt, plan.chunkAt + CHUNK_ROWS * plan.rowBytes, CHUNK_ROWS],
    plan.candidatesAt,
  ]
  words.set(fixed, WORDS / 4)
  return {
    memory,
    writeColumns() {
      let count = 0
      for (let column = 0; column < columnCount; column++)
        if (memory.active[column]) columns[count++] = column
      words[COLUMN_COUNT / 4] = count
    },
  }
}
