/** Tables as files that every contender reads: float32 row by row (little-endian), and a byte a label. */
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { rowsOf, type TableKind } from './tables.ts'

export interface TableFile {
  readonly rows: number
  /** Number of categories of each column; 0 holds numbers. */
  readonly categories: readonly number[]
  /** Paths. */
  readonly values: string
  readonly labels: string
}

/** Raise it when tables.ts changes: files of older code are not read again. */
const VERSION = 3

/** Rows written or read at a time. */
const CHUNK_ROWS = 10_000

/** The file of so many rows; another seed gives other rows of the same truth. Written when there is none yet. */
export function tableFile(folder: string, kind: TableKind, rows: number, seed: number): TableFile {
  const name = join(folder, 'data', `${kind.name}-${rows}-${seed}-v${VERSION}`)
  const file = { rows, categories: kind.categories, values: `${name}.f32`, labels: `${name}.u8` }
  if (!existsSync(file.labels)) {
    mkdirSync(join(folder, 'data'), { recursive: true })
    writeTable(file, kind, seed)
  }
  return file
}

function writeTable({ rows, values, labels }: TableFile, kind: TableKind, seed: number): void {
  const drawRow = rowsOf(kind, seed)
  const width = kind.categories.length
  const chunk = new Float32Array(CHUNK_ROWS * width)
  const allLabels = new Uint8Array(rows)
  const out = openSync(`${values}.part`, 'w')
  try {
    for (let first = 0; first < rows; first += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - first)
      for (let i = 0; i < count; i++)
        allLabels[first + i] = drawRow(chunk.subarray(i * width, (i + 1) * width))
      writeSync(out, chunk.subarray(0, count * width))
    }
  } finally {
    closeSync(out)
  }
  renameSync(`${values}.part`, values)
  // Last: where there are labels, the table is whole.
  writeLabels(labels, allLabels)
}

function writeLabels(path: string, labels: Uint8Array): void {
  const out = openSync(`${path}.part`, 'w')
  writeSync(out, labels)
  closeSync(out)
  renameSync(`${path}.part`, path)
}

/** All values, row-major. In chunks: the peak of memory is that of the result. */
export function readValues({ rows, categories, values }: TableFile): Float64Array {
  const width = categories.length
  const all = new Float64Array(rows * width)
  const chunk = new Float32Array(CHUNK_ROWS * width)
  const bytes = new Uint8Array(chunk.buffer)
  const file = openSync(values, 'r')
  try {
    for (let at = 0; at < all.length; ) {
      const read = readSync(file, bytes, 0, bytes.length, null)
      if (read === 0 || read % 4 !== 0) throw new RangeError(`${values} is shorter than it should be.`)
      all.set(chunk.subarray(0, read / 4), at)
      at += read / 4
    }
  } finally {
    closeSync(file)
  }
  return all
}
