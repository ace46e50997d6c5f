/**
 * The hot loops of training boosted trees. Each gives the same bits as its reference in training/boosting/: the same sums in the
 * same order. What is told here is how their work is split into pieces for threads; the loops stand in the files imported. Arrays
 * stand where training/boosting/wasm-memory.ts puts them.
 */
import { countBins, fillRowMajor as fillRowMajorPiece, SEARCHED_ROWS, searchBins as searchBinsPiece } from './bins'
import { computeGradients as computeGradientsPiece } from './gradients'
import { addBundle, COPIED_ROWS, copyRows, foursOf, subtract } from './histogram'
import { closeUp, partRows } from './partition'
import { piecesOf } from './pieces'
import { addToScores as addToScoresPiece } from './scores'
import { searchSplits } from './splits'
import {
  awaitCall,
  begin,
  calls,
  claim,
  done,
  finish,
  hasHelpers,
  isStopped,
  operation,
  stopHelpers,
} from './threads'
import {
  BUNDLES,
  CHUNK_BINS,
  CHUNK_PAIRS,
  CHUNK_ROWS,
  COLUMN,
  COLUMN_COUNT,
  COUNT,
  END,
  FROM,
  GRADIENTS,
  ROW_COUNT,
  ROW_MAJOR_BINS,
  SLOT,
  SOURCE_BINS,
  SOURCE_PAIRS,
  START,
  THREAD_COUNT,
  VALUE,
} from './words'

export { countBins, searchSplits, subtract }

// Operations: what a piece of work is.
const COPY_ROWS = 0
const ADD_BUNDLE = 1
const PART_ROWS = 2
const COMPUTE_GRADIENTS = 3
const ADD_TO_SCORES = 4
const SEARCH_BINS = 5
const FILL_ROW_MAJOR = 6

function perform(operation: i32, piece: i32): void {
  if (operation == COPY_ROWS) copyRows(piece)
  else if (operation == ADD_BUNDLE) addBundle(piece)
  else if (operation == PART_ROWS) partRows(piece)
  else if (operation == COMPUTE_GRADIENTS) computeGradientsPiece(piece)
  else if (operation == ADD_TO_SCORES) addToScoresPiece(piece)
  else if (operation == SEARCH_BINS) searchBinsPiece(piece)
  else fillRowMajorPiece(piece)
}

/** What a helper does until it is stopped. */
export function work(): void {
  // Counted before it looks: what is called in between, be it the stop, is not slept through.
  for (let seen = calls(); !isStopped(); seen = calls()) {
    help()
    awaitCall(seen)
  }
}

export function stop(): void {
  stopHelpers()
}

function help(): void {
  for (let piece = claim(); piece >= 0; piece = claim()) {
    perform(operation(), piece)
    done()
  }
}

function share(operation: i32, pieces: i32): void {
  if (!hasHelpers() || pieces < 2) {
    for (let piece = 0; piece < pieces; piece++) perform(operation, piece)
    return
  }
  begin(operation, pieces)
  help()
  finish(pieces)
}

/** Values of `count` rows stand at VALUES; the first of them is row `first`. */
export function searchBins(first: i32, count: i32): void {
  store<i32>(FROM, first)
  store<i32>(END, first + count)
  share(SEARCH_BINS, (count + SEARCHED_ROWS - 1) / SEARCHED_ROWS)
}

/** Copies the bins, once they are all there. */
export function fillRowMajor(): void {
  share(FILL_ROW_MAJOR, piecesOf(load<i32>(ROW_COUNT)))
}

export function computeGradients(): void {
  share(COMPUTE_GRADIENTS, piecesOf(load<i32>(ROW_COUNT)))
}

/** Below so many additions to histograms a second thread costs more than it saves. */
const LEAST_SHARED_ADDITIONS: i64 = 65536

/**
 * Chunk after chunk of a leaf's rows is copied, split by rows, and added, split by columns: every bin's sum keeps the order of the
 * rows. All rows, which stand in order, are read where they are.
 */
export function build(slot: i32, start: i32, count: i32): void {
  const columns = load<i32>(COLUMN_COUNT)
  const isShared = <i64>count * <i64>columns >= LEAST_SHARED_ADDITIONS
  const bundles = isShared ? min(load<i32>(THREAD_COUNT), foursOf(columns)) : 1
  store<i32>(SLOT, slot)
  store<i32>(START, start)
  store<i32>(BUNDLES, bundles)
  if (count == load<i32>(ROW_COUNT)) {
    addRows(0, count, load<usize>(ROW_MAJOR_BINS), load<usize>(GRADIENTS), bundles)
    return
  }
  const size = load<i32>(CHUNK_ROWS)
  // Once without rows too: the histogram is then empty.
  for (let from = 0; from == 0 || from < count; from += size) {
    const end = min(from + size, count)
    store<i32>(FROM, from)
    store<i32>(END, end)
    const pieces = (end - from + COPIED_ROWS - 1) / COPIED_ROWS
    if (isShared) share(COPY_ROWS, pieces)
    else for (let piece = 0; piece < pieces; piece++) copyRows(piece)
    addRows(from, end, load<usize>(CHUNK_BINS), load<usize>(CHUNK_PAIRS), bundles)
  }
}

function addRows(from: i32, end: i32, bins: usize, pairs: usize, bundles: i32): void {
  store<i32>(FROM, from)
  store<i32>(END, end)
  store<usize>(SOURCE_BINS, bins)
  store<usize>(SOURCE_PAIRS, pairs)
  share(ADD_BUNDLE, bundles)
}

/** Returns how many rows go left. */
export function partition(column: i32, start: i32, count: i32): i32 {
  store<i32>(COLUMN, column)
  store<i32>(START, start)
  store<i32>(COUNT, count)
  share(PART_ROWS, piecesOf(count))
  return closeUp()
}

export function addToScores(start: i32, count: i32, value: f64): void {
  store<i32>(START, start)
  store<i32>(COUNT, count)
  store<f64>(VALUE, value)
  share(ADD_TO_SCORES, piecesOf(count))
}
