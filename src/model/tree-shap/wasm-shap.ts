/** Quadrature TreeSHAP in WebAssembly (kernels/shap.ts): what `referenceShap` gives, to rounding. */
import { SHAP_KERNEL } from '../kernel-code.generated.ts'
import type { WalkTable } from '../tree-walk.ts'
import { newRoom, startKernel } from '../wasm.ts'
import { categoryRoom } from '../wasm-categories.ts'
import type { AddShap } from './quadrature.ts'
import type { ShapTables } from './tables.ts'

/** Bytes of a split, as the kernel reads it. */
const SPLIT_BYTES = 40

/** null where WebAssembly cannot do it. */
export function wasmShap(tables: ShapTables, table: WalkTable, columnCount: number): AddShap | null {
  const { points, firstSplit, mostNodes } = tables
  const pointBytes = points * 8
  const splitCount = tables.source.length
  const room = newRoom()
  const rowAt = room.take(2 * columnCount * 8)
  const outAt = room.take(columnCount * 8)
  const productsAt = room.take(mostNodes * pointBytes)
  const followsAt = room.take(mostNodes)
  const waysAt = room.take(mostNodes)
  const firstSplitAt = room.take(firstSplit.byteLength)
  const splitsAt = room.take(splitCount * SPLIT_BYTES)
  const runsAt = room.take(tables.runs.byteLength)
  const categories = categoryRoom(table, room)
  const kernel = startKernel(SHAP_KERNEL, room.bytes)
  if (!kernel) return null
  const { buffer, exports } = kernel
  new Int32Array(buffer, firstSplitAt, firstSplit.length).set(firstSplit)
  new Float64Array(buffer, runsAt, tables.runs.length).set(tables.runs)
  categories.write(buffer)
  const numbers = new Float64Array(buffer, splitsAt, splitCount * 5)
  const words = new Int32Array(buffer, splitsAt, splitCount * 10)
  for (let split = 0; split < splitCount; split++) {
    const node = tables.source[split]!
    numbers[5 * split] = table.numbers[2 * node]!
    words[10 * split + 2] = categories.asked(table.links[4 * node + 2]!)
    words[10 * split + 3] = tables.node[split]! * pointBytes
    words[10 * split + 4] = tables.previous[split]!
    words[10 * split + 5] = tables.column[split]! * 8
    numbers[5 * split + 3] = tables.scale[2 * split]!
    numbers[5 * split + 4] = tables.scale[2 * split + 1]!
  }
  const row = new Float64Array(buffer, rowAt, 2 * columnCount)
  const sums = new Float64Array(buffer, outAt, columnCount)
  const addShap = exports['addShap'] as (...words: number[]) => void
  const treeCount = firstSplit.length - 1
  return (prepared, out) => {
    row.set(prepared)
    sums.fill(0)
    addShap(
      splitsAt,
      firstSplitAt,
      treeCount,
      runsAt,
      pointBytes,
      rowAt,
      productsAt,
      followsAt,
      waysAt,
      outAt,
    )
    for (let c = 0; c < columnCount; c++) out[c] = out[c]! + sums[c]!
  }
}
