/** Category splits as kernels/ask.ts reads them. */
import type { WalkTable } from './tree-walk.ts'
import type { Room } from './wasm.ts'

/** 32-bit words of a category split. */
const SPLIT_WORDS = 3

interface CategoryRoom {
  /** What a split asks, for the kernel, from what it asks in the table. */
  asked(key: number): number
  write(buffer: ArrayBufferLike): void
}

export function categoryRoom({ categorySplits }: WalkTable, room: Room): CategoryRoom {
  const splitsAt = room.take(categorySplits.length * SPLIT_WORDS * 4)
  const setsAt = categorySplits.map(({ set }) => room.take(set.byteLength))
  return {
    asked: (key) => (key >= 0 ? key * 8 : -1 - (splitsAt + (-1 - key) * SPLIT_WORDS * 4)),
    write(buffer) {
      const splits = new Int32Array(buffer, splitsAt, categorySplits.length * SPLIT_WORDS)
      for (const [i, { key, set }] of categorySplits.entries()) {
        splits.set([key * 8, set.length * 32, setsAt[i]!], i * SPLIT_WORDS)
        new Uint32Array(buffer, setsAt[i], set.length).set(set)
      }
    },
  }
}
