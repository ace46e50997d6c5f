import { readFileSync } from 'node:fs'

/** A file of float64, little-endian: what contenders write for each other to compare. */
export function readDoubles(path: string): Float64Array {
  const bytes = readFileSync(path)
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
