/**
 * UBJSON (Universal Binary JSON, draft 12) as XGBoost writes it: big-endian numbers, typed and counted lists. No count is believed before
 * the bytes for it are seen to be there.
 */
import { damaged, LIMITS } from '../file-model.ts'

const DEEPEST = 64

interface NumberType {
  readonly bytes: number
  read(view: DataView, at: number): number
  /** An array that holds such numbers in no more memory than the file takes. */
  array(length: number): NumberArray
}

type NumberArray = Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array

const NUMBERS: ReadonlyMap<string, NumberType> = new Map<string, NumberType>([
  ['i', { bytes: 1, read: (view, at) => view.getInt8(at), array: (length) => new Int8Array(length) }],
  ['U', { bytes: 1, read: (view, at) => view.getUint8(at), array: (length) => new Uint8Array(length) }],
  ['I', { bytes: 2, read: (view, at) => view.getInt16(at), array: (length) => new Int16Array(length) }],
  ['l', { bytes: 4, read: (view, at) => view.getInt32(at), array: (length) => new Int32Array(length) }],
  // What a double cannot hold exactly becomes its nearest; whoever asks for an integer in a range refuses it.
  [
    'L',
    {
      bytes: 8,
      read: (view, at) => Number(view.getBigInt64(at)),
      array: (length) => new Float64Array(length),
    },
  ],
  ['d', { bytes: 4, read: (view, at) => view.getFloat32(at), array: (length) => new Float32Array(length) }],
  ['D', { bytes: 8, read: (view, at) => view.getFloat64(at), array: (length) => new Float64Array(length) }],
])

/** Plain data; lists of numbers of one type are typed arrays. Throws `model_file_invalid` with the byte. */
export function parseUbjson(bytes: Uint8Array, file: string): unknown {
  const refuse = damaged(file)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let at = 0
  let parts = 0
  let values = 0

  const fail = (why: string, where = at): Error => refuse(`byte ${where}`, why)
  const need = (count: number): void => {
    if (count > bytes.length - at)
      throw fail(`${count} bytes must follow, but only ${bytes.length - at} are left: it is cut off`)
  }
  const marker = (): string => {
    need(1)
    return String.fromCharCode(bytes[at++]!)
  }
  const part = (): void => {
    if (++parts > LIMITS.parts) throw fail(`more than ${LIMITS.parts} lists, objects and texts`)
  }
  const number = (type: string): number | null => {
    const found = NUMBERS.get(type)
    if (!found) return null
    need(found.bytes)
    at += found.bytes
    return found.read(view, at - found.bytes)
  }
  const count = (): number => {
    const start = at
    const value = number(marker())
    if (value !== null && Number.isInteger(value) && value >= 0) return value
    throw fail('a count must be an integer that is not negative', start)
  }
  const text = (): string => {
    part()
    const length = count()
    need(length)
    at += length
    try {
      return decoder.decode(bytes.subarray(at - length, at))
    } catch {
      throw fail('text must be UTF-8', at - length)
    }
  }
  const value = (type: string, depth: number): unknown => {
    if (depth > DEEPEST) throw fail(`lists and objects are nested more than ${DEEPEST} deep`)
    if (++values > LIMITS.values) throw fail(`more than ${LIMITS.values} values`)
    switch (type) {
      case 'Z':
        return null
      case 'T':
        return true
      case 'F':
        return false
      case 'S':
        return text()
      case '[':
        part()
        return list(depth + 1)
      case '{':
        part()
        return object(depth + 1)
    }
    const read = number(type)
    if (read === null) throw fail(`unknown marker ${JSON.stringify(type)}`, at - 1)
    return read
  }
  const list = (depth: number): unknown => {
    need(1)
    let type: string | null = null
    if (bytes[at] === 0x24) {
      at++
      type = marker()
      if (bytes[at] !== 0x23) throw fail('a list with a type must have a count')
    }
    if (bytes[at] !== 0x23) {
      const items: unknown[] = []
      for (let next = marker(); next !== ']'; next = marker()) items.push(value(next, depth))
      return items
    }
    at++
    const length = count()
    if (type === null) {
      // Each entry takes at least its marker. The list grows with what is there, whatever the count says.
      need(length)
      const items: unknown[] = []
      while (items.length < length) items.push(value(marker(), depth))
      return items
    }
    const found = NUMBERS.get(type)
    if (!found) throw fail(`lists with a type must be of numbers, given ${JSON.stringify(type)}`)
    need(length * found.bytes)
    const start = at
    at += length * found.bytes
    const numbers = found.array(length)
    for (let i = 0; i < length; i++) numbers[i] = found.read(view, start + i * found.bytes)
    return numbers
  }
  const object = (depth: number): unknown => {
    const fields = new Map<string, unknown>()
    for (need(1); bytes[at] !== 0x7d; need(1)) {
      const key = text()
      if (fields.has(key)) throw fail(`${JSON.stringify(key.slice(0, 40))} is there twice`)
      fields.set(key, value(marker(), depth))
    }
    at++
    return Object.fromEntries(fields)
  }

  const model = value(marker(), 0)
  if (at < bytes.length) throw fail(`${bytes.length - at} bytes follow the end of the model`)
  return model
}
