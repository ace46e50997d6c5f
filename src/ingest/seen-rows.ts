/**
 * Which ids a source has named so far, and with what content, in 16 bytes a row: hashes in an open-addressing table.
 * Two ids of a million are taken for one with a chance of about 1 in 37 million.
 */

export interface SeenRows {
  /** Records the row. null when its id is new; the line of the earlier row otherwise. */
  see(
    id: string,
    cells: readonly string[],
    line: number,
  ): { readonly line: number; readonly same: boolean } | null
}

/** Words of a slot: two hashes of the id, one of the content, the line (0: the slot is free). */
const WORDS = 4

export function createSeenRows(): SeenRows {
  let capacity = 1024
  let slots = new Uint32Array(capacity * WORDS)
  let used = 0

  /** Index of the slot that holds the id, or of the free one where it belongs. */
  const find = (table: Uint32Array, first: number, second: number): number => {
    const mask = table.length / WORDS - 1
    for (let slot = first & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WORDS
      if (table[at + 3] === 0 || (table[at] === first && table[at + 1] === second)) return at
    }
  }
  const grow = (): void => {
    capacity *= 2
    const larger = new Uint32Array(capacity * WORDS)
    for (let at = 0; at < slots.length; at += WORDS)
      if (slots[at + 3] !== 0)
        larger.set(slots.subarray(at, at + WORDS), find(larger, slots[at]!, slots[at + 1]!))
    slots = larger
  }

  return {
    see(id, cells, line) {
      if (used * 3 > capacity * 2) grow()
      const first = hashText(id, 0x9dc5)
      const second = hashText(id, 0x51ed270b)
      const contentHash = hashCells(cells)
      const at = find(slots, first, second)
      if (slots[at + 3] !== 0) return { line: slots[at + 3]!, same: slots[at + 2] === contentHash }
      slots[at] = first
      slots[at + 1] = second
      slots[at + 2] = contentHash
      slots[at + 3] = line
      used += 1
      return null
    },
  }
}

/** MurmurHash3's mixing, a character a round, and its finaliser. */
function hashText(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = round(hash, text.charCodeAt(i))
  return finish(hash ^ text.length)
}

function hashCells(cells: readonly string[]): number {
  let hash = 0
  for (const cell of cells) {
    for (let i = 0; i < cell.length; i++) hash = round(hash, cell.charCodeAt(i))
    hash = round(hash, -1 - cell.length)
  }
  return finish(hash ^ cells.length)
}

function round(hash: number, value: number): number {
  const mixed = Math.imul(value, 0xcc9e2d51)
  const turned = hash ^ Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
