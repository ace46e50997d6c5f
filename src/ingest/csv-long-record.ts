/** Finds the end of a record that is too long to be held, reading over it without keeping it. */
import type { FileHandle } from 'node:fs/promises'
import { CR, LF } from './csv-record.ts'

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

/** `start` is where the record begins in the file. */
export async function passLongRecord(
  handle: FileHandle,
  start: number,
  delimiter: number,
): Promise<LongRecord> {
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
    const { bytesRead } = await handle.read(block, 0, BLOCK_BYTES, offset)
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
        const next = position + ((await isLineFeed(handle, position + 1)) && byte === CR ? 2 : 1)
        return { closed: true, end: position, next, lines, cells: cell, longestCell }
      } else if (byte === QUOTE && state !== 'unquoted') state = 'quoted'
      else if (state === 'after quote') return firstLine(handle, firstLineEnd, position)
      else state = 'unquoted'
      previous = byte
    }
    offset += bytesRead
    if (bytesRead > 0) continue
    if (state === 'quoted') return firstLine(handle, firstLineEnd, offset)
    endCell(offset)
    return { closed: true, end: offset, next: offset, lines, cells: cell, longestCell }
  }
}

async function isLineFeed(handle: FileHandle, position: number): Promise<boolean> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(1), 0, 1, position)
  return bytesRead === 1 && buffer[0] === LF
}

/** The first physical line of a record whose quotes do not work out; `position` is where they broke. */
async function firstLine(handle: FileHandle, lineEnd: number, position: number): Promise<LongRecord> {
  const end = lineEnd < 0 ? await findLineEnd(handle, position) : lineEnd
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, end)
  const next = end + (bytesRead === 2 && buffer[0] === CR && buffer[1] === LF ? 2 : Math.min(bytesRead, 1))
  return { closed: false, end, next, lines: 1, cells: 0, longestCell: 0 }
}

async function findLineEnd(handle: FileHandle, from: number): Promise<number> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES)
  for (let offset = from; ; ) {
    const { bytesRead } = await handle.read(block, 0, BLOCK_BYTES, offset)
    const at = block.subarray(0, bytesRead).findIndex((byte) => byte === LF || byte === CR)
    if (at >= 0 || bytesRead === 0) return offset + Math.max(at, 0)
    offset += bytesRead
  }
}
