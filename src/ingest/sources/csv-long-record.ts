/** Finds the end of a record that is too long to be held, reading over it without keeping it. */
import { CR, LF } from './csv-record.ts'
import type { TextFile } from './text-file.ts'

const QUOTE = 0x22
const BLOCK_BYTES = 256 * 1024

interface LongRecord {
  /** false: its quotes do not work out; then the figures are those of its first physical line. */
  readonly closed: boolean
  readonly end: number
  readonly next: number
  readonly lines: number
  readonly cells: number
  /** Index of its longest cell. */
  readonly longestCell: number
}

/** `start` is where the record begins. */
export async function passLongRecord(text: TextFile, start: number, delimiter: number): Promise<LongRecord> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES)
  let state: 'cell start' | 'unquoted' | 'quoted' | 'after quote' = 'cell start'
  let lines = 1
  let firstLineEnd = -1
  let cell = 0
  let cellStart = start
  let longestCell = 0
  let longest = -1
  let previous = -1

  const endCell = (position: number): void => {
    if (position - cellStart > longest) {
      longest = position - cellStart
      longestCell = cell
    }
    cell += 1
    cellStart = position + 1
  }

  for (let offset = start; ; ) {
    const bytesRead = await text.read(block, offset)
    for (let i = 0; i < bytesRead; i++) {
      const byte = block[i]!
      const position = offset + i
      const isLineEnd = byte === LF || byte === CR
      if (isLineEnd && firstLineEnd < 0) firstLineEnd = position
      if (state === 'quoted') {
        if (byte === QUOTE) state = 'after quote'
        else if (byte === CR || (byte === LF && previous !== CR)) lines += 1
      } else if (byte === delimiter) {
        endCell(position)
        state = 'cell start'
      } else if (isLineEnd) {
        endCell(position)
        const next = position + ((await isLineFeed(text, position + 1)) && byte === CR ? 2 : 1)
        return { closed: true, end: position, next, lines, cells: cell, longestCell }
      } else if (byte === QUOTE && state !== 'unquoted') state = 'quoted'
      else if (state === 'after quote') return firstLine(text, firstLineEnd, position)
      else state = 'unquoted'
      previous = byte
    }
    offset += bytesRead
    if (bytesRead > 0) continue
    if (state === 'quoted') return firstLine(text, firstLineEnd, offset)
    endCell(offset)
    return { closed: true, end: offset, next: offset, lines, cells: cell, longestCell }
  }
}

async function isLineFeed(text: TextFile, position: number): Promise<boolean> {
  const byte = Buffer.alloc(1)
  return (await text.read(byte, position)) === 1 && byte[0] === LF
}

/** The first physical line of a record whose quotes do not work out; `position` is where they broke. */
async function firstLine(text: TextFile, lineEnd: number, position: number): Promise<LongRecord> {
  const end = lineEnd < 0 ? await findLineEnd(text, position) : lineEnd
  const bytes = Buffer.alloc(2)
  const length = await text.read(bytes, end)
  const next = end + (length === 2 && bytes[0] === CR && bytes[1] === LF ? 2 : Math.min(length, 1))
  return { closed: false, end, next, lines: 1, cells: 0, longestCell: 0 }
}

async function findLineEnd(text: TextFile, from: number): Promise<number> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES)
  for (let offset = from; ; ) {
    const bytesRead = await text.read(block, offset)
    const at = block.subarray(0, bytesRead).findIndex((byte) => byte === LF || byte === CR)
    if (at >= 0 || bytesRead === 0) return offset + Math.max(at, 0)
    offset += bytesRead
  }
}
