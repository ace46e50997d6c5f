/** The wire format of Protocol Buffers, as far as an ONNX file needs it. A message is the bytes of its fields, one behind the other. */

type Bytes = Uint8Array

const VARINT = 0
const LENGTH = 2

/** Seven bits a byte, the lowest first; negative numbers as 64 bits in two's complement. */
function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return bytes
}

function key(field: number, wire: number): number[] {
  return varint((field << 3) | wire)
}

export function integer(field: number, value: number): Bytes {
  return Uint8Array.from([...key(field, VARINT), ...varint(value)])
}

/** A list of integers, packed. */
export function integers(field: number, values: readonly number[]): Bytes {
  return bytes(field, Uint8Array.from(values.flatMap(varint)))
}

export function text(field: number, value: string): Bytes {
  return bytes(field, new TextEncoder().encode(value))
}

export function bytes(field: number, content: Bytes): Bytes {
  return message([Uint8Array.from([...key(field, LENGTH), ...varint(content.length)]), content])
}

/** A message within a message. */
export function nested(field: number, fields: readonly Bytes[]): Bytes {
  return bytes(field, message(fields))
}

export function message(fields: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(fields.reduce((sum, field) => sum + field.length, 0))
  let at = 0
  for (const field of fields) {
    whole.set(field, at)
    at += field.length
  }
  return whole
}
