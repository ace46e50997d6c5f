/** The fingerprint of a registry: two with the same one compute the same rows from the same facts. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Sha-256, in hexadecimal, of plain data; the order of fields does not matter. */
export function fingerprintOf(data: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(sortFields(data)))))
}

function sortFields(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sortFields)
  if (typeof data !== 'object' || data === null) return data
  const fields = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([name, value]) => [name, sortFields(value)]))
}
