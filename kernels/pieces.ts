/** Work that is split by rows: which rows a piece has. */

/** As many pieces as LEFT_COUNTS has room for, or fewer. */
const MOST_PIECES: i32 = 64
const LEAST_ROWS_A_PIECE: i32 = 8192

/** Of `count` rows, how many a piece has; the last one may have fewer. An even number, for loops that take two at a time. */
export function rowsOfPiece(count: i32): i32 {
  const share = (count + MOST_PIECES - 1) / MOST_PIECES
  return max((share + 1) & ~1, LEAST_ROWS_A_PIECE)
}

export function piecesOf(count: i32): i32 {
  const size = rowsOfPiece(count)
  return (count + size - 1) / size
}
