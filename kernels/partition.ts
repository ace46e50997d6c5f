/** Which rows of a leaf go where, each side in the order it had. */
import { binsOf } from './bins'
import { piecesOf, rowsOfPiece } from './pieces'
import { COLUMN, COUNT, GOES_LEFT, LEFT_COUNTS, ROWS, SCRATCH, START } from './words'

/** Parts the rows of a piece of the leaf: left ones in place, right ones into SCRATCH. */
export function partRows(piece: i32): void {
  const count = load<i32>(COUNT)
  const size = rowsOfPiece(count)
  const from = load<i32>(START) + piece * size
  const rows = load<usize>(ROWS)
  const end = rows + (<usize>(from + min(size, count - piece * size)) << 2)
  const bins = binsOf(load<i32>(COLUMN))
  const goesLeft = load<usize>(GOES_LEFT)
  const first = rows + (<usize>from << 2)
  let left = first
  let right = load<usize>(SCRATCH) + (<usize>from << 2)
  // Both sides are written and one of the two counted: a branch here would be guessed wrong half of the time.
  for (let at = first; at < end; at += 4) {
    const row = load<u32>(at)
    const toLeft = <usize>load<u8>(goesLeft + <usize>load<u8>(bins + <usize>row)) << 2
    store<u32>(left, row)
    store<u32>(right, row)
    left += toLeft
    right += 4 - toLeft
  }
  store<i32>(load<usize>(LEFT_COUNTS) + (<usize>piece << 2), <i32>((left - first) >> 2))
}

/** Brings the pieces together, in their order. Returns how many rows went left. */
export function closeUp(): i32 {
  const start = <usize>load<i32>(START) << 2
  const count = load<i32>(COUNT)
  const pieces = piecesOf(count)
  const size = rowsOfPiece(count)
  const rows = load<usize>(ROWS) + start
  const scratch = load<usize>(SCRATCH) + start
  const leftCounts = load<usize>(LEFT_COUNTS)
  let left: i32 = 0
  for (let piece = 0; piece < pieces; piece++) {
    const here = load<i32>(leftCounts + (<usize>piece << 2))
    memory.copy(rows + (<usize>left << 2), rows + (<usize>(piece * size) << 2), <usize>here << 2)
    left += here
  }
  let to = left
  for (let piece = 0; piece < pieces; piece++) {
    const from = piece * size
    const here = min(size, count - from) - load<i32>(leftCounts + (<usize>piece << 2))
    memory.copy(rows + (<usize>to << 2), scratch + (<usize>from << 2), <usize>here << 2)
    to += here
  }
  return left
}
