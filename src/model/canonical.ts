/**
 * One text for one value, so that a hash can name it: JSON as RFC 8785 writes it (keys sorted by UTF-16 code
 * units, the shortest number that reads back the same, no spaces).
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { WonlostError } from '../errors.ts'

/**
 * Properties that are undefined are left out, as in JSON.stringify. -0 is written 0. Throws `internal` for what
 * JSON cannot hold: NaN, Infinity, functions, undefined in a list.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$')
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw unwritable(path, String(value))
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item, i) => write(item, `${path}[${i}]`)).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${write(member, `${path}.${key}`)}`)
    return `{${members.join(',')}}`
  }
  throw unwritable(path, typeof value)
}

/** Objects of a class (Date, Map, typed arrays) would lose what they are. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function unwritable(path: string, given: string): WonlostError {
  return new WonlostError(
    'internal',
    `Only null, booleans, finite numbers, text, lists and plain objects have a canonical form. At ${path}: ${given}.`,
  )
}

/** SHA-256 of the UTF-8 bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
