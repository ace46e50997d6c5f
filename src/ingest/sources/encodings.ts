/**
 * How text stands in a file. Everything is read as UTF-8: other encodings are turned into it block by block, and back for the
 * rows that are turned down. Bytes that mean nothing in their encoding become bytes that are no UTF-8, so that the row that
 * holds them is found, and come back as they were.
 */

export const ENCODING_NAMES = ['utf-8', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252'] as const
export type EncodingName = (typeof ENCODING_NAMES)[number]

/** null for UTF-8, which needs none. */
export interface Encoding {
  /** `used`: how many of the bytes; the last character may be cut off, unless these are the `last` bytes of the file. */
  toUtf8(bytes: Buffer, last: boolean): { readonly utf8: Buffer; readonly used: number }
  /** Characters that the encoding does not have become question marks. */
  fromUtf8(utf8: Buffer): Buffer
}

/** Code points of the bytes 0x80 to 0x9f in windows-1252; 0: the byte is not used. https://encoding.spec.whatwg.org/#windows-1252 */
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
]

const LATIN_1: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte)

export const ENCODINGS: Readonly<Record<EncodingName, Encoding | null>> = {
  'utf-8': null,
  'utf-16le': utf16(false),
  'utf-16be': utf16(true),
  latin1: singleByte(LATIN_1),
  'windows-1252': singleByte(
    LATIN_1.map((byte) => (byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252[byte - 0x80]! : byte)),
  ),
}

/**
 * Why bytes are no text in an encoding, and what to do. Nothing is guessed: windows-1252 makes something of almost any bytes.
 * `bytes` are those that `toUtf8` gave; in UTF-8, those of the file.
 */
export function encodingFault(encoding: EncodingName, bytes: Buffer): string {
  const title = encoding.startsWith('utf') ? encoding.toUpperCase() : encoding
  if (encoding !== 'utf-8') return `is not valid ${title}: is the file damaged, or in another encoding?`
  const other = bytes.every((byte) => byte < 0x80 || byte >= 0xa0 || WINDOWS_1252[byte - 0x80] !== 0)
  return `is not valid UTF-8; save the file as UTF-8${other ? ', or say --encoding windows-1252 if that is what it is' : ''}`
}

/** Bytes without a meaning lie between 0x80 and 0x9f: alone they are no UTF-8. */
function singleByte(codePoints: readonly number[]): Encoding {
  const bytesOf = new Map(
    codePoints.flatMap((point, byte) => (byte > 0 && point === 0 ? [] : [[point, byte]])),
  )
  return {
    toUtf8(bytes) {
      const utf8 = Buffer.allocUnsafe(bytes.length * 3)
      let length = 0
      for (const byte of bytes) {
        const point = codePoints[byte]!
        if (byte < 0x80 || point === 0) utf8[length++] = byte
        else length = writePoint(utf8, length, point)
      }
      return { utf8: utf8.subarray(0, length), used: bytes.length }
    },
    fromUtf8(utf8) {
      const bytes = Buffer.allocUnsafe(utf8.length)
      let length = 0
      for (const point of codePointsOf(utf8))
        bytes[length++] = point < 0 ? -point : (bytesOf.get(point) ?? 0x3f)
      return bytes.subarray(0, length)
    },
  }
}

/** Half a pair of surrogates is written like any other code point: that is no UTF-8 (it is what WTF-8 does). */
function utf16(bigEndian: boolean): Encoding {
  return {
    toUtf8(bytes, last) {
      const utf8 = Buffer.allocUnsafe(Math.ceil(bytes.length / 2) * 3)
      let length = 0
      let used = 0
      const unitAt = (at: number): number => (bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at))
      while (used + 1 < bytes.length) {
        const unit = unitAt(used)
        if (unit >= 0xd800 && unit < 0xdc00) {
          if (used + 3 >= bytes.length && !last) break
          const next = used + 3 < bytes.length ? unitAt(used + 2) : 0
          if (next >= 0xdc00 && next < 0xe000) {
            length = writePoint(utf8, length, 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00))
            used += 4
            continue
          }
        }
        length = writePoint(utf8, length, unit)
        used += 2
      }
      return { utf8: utf8.subarray(0, length), used }
    },
    fromUtf8(utf8) {
      const bytes = Buffer.allocUnsafe(utf8.length * 2)
      let length = 0
      const writeUnit = (unit: number): void => {
        length = bigEndian ? bytes.writeUInt16BE(unit, length) : bytes.writeUInt16LE(unit, length)
      }
      for (const point of codePointsOf(utf8)) {
        if (point < 0x10000) writeUnit(Math.abs(point))
        else {
          writeUnit(0xd800 + ((point - 0x10000) >> 10))
          writeUnit(0xdc00 + ((point - 0x10000) & 0x3ff))
        }
      }
      return bytes.subarray(0, length)
    },
  }
}

/** Writes a code point as UTF-8; returns where it ends. */
function writePoint(utf8: Buffer, at: number, point: number): number {
  if (point < 0x80) {
    utf8[at] = point
    return at + 1
  }
  const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
  utf8[at] = [0, 0xc0, 0xe0, 0xf0][more]! | (point >> (6 * more))
  for (let i = 1; i <= more; i++) utf8[at + i] = 0x80 | ((point >> (6 * (more - i))) & 0x3f)
  return at + more + 1
}

/** The code points of what `toUtf8` gave; a byte that stands for itself comes as its negative. */
function* codePointsOf(utf8: Buffer): Generator<number> {
  for (let at = 0; at < utf8.length; ) {
    const byte = utf8[at]!
    const more = byte < 0x80 ? 0 : byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : -1
    if (more <= 0 || at + more >= utf8.length) {
      yield more === 0 ? byte : -byte
      at += 1
      continue
    }
    let point = byte & (0x3f >> more)
    for (let i = 1; i <= more; i++) point = (point << 6) | (utf8[at + i]! & 0x3f)
    yield point
    at += more + 1
  }
}
