/** Raw scores of rows. */
import { rowsOfPiece } from './pieces'
import { COUNT, ROWS, SCORES, START, VALUE } from './words'

/** Adds VALUE to the scores of the rows of a piece of the leaf. */
export function addToScores(piece: i32): void {
  const start = load<i32>(START)
  const count = load<i32>(COUNT)
  const size = rowsOfPiece(count)
  const value = load<f64>(VALUE)
  const scores = load<usize>(SCORES)
  let at = load<usize>(ROWS) + (<usize>(start + piece * size) << 2)
  const end = at + (<usize>min(size, count - piece * size) << 2)
  for (; at < end; at += 4) {
    const score = scores + (<usize>load<u32>(at) << 3)
    store<f64>(score, load<f64>(score) + value)
  }
}
